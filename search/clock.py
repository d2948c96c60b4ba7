"""The time of the database, which all machines share: what one of them thinks it is poisons no row.

A moment that is written to a shared row, or compared with one, comes from here.
"""

from datetime import datetime, timedelta

from django.db import connection
from django.utils import timezone

SLACK = timedelta(minutes=1)
"""So far ahead a moment may be that somebody else wrote just now."""


def now() -> datetime:
    """The moment by the clock of the database; one small query on PostgreSQL.

    SQLite has no clock but that of the machine, which is the only one then.
    """
    if connection.vendor != "postgresql":
        return timezone.now()
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        row: tuple[datetime] = cursor.fetchone()
    return row[0]


def is_right_here() -> bool:
    """Whether the clock of this machine agrees with that of the database, but for `SLACK`.

    However long the database takes to tell its own.
    """
    before = timezone.now()
    there = now()
    return before - SLACK <= there <= timezone.now() + SLACK


def is_from_a_wrong_clock(moment: datetime, now: datetime, most: timedelta = SLACK) -> bool:
    """Whether a moment lies further ahead than anybody with the right time writes it."""
    return moment > now + most
