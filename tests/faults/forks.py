"""Processes that share a site with children of theirs, some of which get killed.

Run as `python -m tests.faults.forks NAME …`. Children are forked, so that a kill comes after a
random part of their work and not of their start.
"""

import os
import random
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import django


@contextmanager
def child(work: Callable[[], object]) -> Iterator[int]:
    """A process that works beside this one; it is killed at the end."""
    from django.db import connections

    connections.close_all()
    pid = os.fork()
    if pid == 0:
        status = 1
        try:
            work()
            status = 0
        finally:
            os._exit(status)
    try:
        yield pid
    finally:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)


def deliver_nothing_here() -> None:
    """Leave what this process publishes to the others."""
    from search.indexing import delivery

    setattr(delivery, "after_commit", lambda index: None)  # noqa: B010 (mypy)


def in_small_steps(work: Callable[[], object]) -> Callable[[], object]:
    """The same with small batches, and with claims that fall soon."""
    from search.indexing import claims

    def stepping() -> None:
        setattr(claims, "BATCH", 5)  # noqa: B010 (mypy)
        setattr(claims, "LEASE", timedelta(seconds=1))  # noqa: B010 (mypy)
        work()

    return stepping


def worker() -> None:
    """Work as `manage.py worker` does."""
    from search.running.worker import Worker, alone

    with alone():
        Worker().run()


def rebuild() -> None:
    """Rebuild again and again."""
    from practices.indexes.practices import PRACTICES
    from search.indexing.rebuild import rebuild

    while True:
        rebuild(PRACTICES)


def edit(rng: random.Random, number: int) -> None:
    """Do what editors do: to one practice, or with a new one."""
    from practices.models import PracticePage
    from tests.faults.scripts import publish

    page = rng.choice(list(PracticePage.objects.all()))
    what = rng.choice(("publish", "edit", "edit", "unpublish", "delete"))
    if what == "publish" or PracticePage.objects.count() < 10:
        publish(f"nieuw{number}")
    elif what == "edit":
        page.title = f"anders{number}"
        page.save_revision().publish()
    elif what == "unpublish":
        page.unpublish()
    else:
        page.delete()


def kill(name: str, times: str, seed: str) -> None:
    """Kill a worker, or a rebuild, at random moments while everything is to be delivered."""
    from practices.models import PracticePage
    from practices.services.record import record_practices

    deliver_nothing_here()
    rng = random.Random(int(seed))
    work = in_small_steps({"worker": worker, "rebuild": rebuild}[name])
    for number in range(int(times)):
        record_practices(PracticePage.objects.values_list("pk", flat=True))
        with child(work):
            end = time.monotonic() + rng.uniform(0.02, 1.5)
            edit(rng, number)
            time.sleep(max(0.0, end - time.monotonic()))


def rename(slug: str, label: str) -> None:
    """Rename a term while all its practices are being delivered to the index by a worker."""
    from practices.indexes.practices import PRACTICES
    from practices.models import Term
    from practices.services.record import practices_with, record_practices
    from search.indexing.outbox import backlog

    deliver_nothing_here()
    term = Term.objects.get(slug=slug, vocabulary="thema")
    with child(in_small_steps(worker)):
        pages = practices_with(term=term)
        record_practices(pages)
        while backlog(PRACTICES).pending > len(pages) - 10:
            time.sleep(0.01)
        term.label = label
        term.save()
        deadline = time.monotonic() + 120
        while backlog(PRACTICES).pending and time.monotonic() < deadline:
            time.sleep(0.05)
    sys.stdout.write(str(len(pages)))


def publish_while_the_index_is_held(times: str) -> None:
    """Publish as a server does while another process keeps the index; the waits, in ms.

    Then the other process dies, and all must be delivered without a command.
    """
    from practices.indexes.practices import PRACTICES
    from search.engines import engine_for
    from search.indexing import delivery
    from search.indexing.outbox import backlog
    from tests.faults.scripts import publish

    engine = engine_for(PRACTICES)
    waits: list[float] = []
    deliver = delivery.after_commit

    def timed(index: Any) -> None:
        began = time.perf_counter()
        deliver(index)
        waits.append(time.perf_counter() - began)

    setattr(delivery, "after_commit", timed)  # noqa: B010 (mypy)
    is_held, tell = os.pipe()

    def hold() -> None:
        with engine.writing():
            os.write(tell, b"!")
            signal.pause()

    with child(hold):
        os.read(is_held, 1)
        delivery.start(may_rebuild_shared=True)
        for number in range(int(times)):
            publish(f"Ronde {number}")
        assert backlog(PRACTICES).pending == int(times)
    deadline = time.monotonic() + 10
    while backlog(PRACTICES).pending:
        assert time.monotonic() < deadline, "not delivered"
        time.sleep(0.05)
    sys.stdout.write(" ".join(str(round(wait * 1000)) for wait in sorted(waits)))


def register_during_a_transaction() -> None:
    """Register a follower while a transaction that has recorded already still runs."""
    from django.db import transaction

    from practices.indexes.practices import PRACTICES
    from search.engines import engine_for
    from search.engines.base import EngineError
    from search.indexing import followers
    from search.indexing.outbox import record
    from search.models import Follower

    engine = engine_for(PRACTICES)
    Follower.objects.all().delete()
    has_recorded, tell = os.pipe()
    may_commit, let_commit = os.pipe()

    def commit_late() -> None:
        with transaction.atomic():
            record(PRACTICES, [1])
            os.write(tell, b"!")
            os.read(may_commit, 1)

    setattr(followers, "PATIENCE", 0.5)  # noqa: B010 (mypy)
    with child(commit_late):
        os.read(has_recorded, 1)
        try:
            followers.keep(PRACTICES, engine)
        except EngineError:
            sys.stdout.write("refused, ")
        os.write(let_commit, b"!")
        setattr(followers, "PATIENCE", 60.0)  # noqa: B010 (mypy)
        followers.keep(PRACTICES, engine)
        sys.stdout.write("registered")


if __name__ == "__main__":
    django.setup()
    globals()[sys.argv[1]](*sys.argv[2:])
