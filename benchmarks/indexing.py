"""What the index costs: to build, to keep up to date, in memory and on disk."""

import gc
import os
import time
from collections.abc import Iterator
from pathlib import Path

from django.db import transaction

from benchmarks.figures import Figure, median_and_p95
from benchmarks.queries import mixed
from practices.documents import PRACTICES
from practices.models import PracticePage
from practices.registers import current
from search.engines import engine_for, reader_for
from search.engines.base import Request
from search.query import Query
from search.rebuild import rebuild
from search.run import run
from search.text import parse_text

MIB = 1024 * 1024
PUBLICATIONS = 20


def measure() -> Iterator[Figure]:
    """Memory first, in a process that did nothing else; then publications and a rebuild."""
    yield from _memory()
    yield from median_and_p95("publish", list(_publications()))
    start = time.perf_counter()
    count = rebuild(PRACTICES)
    seconds = time.perf_counter() - start
    yield Figure("rebuild.seconds", seconds)
    yield Figure("rebuild.rate", count / seconds)
    yield Figure("index.disk", engine_for(PRACTICES).status().bytes_on_disk / MIB)


def _memory() -> Iterator[Figure]:
    registers = current()
    queries = [Query("bijeenkomst")]
    before = _resident()
    run(reader_for(PRACTICES), queries[0], registers.facets, registers.synonyms)
    yield Figure("index.memory", (_resident() - before) / MIB)
    for query in mixed():
        run(reader_for(PRACTICES), query, registers.facets, registers.synonyms)
    yield Figure("index.memory.used", (_resident() - before) / MIB)


def _resident() -> int:
    gc.collect()
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")


def _publications() -> Iterator[float]:
    """From the commit of a publication until a search finds it."""
    engine = engine_for(PRACTICES)
    pages = PracticePage.objects.filter(is_fictional=True).order_by("pk")[:PUBLICATIONS]
    for number, page in enumerate(pages):
        word = f"meetwoord{time.time_ns()}x{number}"
        title = page.title
        committed_at = _publish(page, f"{title} {word}")
        if engine.total(Request(parse_text(word))) != 1:
            raise RuntimeError("A published practice is not found.")
        yield (time.perf_counter() - committed_at) * 1000
        _publish(page, title)


def _publish(page: PracticePage, title: str) -> float:
    """Publish a practice under a title; the moment at which the database had committed it."""
    moments: list[float] = []
    with transaction.atomic():
        transaction.on_commit(lambda: moments.append(time.perf_counter()))
        page.title = title
        page.save_revision(clean=False).publish()
    return moments[0]
