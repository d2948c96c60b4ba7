"""The stamp by which every process sees that a register (terms, municipalities) changed."""

import time
from typing import ClassVar

from django.db import connection, models


class RegisterStamp(models.Model):
    """One row, whose number goes up in the transaction that changes a register.

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
    def current(cls) -> int:
        """The number now; one query, written by hand because every request asks it."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT number FROM practices_registerstamp WHERE id = %s", [cls.ONLY])
            row = cursor.fetchone()
        return int(row[0]) if row else 0
