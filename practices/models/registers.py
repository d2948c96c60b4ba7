"""The stamp by which every process sees that a register (terms, municipalities) changed."""

from typing import ClassVar

from django.db import connection, models


class RegisterStamp(models.Model):
    """One row, whose number goes up in the transaction that changes a register."""

    ONLY: ClassVar[int] = 1

    number = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        return str(self.number)

    @classmethod
    def raise_number(cls) -> None:
        """Tell all processes that their copy of the registers is out of date."""
        if not cls.objects.filter(pk=cls.ONLY).update(number=models.F("number") + 1):
            cls.objects.get_or_create(pk=cls.ONLY, defaults={"number": 1})

    @classmethod
    def current(cls) -> int:
        """The number now; one query, written by hand because every request asks it."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT number FROM practices_registerstamp WHERE id = %s", [cls.ONLY])
            row = cursor.fetchone()
        return int(row[0]) if row else 0
