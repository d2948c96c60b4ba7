"""How many requests a real server answers: gunicorn with two workers, asked over HTTP."""

from collections.abc import Iterator

from benchmarks.figures import Figure, percentile
from benchmarks.load import Load
from benchmarks.pages import practice_addresses, search_addresses
from benchmarks.serving import serving

SECONDS = 8.0
MINUTE = 60.0


def measure() -> Iterator[Figure]:
    """Search pages for one and eight clients, practice pages for eight."""
    searches, practices = search_addresses(), practice_addresses()
    with serving() as port:
        Load(port, searches, clients=8).run(SECONDS / 2)
        for clients in (1, 8):
            yield from _figures(f"http.search.{clients}", Load(port, searches, clients))
        Load(port, practices, clients=8).run(SECONDS / 4)
        yield from _figures("http.practice.8", Load(port, practices, clients=8))


def measure_elasticsearch() -> Iterator[Figure]:
    """Search pages that Elasticsearch answers: a minute for fifty clients, then for eight.

    In that order: a server that was just started still compiles its code, on the same cores.
    """
    searches = search_addresses()
    with serving() as port:
        Load(port, searches, clients=8).run(SECONDS / 2)
        yield from _figures("http.elastic.50", Load(port, searches, clients=50), MINUTE)
        yield from _figures("http.elastic.8", Load(port, searches, clients=8))


def _figures(name: str, load: Load, seconds: float = SECONDS) -> Iterator[Figure]:
    times = load.run(seconds)
    yield Figure(f"{name}.rate", len(times) / seconds)
    yield Figure(f"{name}.median", percentile(times, 0.5))
    yield Figure(f"{name}.p95", percentile(times, 0.95))
