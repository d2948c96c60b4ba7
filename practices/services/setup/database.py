"""The tables: those of the models, and those in which processes share a cache."""

from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.commands import migrate
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from tqdm import tqdm

DATABASE_CACHE = "django.core.cache.backends.db.DatabaseCache"


class _Migrate(migrate.Command):
    """Django's own command, which tells a bar how far it is."""

    def __init__(self, bar: "tqdm[Any]") -> None:
        super().__init__()
        self._bar = bar

    def migration_progress_callback(
        self, action: str, migration: Any = None, fake: bool = False
    ) -> None:
        """Count what is applied."""
        if action == "apply_success":
            self._bar.update()


def migrate_database() -> list[str]:
    """Bring the tables up to date with the code."""
    executor = MigrationExecutor(connection)
    count = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    if not count:
        return []
    with tqdm(total=count, desc="migrate", disable=None) as bar:
        call_command(_Migrate(bar), verbosity=0, interactive=False)
    done = ngettext("%(count)d change to the tables.", "%(count)d changes to the tables.", count)
    return [done % {"count": count}]


def make_cache_tables() -> list[str]:
    """Make the tables of the caches that stand in the database and have none yet."""
    known: dict[str, Any] = dict(settings.CACHES)
    wanted = {
        str(cache["LOCATION"]) for cache in known.values() if cache["BACKEND"] == DATABASE_CACHE
    }
    missing = sorted(wanted - set(connection.introspection.table_names()))
    for table in missing:
        call_command("createcachetable", table, verbosity=0)
    return [_("Table %(name)s made.") % {"name": table} for table in missing]
