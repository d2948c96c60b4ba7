"""Searches by what they cost: with enough that has all words, and with what only comes near."""

import json
from collections.abc import Iterator
from itertools import cycle, islice
from typing import NamedTuple

import django

from benchmarks.quality.judged import queries
from benchmarks.sites import Site

ASKED = 200
NEAR = 600
"""More than a process keeps vectors of questions: so the model reads each anew."""


class Searches(NamedTuple):
    """The addresses of search pages that are compared."""

    enough: list[str]
    """Nothing is asked besides: so many practices have all words, or there are none."""
    exact: list[str]
    """Those of `enough` that have words."""
    near: list[str]
    """Rest and meaning are asked: few practices have all words."""


def searches_of(site: Site) -> Searches:
    """The searches of a site, chosen by what it finds now."""
    return Searches(**json.loads(site.run("-m", "benchmarks.asking").splitlines()[-1]))


def main() -> None:
    """Print them."""
    django.setup()
    # After the set-up: these import models.
    from benchmarks.queries import from_practices, mixed
    from practices.indexes.readers import practice_reader
    from practices.indexes.registers import current
    from practices.indexes.searching import ADDRESSES
    from search.questions.query import Query
    from search.results.answers import run
    from search.results.near import FEW

    known = current()

    def is_near(query: Query) -> bool:
        found = run(practice_reader(), query, known.facets, known.synonyms)
        return found.answer.near is not None

    def has_enough(query: Query) -> bool:
        found = run(practice_reader(), query.at_page(1), known.facets, known.synonyms)
        return found.answer.near is None and (not query.text or found.answer.total >= FEW)

    def questions() -> Iterator[Query]:
        words = [one.text for one in from_practices(NEAR * 10) if one.text]
        for one, more in zip(cycle(queries()), words, strict=False):
            yield Query(f"{one.text} {more}")

    enough = [query for query in mixed() if has_enough(query)]
    with_words = (query for query in from_practices(ASKED * 10, 2) if query.text)
    exact = [query.at_page(1) for query in with_words if has_enough(query)][:ASKED]
    near = islice((query for query in questions() if is_near(query)), NEAR)
    made = Searches(*([ADDRESSES.of(one) for one in some] for some in (enough, exact, near)))
    print(json.dumps(made._asdict()))


if __name__ == "__main__":
    main()
