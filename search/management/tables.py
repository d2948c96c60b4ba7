"""Says what to do where commands find a database that they cannot work with."""

from django.db import DatabaseError, InterfaceError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _


def what_to_do(error: Exception) -> str:
    """What an operator does about this fault of the database; empty if that is not known."""
    if connection.in_atomic_block:
        return ""  # nothing can be asked before its end
    try:
        connection.ensure_connection()
        is_behind = lacks_tables()
    except (DatabaseError, InterfaceError):
        return _(
            "The database does not answer: %(error)s See whether it runs, and where it is looked "
            "for."
        ) % {"error": " ".join(str(error).split())}
    if is_behind:
        return _("The database lacks tables of this version. First run: manage.py setup")
    return ""


def lacks_tables() -> bool:
    """Whether migrations wait. Raises `DatabaseError` where that cannot be asked."""
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
