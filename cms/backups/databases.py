"""A database in one file, as it was at one moment, whatever is written meanwhile."""

import os
import sqlite3
import subprocess
from abc import ABC, abstractmethod
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.backends.sqlite3.base import DatabaseWrapper
from django.db.backends.utils import CursorWrapper
from django.utils.translation import gettext as _
from psycopg.conninfo import make_conninfo

from cms.backups.errors import BackupError


class Database(ABC):
    """The database of the site."""

    file: str
    """The name of the file that holds a copy."""

    @abstractmethod
    def dump(self, path: Path, columns: Iterable[tuple[str, str]]) -> set[str]:
        """Write it to a file; what these columns hold in the copy, without what is empty.

        Raises `BackupError`.
        """

    @abstractmethod
    def load(self, path: Path) -> None:
        """Fill it, an empty one, from such a file: all of it or nothing. Raises `BackupError`."""

    def is_empty(self) -> bool:
        """Whether it has no tables yet."""
        return not connection.introspection.table_names()


class Sqlite(Database):
    """A file on this machine."""

    file = "database.sqlite3"

    def dump(self, path: Path, columns: Iterable[tuple[str, str]]) -> set[str]:
        """One transaction reads all of it; what was erased is not in the copy."""
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(path)])
        # As Django connects, because rules of the tables ask for functions that Django brings.
        of_copy = {**connection.settings_dict, "NAME": str(path), "OPTIONS": {}}
        with closing(DatabaseWrapper(of_copy, "copy")) as copy, copy.cursor() as cursor:
            for table in stock():
                cursor.execute(f'DELETE FROM "{table}"')  # noqa: S608 (a name of the settings)
            cursor.execute("VACUUM")
            cursor.execute("PRAGMA quick_check")
            [verdict] = cursor.fetchone()
            if verdict != "ok":
                raise BackupError(
                    _("The copy of the database is damaged: %(verdict)s") % {"verdict": verdict}
                )
            return _held(cursor, columns)

    def load(self, path: Path) -> None:
        """In one step; what it was not ready with is rolled back."""
        connection.ensure_connection()
        with closing(sqlite3.connect(path)) as copy:
            copy.backup(connection.connection)


class Postgresql(Database):
    """A server; its own programs make and read the file."""

    file = "database.dump"

    def dump(self, path: Path, columns: Iterable[tuple[str, str]]) -> set[str]:
        """What the file holds and what the columns hold are of one and the same snapshot."""
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            # This transaction waits as long as the copy takes.
            cursor.execute("SET LOCAL idle_in_transaction_session_timeout = 0")
            cursor.execute("SELECT pg_export_snapshot()")
            [snapshot] = cursor.fetchone()
            held = _held(cursor, columns)
            _run(
                ["pg_dump", "--format=custom", "--no-owner", "--no-privileges"]
                + [f"--exclude-table-data={table}" for table in stock()]
                + [f"--snapshot={snapshot}", f"--file={path}"]
            )
        return held

    def load(self, path: Path) -> None:
        """In one transaction; then the planner learns what is in the tables."""
        connection.close()
        _run(
            [
                *("pg_restore", "--no-owner", "--no-privileges"),
                *("--exit-on-error", "--single-transaction", str(path)),
            ]
        )
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def database() -> Database:
    """That of this site."""
    return Postgresql() if connection.vendor == "postgresql" else Sqlite()


def stock() -> list[str]:
    """Tables whose content is made again when it is not there: those of caches."""
    tables = connection.introspection.table_names()
    caches: Iterable[Any] = settings.CACHES.values()
    return sorted(
        cache["LOCATION"]
        for cache in caches
        if cache["BACKEND"].endswith(".DatabaseCache") and cache["LOCATION"] in tables
    )


def _held(cursor: CursorWrapper, columns: Iterable[tuple[str, str]]) -> set[str]:
    """What stands in columns, once each, without what is empty."""
    held: set[str] = set()
    for table, column in columns:
        cursor.execute(f'SELECT DISTINCT "{column}" FROM "{table}"')  # noqa: S608 (of our models)
        held |= {row[0] for row in cursor.fetchall() if row[0]}
    return held


def _run(command: list[str]) -> None:
    """Run a program of PostgreSQL on the database of the site. Raises `BackupError`."""
    try:
        done = subprocess.run(  # noqa: S603 (our own command)
            [*command, f"--dbname={_address()}"],
            env=_environment(),
            capture_output=True,
            text=True,
            check=False,
        )
    except FileNotFoundError:
        raise BackupError(
            _("%(program)s is not on this machine. On Debian: apt install postgresql-client")
            % {"program": command[0]}
        ) from None
    if done.returncode:
        raise BackupError(f"{command[0]}: {done.stderr.strip()}")


def _parameters() -> dict[str, Any]:
    parameters = connection.get_connection_params()
    # What psycopg wants to know is not for libpq; time limits of a page are none of a backup's.
    for name in (
        "context",
        "cursor_factory",
        "prepare_threshold",
        "options",
        "server_side_binding",
    ):
        parameters.pop(name, None)
    return parameters


def _address() -> str:
    """Where the database is; the password is for nobody who lists processes."""
    return make_conninfo(**{k: v for k, v in _parameters().items() if k != "password"})


def _environment() -> dict[str, str]:
    password = _parameters().get("password")
    return {**os.environ, **({"PGPASSWORD": password} if password else {})}
