"""How often the API was asked, by whom nobody can tell."""

from django.db import connection, models


class ApiTurns(models.Model):
    """The turns that one address took in one minute.

    The key is a keyed hash of address and minute: it can't be read back to an address, nor does
    anybody have the same one in another window.
    """

    key = models.CharField(max_length=64, primary_key=True)
    minute = models.PositiveBigIntegerField(db_index=True)
    taken = models.PositiveIntegerField()

    class Meta:
        """Nobody reads it but the site itself."""

        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.taken} in {self.minute}"

    @classmethod
    def take(cls, key: str, minute: int, turns: int) -> int:
        """Take turns for a key; how many were taken for it by now, these included. One query.

        Written by hand, so that processes that count at the same moment cannot lose a turn.
        """
        with connection.cursor() as cursor:
            cursor.execute(_TAKE, [key, minute, turns, turns])
            return int(cursor.fetchone()[0])


_TAKE = """
    INSERT INTO practices_apiturns (key, minute, taken) VALUES (%s, %s, %s)
    ON CONFLICT (key) DO UPDATE SET taken = practices_apiturns.taken + %s
    RETURNING taken
"""
