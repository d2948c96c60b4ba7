"""How fast the engine answers: from a parsed search to total, ids and all counts."""

from collections.abc import Callable, Iterator

from benchmarks.figures import Figure, median_and_p95, median_of
from benchmarks.queries import mixed, most_common_word
from practices.indexes.practices import PRACTICES
from practices.indexes.registers import current
from search.engines import reader_for
from search.questions.query import Query
from search.results.answers import run

PASSES = 3


def measure() -> Iterator[Figure]:
    """Two hundred mixed searches, and the word that finds most."""
    searches = [_search(query) for query in mixed()]
    yield from median_and_p95("engine", median_of(PASSES, searches))
    common = [_search(Query(most_common_word()))]
    yield Figure("engine.common", median_of(PASSES * 3, common)[0])


def _search(query: Query) -> Callable[[], object]:
    registers = current()
    return lambda: run(reader_for(PRACTICES), query, registers.facets, registers.synonyms)
