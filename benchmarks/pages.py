"""How long whole pages take, through all middleware, asked by Django's test client."""

from collections.abc import Callable, Iterator
from random import Random

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from benchmarks.figures import Figure, median_and_p95, median_of
from benchmarks.queries import mixed, most_common_word
from practices.indexes.searching import ADDRESSES
from practices.models import PracticePage
from practices.selectors import practice_cards
from search.questions.query import Query

PASSES = 3
PRACTICES = 50


def search_addresses() -> list[str]:
    """The addresses of two hundred mixed searches."""
    return [ADDRESSES.of(query) for query in mixed()]


def practice_addresses() -> list[str]:
    """The addresses of fifty practices."""
    ids = sorted(PracticePage.objects.live().values_list("pk", flat=True))
    some = PracticePage.objects.filter(pk__in=Random(1).sample(ids, PRACTICES))
    return [card.url for card in practice_cards(some.order_by("pk"))]


def measure() -> Iterator[Figure]:
    """Search page and practice page: time and database queries."""
    client = Client(SERVER_NAME="localhost")
    searches = [getting(client, address) for address in search_addresses()]
    yield Figure("search.queries", max(_queries(search) for search in searches))
    yield from median_and_p95("search", median_of(PASSES, searches))
    common = [getting(client, ADDRESSES.of(Query(most_common_word())))]
    yield Figure("search.common", median_of(PASSES, common)[0])
    practices = [getting(client, address) for address in practice_addresses()]
    yield Figure("practice.queries", max(_queries(practice) for practice in practices))
    yield from median_and_p95("practice", median_of(PASSES, practices))
    yield from median_and_p95("practice.unchanged", median_of(PASSES, _again(client)))


def getting(client: Client, address: str, status: int = 200, **headers: str) -> Callable[[], None]:
    """Asks for a page; raises `RuntimeError` on another status than the expected one."""

    def get() -> None:
        response = client.get(address, headers=headers)
        if response.status_code != status:
            raise RuntimeError(f"{address} answered {response.status_code}")

    return get


def _again(client: Client) -> list[Callable[[], None]]:
    """Requests for practices by browsers that have them already."""
    return [
        getting(client, address, 304, **{"if-none-match": client.get(address).headers["ETag"]})
        for address in practice_addresses()
    ]


def _queries(get: Callable[[], None]) -> int:
    with CaptureQueriesContext(connection) as captured:
        get()
    return len(captured)
