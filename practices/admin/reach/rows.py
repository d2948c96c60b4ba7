"""The rows of a form that come with an id: only those of the page that the form is of."""

import re
from collections.abc import Iterable, Iterator
from typing import Any


def strange_rows(
    form_class: Any, data: Any, owners: Iterable[Any], prefix: str = ""
) -> Iterator[str]:
    """The names in what was sent of ids of rows that no owner has; `owners`: the page, or its rows.

    Without such an id a row is new: what somebody typed in it stays, whatever happened to the page.
    """
    for relation, formset in getattr(form_class, "formsets", {}).items():
        pattern = f"{prefix}{re.escape(relation)}-\\d+-"
        key = re.compile(f"{pattern}{formset.model._meta.pk.name}")
        sent = {name: str(data[name]) for name in data if key.fullmatch(name) and data[name]}
        if not sent:
            continue
        accessor = formset.fk.remote_field.get_accessor_name()
        rows = [row for owner in owners for row in getattr(owner, accessor).all()]
        own = {str(row.pk) for row in rows}
        yield from (name for name, value in sent.items() if value not in own)
        yield from strange_rows(formset.form, data, rows, pattern)
