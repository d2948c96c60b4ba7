"""One setup at a time: a second one waits for the first, and then finds nothing to do."""

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from django.db import connection

from search.engines.locks import FileLock

KEY = 5_209_471_683
"""Of PostgreSQL's advisory lock; any number that nobody else uses."""
PAUSE = 1.0


@contextmanager
def alone(tell: Callable[[], object]) -> Iterator[None]:
    """Be the only setup of this database; `tell` is called once if another must end first.

    The lock is gone with the process that held it, however that ended.
    """
    if connection.vendor == "postgresql":
        with _on_postgresql(tell):
            yield
    elif connection.vendor == "sqlite" and not connection.is_in_memory_db():  # type: ignore[attr-defined]
        lock = FileLock(Path(f"{connection.settings_dict['NAME']}-setup.lock"))
        with _held(lock, tell):
            yield
    else:
        yield


@contextmanager
def _held(lock: FileLock, tell: Callable[[], object]) -> Iterator[None]:
    with ExitStack() as stack:
        try:
            stack.enter_context(lock.held(wait=False))
        except BlockingIOError:
            tell()
            stack.enter_context(lock.held())
        yield


@contextmanager
def _on_postgresql(tell: Callable[[], object]) -> Iterator[None]:
    told = False
    with connection.cursor() as cursor:
        while True:
            cursor.execute("SELECT pg_try_advisory_lock(%s)", [KEY])
            if cursor.fetchone()[0]:
                break
            if not told:
                tell()
            told = True
            time.sleep(PAUSE)
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [KEY])
