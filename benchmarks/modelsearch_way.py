"""The same searches as a Wagtail developer would write them without this project.

Wagtail's own search (modelsearch, on the database or on Elasticsearch) with one `.facet()` for each
field that it can count by. That is less than the site does: no Dutch stemming, no synonyms, and no
facets of trainers, goals, provinces or years within a period.
"""

import os
import time
from collections.abc import Callable, Iterator, Sequence
from statistics import median
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from modelsearch.index import FilterField, RelatedFields, SearchField
from modelsearch.query import MATCH_ALL

from benchmarks import elasticsearch
from benchmarks.figures import Figure, median_and_p95, milliseconds, warm
from benchmarks.queries import mixed
from practices.models import Municipality, PracticePage
from search.questions.query import PAGE_SIZE, Query

VARIABLE = "BENCH_MODELSEARCH_URL"
"""Names an Elasticsearch to be used instead of the database."""
BUDGET_SECONDS = 45
WARM_SECONDS = 15.0
TEXTS = ("summary", "approach", "networks", "local_stakes", "evaluation")
TERMS = {
    "formats": "vorm",
    "radicalisation_types": "soort",
    "themes": "thema",
    "target_groups": "doelgroep",
    "compositions": "samenstelling",
    "policy_fields": "beleidsveld",
    "deliveries": "uitvoering",
    "working_methods": "werkvorm",
}
FIELDS = {**TERMS, "municipality": "gemeente", "status": "status", "start_year": "jaar"}


def prepare() -> Iterator[Figure]:
    """Fill modelsearch's index, and SQLite's statistics, without which it is far slower."""
    _use(os.environ.get(VARIABLE, ""))
    call_command("rebuild_modelsearch_index", verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    yield from ()


def measure() -> Iterator[Figure]:
    """The same two hundred searches."""
    url = os.environ.get(VARIABLE, "")
    _use(url)
    yield from _beside_ours(mixed()) if url else _within_budget(mixed())


def _beside_ours(queries: Sequence[Query]) -> Iterator[Figure]:
    """On Elasticsearch, all of them by one and by the other in turns.

    So both meet the same moments of the machine, and neither has its caches emptied by the other
    between two searches.
    """
    ways = {
        "modelsearch.ours": [elasticsearch.ours(query) for query in queries],
        "modelsearch.elastic": [_search(query) for query in queries],
    }
    for actions in ways.values():
        warm(actions, WARM_SECONDS)
    passes: dict[str, list[list[float]]] = {name: [] for name in ways}
    for _number in range(elasticsearch.PASSES):
        for name, actions in ways.items():
            passes[name].append([milliseconds(action) for action in actions])
    for name, times in passes.items():
        yield from median_and_p95(name, [median(each) for each in zip(*times, strict=True)])


def _within_budget(queries: Sequence[Query]) -> Iterator[Figure]:
    """On the database, once each, as far as the budget of time reaches."""
    end = time.monotonic() + BUDGET_SECONDS
    times: list[float] = []
    for query in queries:
        if time.monotonic() < end:
            times.append(milliseconds(_search(query)))
    yield from median_and_p95("modelsearch", times)
    yield Figure("modelsearch.slowest", max(times))
    yield Figure("modelsearch.run", len(times))


def _use(elasticsearch_url: str) -> None:
    """Say on the model what is searched and counted, as its author would, and by what."""
    if elasticsearch_url:
        backend: dict[str, object] = {
            "BACKEND": "modelsearch.backends.elasticsearch9",
            "URLS": [elasticsearch_url],
            "INDEX_PREFIX": "bench_modelsearch_",
        }
        settings.MODELSEARCH_BACKENDS = {"default": backend}
    PracticePage.search_fields = [
        *PracticePage.search_fields,
        *(SearchField(name) for name in TEXTS),
        *(FilterField(name) for name in FIELDS),
        *(RelatedFields(name, [FilterField("slug")]) for name in TERMS),
    ]


def _search(query: Query) -> Callable[[], object]:
    """Total, a page of practices and the counts of each field."""

    def search() -> object:
        pages = _filtered(query)
        if query.text:
            found = pages.search(query.text, operator="and")
        else:
            newest = pages.order_by("-first_published_at")
            found = newest.search(MATCH_ALL, order_by_relevance=False)
        start = (query.page - 1) * PAGE_SIZE
        page = list(found[start : start + PAGE_SIZE])
        columns = ("municipality_id" if name == "municipality" else name for name in FIELDS)
        return found.count(), page, {column: found.facet(column) for column in columns}

    return search


def _filtered(query: Query) -> Any:
    """The public practices with the chosen values, as far as a field holds them."""
    pages = PracticePage.objects.live().public()
    for name, facet in FIELDS.items():
        values: Any = query.values(facet)
        if not values:
            continue
        column = name
        if name in TERMS:
            column = f"{name}__slug"
        elif name == "municipality":
            values = list(Municipality.objects.filter(slug__in=values))
        pages = pages.filter(**{f"{column}__in": values})
    return pages.distinct()
