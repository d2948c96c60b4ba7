"""A PostgreSQL that keeps the connection and says nothing: nobody waits for longer than agreed."""

from collections.abc import Iterator
from time import monotonic
from typing import Any

import pytest
from django.db import OperationalError, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.utils import DEFAULT_DB_ALIAS
from pytest_django import DjangoDbBlocker

from cms.postgresql import base
from tests.databases import as_settings
from tests.services import database_url


@pytest.fixture
def database(django_db_blocker: DjangoDbBlocker) -> Iterator[BaseDatabaseWrapper]:
    """A connection of ours to a real server, beside that of the tests."""
    wrapper = base.DatabaseWrapper(
        {**connections[DEFAULT_DB_ALIAS].settings_dict, **as_settings(database_url())}, "silent"
    )
    with django_db_blocker.unblock():
        yield wrapper
        wrapper.close()


def ask(database: Any, sql: str) -> Any:
    with database.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchone()[0]


def test_an_answer_that_does_not_come_is_given_up_and_the_next_question_is_answered(
    database: Any,
) -> None:
    assert ask(database, "SELECT 1") == 1
    database.connection.patience = 0.5
    begun = monotonic()
    with pytest.raises(OperationalError, match="did not answer in time"):
        ask(database, "SELECT pg_sleep(60)")
    assert monotonic() - begun < 30
    assert not database.is_usable()
    database.close_if_unusable_or_obsolete()
    assert ask(database, "SELECT 2") == 2


def test_what_takes_its_time_but_answers_is_waited_for(database: Any) -> None:
    ask(database, "SELECT 1")
    database.connection.patience = 30
    assert ask(database, "SELECT count(*) FROM generate_series(1, 300000)") == 300_000
    assert database.is_usable()
    assert database.connection.patience == base.PATIENCE
