"""`manage.py check --deploy` says what a site lacks."""

from collections.abc import Iterator
from typing import Any

from django.core.checks import CheckMessage, Error, Info, Warning, register
from django.db import DatabaseError, InterfaceError, connection
from django.utils.translation import gettext as _

from practices.models import Municipality
from practices.services.readiness.questions import State, answers


@register("readiness", deploy=True)
def site_is_ready(**_options: Any) -> list[CheckMessage]:
    """One warning for each thing that lacks; a database without tables lacks all of it."""
    try:
        has_tables = Municipality._meta.db_table in connection.introspection.table_names()
    except (DatabaseError, InterfaceError) as error:
        return [
            Error(
                _("The database does not answer: %(error)s")
                % {"error": " ".join(str(error).split())},
                hint=_("See to the database that the settings name."),
                id="readiness.database",
            )
        ]
    if not has_tables:
        return [
            Info(
                _("The database has no tables yet, so nothing was asked of it."),
                hint=_("Run: %(command)s") % {"command": "manage.py setup"},
                id="readiness.tabellen",
            )
        ]
    return list(_lacking())


def _lacking() -> Iterator[CheckMessage]:
    for question, answer in answers():
        if answer.state is not State.READY:
            yield Warning(answer.sentence, hint=answer.cure, id=f"readiness.{question.name}")
