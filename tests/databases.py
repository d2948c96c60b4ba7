"""Test databases made from a template: migrations run once, not in each process of each run.

A template is named after the migrations that made it. SQLite's is a file in the cache of pytest,
PostgreSQL's a database beside the others.
"""

import hashlib
import os
import sqlite3
import subprocess
import sys
from contextlib import closing, suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import psycopg
from django.apps import apps
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from psycopg import sql

from search.engines.locks import FileLock

ROOT = Path(__file__).resolve().parents[1]
CACHE = ROOT / ".pytest_cache/databases"


def use_template() -> None:
    """Let the test database that is made next be a copy of the template."""
    connection.settings_dict["TEST"]["MIGRATE"] = False
    if connection.vendor == "sqlite":
        template = sqlite_template()

        def copy(connection: BaseDatabaseWrapper, **_kwargs: Any) -> None:
            if connection.is_in_memory_db() and not connection.introspection.table_names():  # type: ignore[attr-defined]
                with closing(sqlite3.connect(template)) as source:
                    source.backup(connection.connection)

        connection_created.connect(copy, weak=False)
    elif connection.vendor == "postgresql":
        template_name = postgresql_template(os.environ["DATABASE_URL"])
        connection.settings_dict["TEST"]["TEMPLATE"] = template_name


def sqlite_template() -> Path:
    """A file with a migrated database, to be copied."""
    template = CACHE / f"{_version()}.sqlite3"
    with FileLock(CACHE / "lock").held():
        if not template.exists():
            for old in CACHE.glob("*.sqlite3*"):
                old.unlink()
            partial = template.with_suffix(".partial")
            partial.unlink(missing_ok=True)
            _migrate(f"sqlite:///{partial}")
            partial.rename(template)
    return template


def postgresql_template(near: str) -> str:
    """The name of a migrated database on a server; one that was left half made has another."""
    template = f"wegwijzer_template_{_version()}"
    partial = f"{template}_partial"
    address = _other_database(near, "postgres")
    with FileLock(CACHE / "lock").held(), psycopg.connect(address, autocommit=True) as server:
        asked = "SELECT 1 FROM pg_database WHERE datname = %s"
        if not server.execute(asked, [template]).fetchone():
            server.execute(f"DROP DATABASE IF EXISTS {partial}")
            server.execute(f"CREATE DATABASE {partial} TEMPLATE template0")
            _migrate(_other_database(near, partial))
            with suppress(psycopg.errors.DuplicateDatabase):  # another checkout was quicker
                server.execute(f"ALTER DATABASE {partial} RENAME TO {template}")
    return template


def _version() -> str:
    """A name for what all migrations together make."""
    made = hashlib.sha256()
    for app in apps.get_app_configs():
        for path in sorted((Path(app.path) / "migrations").glob("*.py")):
            made.update(path.read_bytes())
    return made.hexdigest()[:12]


def new_database(near: str, template: str = "template0") -> str:
    """Make a database on the same server as another, a copy of the template; its address."""
    name = f"test_wegwijzer_{uuid4().hex[:12]}"
    create = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
    with psycopg.connect(_other_database(near, "postgres"), autocommit=True) as server:
        server.execute(create.format(sql.Identifier(name), sql.Identifier(template)))
    return _other_database(near, name)


def drop_database(address: str) -> None:
    """Remove a database, whoever still uses it."""
    drop = sql.SQL("DROP DATABASE {} WITH (FORCE)")
    with psycopg.connect(_other_database(address, "postgres"), autocommit=True) as server:
        server.execute(drop.format(sql.Identifier(name_of(address))))


def name_of(address: str) -> str:
    """The name of the database at an address."""
    return urlsplit(address).path.removeprefix("/")


def _other_database(address: str, name: str) -> str:
    return urlsplit(address)._replace(path=f"/{name}").geturl()


def _migrate(url: str) -> None:
    subprocess.run(
        [sys.executable, "manage.py", "migrate", "--run-syncdb", "--verbosity", "0"],
        cwd=ROOT,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "cms.settings.test", "DATABASE_URL": url},
        check=True,
    )
