"""All pairs of the Dutch municipalities are compared within a second."""

import time

from practices.likeness.measure import Facts, Problem
from practices.likeness.ranking import Likeness
from practices.reference.files import read_municipalities

SECOND = 1.0


def test_all_pairs_take_less_than_a_second() -> None:
    problems = [Problem(number, f"p{number}", f"P{number}") for number in range(6)]
    facts = {
        row.slug: Facts(
            row.slug, row.code, row.name, row.inhabitants, row.urbanity, row.province,
            frozenset(row.neighbours), frozenset(problems[number % 4 : number % 7]), True,
        )
        for number, row in enumerate(read_municipalities())
    }  # fmt: skip
    assert len(facts) == 342
    compared = Likeness(lambda: facts)
    # The processor's time, as another test may have the machine.
    start = time.process_time()
    for slug in facts:
        compared.ranked(slug)
    assert time.process_time() - start < SECOND
    start = time.process_time()
    for slug in facts:
        compared.ranked(slug)
    assert time.process_time() - start < SECOND / 100, "computed once"
