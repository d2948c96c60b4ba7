"""What rest and meaning cost the search page, beside itself without them and the commit before."""

from collections.abc import Iterator, Sequence

from benchmarks import before
from benchmarks.asking import Searches, searches_of
from benchmarks.figures import Figure, median_and_p95
from benchmarks.sites import Site
from benchmarks.turns import one_by_one, rates, visiting

ROUNDS = 5


def figures(site: Site, name: str) -> Iterator[Figure]:
    """Of a site, under a name: times one by one, and requests a second for eight clients."""
    searches = searches_of(site)
    with visiting(site) as visitor:
        exact, near = (visitor, _as_many(searches.exact, searches.near)), (visitor, searches.near)
        times = one_by_one({"exact": exact, "near": near}, ROUNDS)
    yield from median_and_p95(f"{name}.exact", times["exact"])
    yield from median_and_p95(f"{name}.near", times["near"])
    found = rates({"exact": (site, searches.exact), "near": (site, searches.near)}, ROUNDS)
    yield from (Figure(f"{name}.{kind}.rate", rate) for kind, rate in found.items())
    if before.is_known():
        yield from _beside_before(site, searches, name)


def _as_many(some: Sequence[str], others: Sequence[str]) -> list[str]:
    return [some[at % len(some)] for at in range(len(others))]


def _beside_before(site: Site, searches: Searches, name: str) -> Iterator[Figure]:
    with before.site_before(site.size) as made:
        variables = {key: f"{value}-before" for key, value in site.extra}
        old = made.on(**variables)
        if variables:
            old.manage("search_rebuild")
        with visiting(site) as new_visitor, visiting(old) as old_visitor:
            asked = {
                "now": (new_visitor, searches.enough),
                "before": (old_visitor, searches.enough),
            }
            times = one_by_one(asked, ROUNDS)
        for key, some in times.items():
            yield from median_and_p95(f"{name}.{key}", some)
