"""How long the pages take that peers come for: map, gap map, comparison, comparable, names."""

from collections.abc import Iterator
from random import Random
from statistics import median

from django.test import Client

from benchmarks.figures import Figure, median_of, milliseconds
from benchmarks.pages import PASSES, getting
from benchmarks.queries import mixed
from practices.addresses import GAPS
from practices.frontend.search.map import MAP
from practices.indexes.registers import current
from practices.indexes.searching import ADDRESSES
from practices.models import PracticePage
from search.results.presenter import Addresses

SEARCHES = 50
BEGINNINGS = ("jo", "jong", "train", "gou", "den h", "polar", "ww", "wijk", "over", "samen")


def measure() -> Iterator[Figure]:
    """Medians over searches like those of the search page; all pairs of municipalities once."""
    client = Client(SERVER_NAME="localhost")
    queries = [query.at_page(1) for query in mixed()[:SEARCHES]]
    places = sorted(current().facets["gemeente"].options)
    yield _median("peers.map", client, [MAP.of(query) for query in queries])
    yield _median("peers.gaps", client, [Addresses(GAPS).of(query) for query in queries])
    yield _median("peers.compare", client, _comparisons())
    comparable = current().facets["vergelijkbaar"]
    yield Figure("peers.pairs", milliseconds(lambda: [comparable.indexed([one]) for one in places]))
    chosen = [
        ADDRESSES.of(query.choosing("vergelijkbaar", [place]))
        for query, place in zip(queries, Random(1).sample(places, SEARCHES), strict=True)
    ]
    yield _median("peers.comparable", client, chosen)
    yield _median("peers.completion", client, [f"/aanvullen.json?q={one}" for one in BEGINNINGS])


def _median(name: str, client: Client, addresses: list[str]) -> Figure:
    times = median_of(PASSES, [getting(client, address) for address in addresses])
    return Figure(name, median(times))


def _comparisons() -> list[str]:
    ids = sorted(PracticePage.objects.live().values_list("pk", flat=True))
    some = [Random(number).sample(ids, 4) for number in range(SEARCHES)]
    return ["/praktijken/vergelijk/?" + "&".join(f"p={key}" for key in keys) for keys in some]
