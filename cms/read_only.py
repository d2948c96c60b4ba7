"""A database that can be read only, as during a failover: pages are served, nothing is sent in.

Whoever sends something hears at once that it did not arrive, before anything of it was done. A
connection that turned out to be read-only is closed: the next one finds whichever server answers.
"""

from collections.abc import Callable, Iterator
from contextlib import suppress

from django.db import OperationalError, connection
from django.http import HttpRequest, HttpResponse

SAFE = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
READ_ONLY = "25006"
"""PostgreSQL's code for a write where none is possible."""


class ReadOnlyError(OperationalError):
    """Nothing can be kept at this moment."""


def is_read_only(error: BaseException | None) -> bool:
    """Whether an error says that the database can be read only."""
    return any(
        isinstance(one, ReadOnlyError)
        or getattr(one, "sqlstate", None) == READ_ONLY
        or (isinstance(one, OperationalError) and "readonly database" in str(one))
        for one in chain(error)
    )


def chain(error: BaseException | None) -> Iterator[BaseException]:
    """The error and what caused it: code may wrap an error of the database in one of its own."""
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def can_only_be_read() -> bool:
    """Ask the database, if it is one that can say so."""
    if connection.vendor != "postgresql":
        return False
    with connection.cursor() as cursor:
        cursor.execute("SHOW transaction_read_only")
        row = cursor.fetchone()
    return bool(row and row[0] == "on")


def let_go() -> None:
    """Close the connection, so that the next question goes to whichever server answers by then."""
    if not connection.in_atomic_block:
        with suppress(Exception):
            connection.close()


def refuse_writes(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """The middleware; stands before all that might write."""

    def refusing(request: HttpRequest) -> HttpResponse:
        if request.method not in SAFE and can_only_be_read():
            raise ReadOnlyError("The database can be read only.")
        return get_response(request)

    return refusing
