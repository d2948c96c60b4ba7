"""Meaning: vectors for a site of any size, and how soon a change is found by it."""

import time
from collections.abc import Iterator
from itertools import cycle
from statistics import median

from django.db import transaction

from benchmarks.figures import Figure, percentile
from benchmarks.indexing import PATIENCE, publish
from benchmarks.serving import serving
from practices.indexes.practices import PRACTICES
from practices.models import PracticePage
from search.documents import batches
from search.meaning import vectors
from search.meaning.nearest import alike
from search.models import Meaning

SAMPLE = 500
"""So many practices are read by the model; the others of a site get vectors of these.

To read a hundred thousand takes hours, and a search does not become faster or slower by what the
vectors say.
"""
PUBLICATIONS = 9
CHANGED = "Zeilen op de Waddenzee: een nieuwe boot voor de haven, nummer {}"
"""A title about something that no practice is about."""


def fill() -> Iterator[Figure]:
    """A vector for each practice; those that are made already stay."""
    ids = sorted(PRACTICES.ids())
    vectors.apply(PRACTICES, PRACTICES.load(ids[:SAMPLE]))
    rows = Meaning.objects.filter(index=PRACTICES.name)
    made = cycle(
        [bytes(one) for one in rows.order_by("document").values_list("vectors", flat=True)]
    )
    known = set(rows.values_list("document", flat=True))
    for some in batches(key for key in ids if key not in known):
        with transaction.atomic():
            Meaning.objects.bulk_create(
                Meaning(
                    index=PRACTICES.name,
                    document=one.id,
                    version=one.version,
                    fingerprint=vectors.fingerprint(PRACTICES, vectors.texts(PRACTICES, one)),
                    vectors=next(made),
                )
                for one in PRACTICES.load(some)
            )
    vectors.set_current(PRACTICES)
    yield Figure("meaning.vectors", vectors.count(PRACTICES))


def measure() -> Iterator[Figure]:
    """Seconds from the commit of a publication until its meaning is found; a server makes that."""
    with serving():
        times = list(_publications())
    yield Figure("publish.meaning.median", median(times))
    yield Figure("publish.meaning.p95", percentile(times, 0.95))


def _publications() -> Iterator[float]:
    pages = PracticePage.objects.filter(is_fictional=True).order_by("-pk")[:PUBLICATIONS]
    for number, page in enumerate(pages):
        title, changed = page.title, CHANGED.format(number)
        before = _likeness(page.pk, changed)
        committed_at = publish(page, changed)
        yield _changed_at(page.pk, changed, before) - committed_at
        publish(page, title)


def _changed_at(key: int, title: str, before: float) -> float:
    """The moment at which a practice is found to be like what its title is now."""
    deadline = time.perf_counter() + PATIENCE
    while _likeness(key, title) <= before:
        if time.perf_counter() > deadline:
            raise RuntimeError("A published practice is not found by its meaning.")
        time.sleep(0.02)
    return time.perf_counter()


def _likeness(key: int, text: str) -> float:
    """How much a practice is like a text; nothing is taken while not all vectors are made."""
    found = alike(PRACTICES, text)
    return found.to(key) if found else 0.0
