"""What is lifted goes first, and nothing else changes: on every engine."""

import random
from collections.abc import Iterable, Mapping
from dataclasses import replace

import pytest

from search.engines.base import Engine, Request
from search.questions.facets import Lift
from search.questions.near import parse_near
from search.questions.parsing import parse_text
from search.results.near import Widened
from tests.contracts.conftest import Make
from tests.contracts.corpus import DOCUMENTS, PLACES, SYNONYMS, document
from tests.contracts.test_differential import random_document

LIFTS = (
    Lift("gemeente", ("arnhem", "den-haag"), 0.2),
    Lift("gemeente", ("zoetermeer", "nergens"), 0.1),
)
FILTERS: tuple[Mapping[str, tuple[str, ...]], ...] = (
    {},
    {"vorm": ("training",)},
    {"doelgroep": ("onderwijs",), "jaar": ("2009", "2010")},
    {"gemeente": ("arnhem", "amsterdam")},
    {"vorm": ("nooit",)},
)
ALL = {one.id: one for one in DOCUMENTS}


def place(key: int) -> int:
    """In which lift a document is; behind all of them, in none."""
    places = ALL[key].facets["gemeente"]
    grades = (at for at, lift in enumerate(LIFTS) if set(lift.values).intersection(places))
    return next(grades, len(LIFTS))


def in_order(found: Iterable[int]) -> list[int]:
    return sorted(found, key=lambda key: (place(key), -ALL[key].sort["nieuwste"]))


@pytest.mark.parametrize("text", ["", "-geweld"])
@pytest.mark.parametrize("filters", FILTERS)
def test_without_a_text_what_is_lifted_goes_first_and_then_the_newest(
    corpus: Engine, filters: Mapping[str, tuple[str, ...]], text: str
) -> None:
    plain = Request(parse_text(text), filters, limit=100)
    lifted = replace(plain, lifts=LIFTS)
    found = in_order(corpus.ids(plain))
    answer = corpus.search(lifted)
    assert list(answer.ids) == list(corpus.ids(lifted)) == list(corpus.every_id(lifted)) == found
    assert replace(answer, ids=()) == replace(corpus.search(plain), ids=())


@pytest.mark.parametrize("size", [1, 3, 4])
def test_pages_together_are_the_whole_order(corpus: Engine, size: int) -> None:
    whole = Request(lifts=LIFTS, limit=100)
    pages = [
        key
        for offset in range(0, len(DOCUMENTS) + size, size)
        for key in corpus.search(replace(whole, offset=offset, limit=size)).ids
    ]
    assert pages == in_order(ALL)
    assert corpus.each_ids([whole, replace(whole, lifts=())])[0] == tuple(in_order(ALL))


@pytest.mark.parametrize("order", ["nieuwste", "jaar", "gemeente"])
def test_another_order_is_not_touched(corpus: Engine, order: str) -> None:
    plain = Request(parse_text("training"), order=order)
    assert corpus.search(replace(plain, lifts=LIFTS)) == corpus.search(plain)


def test_of_the_same_texts_the_lifted_ones_go_first(make: Make) -> None:
    engine = make(
        document(key, "Training in de wijk", "Over polarisatie.", gemeente=gemeente)
        for key, gemeente in enumerate(("rotterdam", "zoetermeer", "amsterdam", "arnhem"), 1)
    )
    request = Request(parse_text("training wijk"), lifts=LIFTS)
    assert list(engine.ids(request)[:2]) == [4, 2]
    assert set(engine.ids(request)) == {1, 2, 3, 4}


def test_an_answer_that_is_much_better_stays_before_what_is_lifted(make: Make) -> None:
    others = [document(key, "Lunch", "Over beleid.", "Een brief.") for key in range(10, 40)]
    best = document(1, "Brief", "Over moskee en wethouder.", "De wethouder zag ook een moskee.")
    worse = [
        document(key, "Brief", "Over wonen.", "De wethouder zag ook een moskee.", gemeente="arnhem")
        for key in range(2, 8)
    ]
    engine = make([best, *worse, *others])
    assert engine.ids(Request(parse_text("moskee wethouder"), lifts=LIFTS))[0] == 1


def test_a_lift_is_a_part_of_the_rank_and_never_more(make: Make) -> None:
    """What goes before another, and did not, had at least so much of its rank."""
    rng = random.Random(83)
    documents = [random_document(rng, key) for key in range(1, 120)]
    engine = make(documents)
    places = {one.id: one.facets["gemeente"][0] for one in documents}
    parts = {value: lift.part for lift in LIFTS for value in lift.values}
    # Of one place nothing is lifted past the other.
    for text in ("training", "wijk jongeren", "school", "wethouder"):
        plain = Request(parse_text(text, SYNONYMS), limit=200)
        before, after = engine.ids(plain), engine.ids(replace(plain, lifts=LIFTS))
        assert set(before) == set(after)
        for part in {0.0, *parts.values()}:
            same = {key for key in before if parts.get(places[key], 0.0) == part}
            assert settled(before, same) == settled(after, same)
        assert before != after or not before


def settled(ids: Iterable[int], of: set[int]) -> list[int]:
    return [key for key in ids if key in of]


@pytest.mark.parametrize("text", ["training wethouders moskee", "vaders wethouder brief"])
@pytest.mark.parametrize("filters", FILTERS)
def test_what_comes_near_is_the_same_set_with_what_is_lifted_first(
    corpus: Engine, filters: Mapping[str, tuple[str, ...]], text: str
) -> None:
    plain = Request(parse_near(text, SYNONYMS), filters, limit=100)
    near = Widened(corpus, corpus.index)
    before, after = near.search(plain), near.search(replace(plain, lifts=LIFTS))
    assert set(after.ids) == set(before.ids)
    assert (after.total, after.counts, after.near) == (before.total, before.counts, before.near)
    lacking = [bool(after.near and after.near.missing[key]) for key in after.ids]
    assert lacking == sorted(lacking)


def test_every_place_of_these_tests_is_one_of_the_corpus() -> None:
    assert {value for lift in LIFTS for value in lift.values} - {"nergens"} <= set(PLACES)
