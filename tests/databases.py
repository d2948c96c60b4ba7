"""Test databases made from a template: migrations run once, not in each process of each run.

It has the pages under which everything stands, and the groups of people, as any site has them.
A template is named after the migrations and the code that made it. SQLite's is a file in the cache
of pytest, PostgreSQL's a database beside the others.
"""

import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing, suppress
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import dj_database_url
import psycopg
from django.apps import apps
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from psycopg import sql

from practices.services.people.roles import ensure_roles
from search.engines.locks import FileLock
from tests import factories, filling

ROOT = Path(__file__).resolve().parents[1]
CACHE = ROOT / ".pytest_cache/databases"


def use_template() -> None:
    """Let the test database that is made next be a copy of the template."""
    connection.settings_dict["TEST"]["MIGRATE"] = False
    if connection.vendor == "sqlite":
        template = sqlite_template()

        def copy(connection: BaseDatabaseWrapper, **_kwargs: Any) -> None:
            if connection.vendor != "sqlite":
                return
            if connection.is_in_memory_db() and not connection.introspection.table_names():  # type: ignore[attr-defined]
                _copy(template, connection)

        connection_created.connect(copy, weak=False)
    elif connection.vendor == "postgresql":
        template_name = postgresql_template(os.environ["DATABASE_URL"])
        connection.settings_dict["TEST"]["TEMPLATE"] = template_name


def restore() -> None:
    """Make the test database what it was before any test, where that is quick."""
    if connection.vendor == "sqlite" and connection.connection:
        _copy(sqlite_template(), connection)


def _copy(template: Path, connection: BaseDatabaseWrapper) -> None:
    with closing(sqlite3.connect(template)) as source:
        source.backup(connection.connection)


def sqlite_template(*, is_filled: bool = True) -> Path:
    """A file with a migrated database, to be copied; with what any site has, or bare."""
    template = CACHE / f"{_version()}.sqlite3"
    bare = CACHE / f"{_version()}.bare.sqlite3"
    with FileLock(CACHE / "lock").held():
        if not template.exists():
            for old in CACHE.glob("*.sqlite3*"):
                old.unlink()
            partial = template.with_suffix(".partial")
            partial.unlink(missing_ok=True)
            _migrate(f"sqlite:///{partial}")
            shutil.copy(partial, bare)
            _fill(f"sqlite:///{partial}")
            partial.rename(template)
    return template if is_filled else bare


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
            _fill(_other_database(near, partial))
            with suppress(psycopg.errors.DuplicateDatabase):  # another checkout was quicker
                server.execute(f"ALTER DATABASE {partial} RENAME TO {template}")
    return template


@cache
def _version() -> str:
    """A name for what all migrations, and what fills a database, together make."""
    made = hashlib.sha256()
    for app in apps.get_app_configs():
        for path in sorted((Path(app.path) / "migrations").glob("*.py")):
            made.update(path.read_bytes())
    for code in (filling, factories, sys.modules[ensure_roles.__module__]):
        made.update(Path(str(code.__file__)).read_bytes())
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
    _run(url, "manage.py", "migrate", "--run-syncdb", "--verbosity", "0")


def _fill(url: str) -> None:
    _run(url, "-m", "tests.filling")


def _run(url: str, *command: str) -> None:
    subprocess.run(
        [sys.executable, *command],
        cwd=ROOT,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "cms.settings.test", "DATABASE_URL": url},
        check=True,
    )


def as_settings(address: str) -> dict[str, Any]:
    """What `DATABASES` says of the database at an address."""
    return dict(dj_database_url.parse(address))
