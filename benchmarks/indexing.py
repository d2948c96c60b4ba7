"""What the index costs: to build, to keep up to date, in memory and on disk."""

import gc
import os
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from django.db import transaction

from benchmarks.figures import Figure, median_and_p95
from benchmarks.queries import mixed
from practices.indexes.practices import PRACTICES
from practices.indexes.registers import current
from practices.models import PracticePage
from search.engines import engine_for, reader_for
from search.engines.base import Request
from search.indexing.rebuild import rebuild
from search.questions.parsing import parse_text
from search.questions.query import Query
from search.results.answers import run

MIB = 1024 * 1024
PUBLICATIONS = 20
PATIENCE = 30.0
"""Seconds; what is not found by then is an error."""


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
    """From the commit of a publication until a search finds it.

    Somebody else searches, as a visitor does: who publishes may still be merging the index then.
    """
    pages = PracticePage.objects.filter(is_fictional=True).order_by("pk")[:PUBLICATIONS]
    with ThreadPoolExecutor(1) as visitor:
        for number, page in enumerate(pages):
            word = f"meetwoord{time.time_ns()}x{number}"
            title = page.title
            found_at = visitor.submit(_found_at, word)
            committed_at = publish(page, f"{title} {word}")
            yield (found_at.result() - committed_at) * 1000
            publish(page, title)


def _found_at(word: str) -> float:
    """The moment at which a search finds a word."""
    engine, request = engine_for(PRACTICES), Request(parse_text(word))
    deadline = time.perf_counter() + PATIENCE
    while engine.total(request) != 1:
        if time.perf_counter() > deadline:
            raise RuntimeError("A published practice is not found.")
        time.sleep(0.001)
    return time.perf_counter()


def publish(page: PracticePage, title: str) -> float:
    """Publish a practice under a title; the moment at which the database had committed it."""
    moments: list[float] = []
    with transaction.atomic():
        transaction.on_commit(lambda: moments.append(time.perf_counter()))
        page.title = title
        page.save_revision(clean=False).publish()
    return moments[0]
