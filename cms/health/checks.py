"""The checks, one function each; what they raise means that the part gives no answer."""

from collections.abc import Callable
from functools import cache
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from cms.health import readiness
from cms.health.findings import Finding, State
from cms.health.outbox import backlogs
from cms.health.queues import mails, tasks
from cms.read_only import can_only_be_read
from search import clock, engines
from search.documents import registered
from search.engines.base import Engine, EngineError, IndexMissingError, UnfitError
from search.running import jobs
from search.tasks import are_queued

LATE = 60
"""Seconds after which a change should have reached every index."""


def database() -> Finding:
    """Whether the database answers a question, and whether it can be written to."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    if can_only_be_read():
        return Finding(State.CONCERN, {"stand": "alleen lezen"})
    return Finding(State.GOOD)


def migrations() -> Finding:
    """Whether the database has the tables of this version of the code."""
    applied = MigrationRecorder(connection).applied_migrations()
    missing = [
        key
        for key, replaced in known_migrations().items()
        if key not in applied and not (replaced and all(one in applied for one in replaced))
    ]
    return Finding(State.BROKEN if missing else State.GOOD, {"ontbreken": len(missing)})


@cache
def known_migrations() -> dict[tuple[str, str], tuple[tuple[str, str], ...]]:
    """The migrations of this version of the code, and which older ones each replaces.

    Reading them takes a third of a second, once for each process: a server does so at its start.
    """
    known = MigrationLoader(None).disk_migrations
    return {key: tuple(migration.replaces) for key, migration in known.items()}


def engine() -> Finding:
    """Whether the engine that visitors search with answers, and has the schema of this code."""
    return _engines([engines.engine_for(index) for index in registered()])


def standby() -> Finding:
    """The same of the index of this machine, which searches while the engine cannot."""
    found = [engines.standby_for(index) for index in registered()]
    return _engines([one for one in found if one is not None])


def _engines(asked: list[Engine]) -> Finding:
    """The state of the indexes of one kind of engine; raises `EngineError`."""
    if not asked:
        raise EngineError("There is none.")
    documents, schema = 0, "actueel"
    for one in asked:
        try:
            status = one.status()
        except IndexMissingError as error:
            if one.index.is_vital:
                reason = "ongeschikt" if isinstance(error, UnfitError) else "geen index"
                return Finding(State.BROKEN, {"soort": one.name, "reden": reason})
            schema = "onvolledig"  # As between an update and the build of a new index.
            continue
        documents += status.documents
        if status.schema != one.schema_version():
            schema = "verouderd"
    facts: dict[str, Any] = {"soort": asked[0].name, "documenten": documents, "schema": schema}
    return Finding(State.GOOD if schema == "actueel" else State.CONCERN, facts)


BREAKERS = {"closed": "dicht", "open": "open", "half-open": "proef"}


def breaker() -> Finding:
    """Whether this process keeps away from the engine because it failed."""
    states = [one.state.value for one in engines.breaker_states().values()]
    worst = max(states, key=list(BREAKERS).index, default="closed")
    return Finding(State.GOOD if worst == "closed" else State.CONCERN, {"stand": BREAKERS[worst]})


def outbox() -> Finding:
    """How many changes wait for an index, since when, and what only a person can settle."""
    found = backlogs()
    age = max((one.age for one in found), default=0)
    set_aside = sum(one.set_aside for one in found)
    facts = {
        "wachtend": sum(one.waiting for one in found),
        "oudste_seconden": age,
        "apart_gezet": set_aside,
        "alarm": sum(one.is_alarming for one in found),
        "onvolledig": sum(one.is_incomplete for one in found),
    }
    worries = (age > LATE, set_aside, facts["alarm"], facts["onvolledig"])
    return Finding(State.CONCERN if any(worries) else State.GOOD, facts)


def worker() -> Finding:
    """When a worker last said that it runs; only asked where tasks wait for one."""
    seen_at = jobs.worker_seen_at()
    if seen_at is None:
        return Finding(State.CONCERN, {"reden": "nooit gezien"})
    silence = clock.now() - seen_at
    is_absent = silence > jobs.ABSENT
    return Finding(
        State.CONCERN if is_absent else State.GOOD,
        {"laatst_gezien_seconden": max(0, int(silence.total_seconds()))},
    )


Check = Callable[[], Finding]


def all_checks() -> dict[str, Check]:
    """The checks by the names that their findings get."""
    checks: dict[str, Check] = {
        "database": database,
        "migraties": migrations,
        "zoekmachine": engine,
        "wachtrij": outbox,
        "mail": mails,
        "taken": tasks,
        "inrichting": readiness.readiness,
    }
    if are_queued():
        checks["werker"] = worker
    if has_standby():
        checks |= {"reserve": standby, "zekering": breaker}
    return checks


def has_standby() -> bool:
    """Whether there should be a standby on this machine."""
    scheme = urlsplit(settings.SEARCH_URL).scheme
    return bool(settings.SEARCH_STANDBY) and scheme != "tantivy"
