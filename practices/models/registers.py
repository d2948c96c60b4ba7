"""The stamp by which every process sees that a register (terms, municipalities) changed."""

import secrets
import time
from typing import ClassVar

from django.db import connection, models, transaction


class RegisterStamp(models.Model):
    """A row whose number goes up in the transaction that changes a register, and others beside it.

    The number is the time: one that was rolled back never comes again, so that a process that read
    the registers within that transaction cannot take its copy for the present one.
    """

    ONLY: ClassVar[int] = 1

    number = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        return str(self.number)

    @classmethod
    def raise_number(cls) -> None:
        """Tell all processes that their copy of the registers is out of date."""
        cls.objects.update_or_create(pk=cls.ONLY, defaults={"number": time.time_ns()})

    @classmethod
    def note_practices(cls) -> None:
        """Tell all processes that public practices changed, or what is shown beside them.

        What is computed from them, and answers that somebody has of the API, are out of date.
        A row of its own, with a number by chance: with one row for all, everybody who saves a
        practice would wait for everybody else who does.
        """
        cls.objects.create(pk=cls.ONLY + 1 + secrets.randbits(62), number=1 + secrets.randbits(40))

    @classmethod
    def tidy(cls) -> None:
        """Put one new row in the place of all those of `note_practices`.

        Its number is a new one too: no sum comes back that a process may still have.
        """
        with transaction.atomic():
            cls.objects.filter(pk__gt=cls.ONLY).delete()
            cls.note_practices()

    @classmethod
    def current(cls) -> tuple[int, int]:
        """The number of the registers, and one that differs after any change of practices.

        One query, written by hand because every request asks it.
        """
        with connection.cursor() as cursor:
            cursor.execute(_CURRENT)
            registers, practices = cursor.fetchone()
        return int(registers), int(practices)


_CURRENT = """
    SELECT COALESCE(SUM(CASE WHEN id = 1 THEN number END), 0),
           COALESCE(SUM(CASE WHEN id > 1 THEN number END), 0)
    FROM practices_registerstamp
"""
