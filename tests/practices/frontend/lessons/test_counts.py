"""Every number beside an option of a search for lessons is exactly what following it gives."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.db import transaction
from django.http import QueryDict

from practices.frontend.lessons.search import LessonSearch
from practices.indexes import registers
from practices.indexes.lesson_kinds import lesson_facets
from practices.indexes.lessons import LESSONS
from practices.indexes.searching import sort_labels
from practices.models import PracticePage
from search.engines import reader_for
from search.indexing.rebuild import rebuild
from search.questions.query import MAX_PAGE, Query, parse
from search.results.answers import run
from tests import indexes
from tests.practices.searchable import (
    FIELDS,
    Fact,
    State,
    evaluate,
    facts,
    fill,
    options_of,
    plain,
    random_states,
)

# All of it stands on a site with hundreds of practices.
pytestmark = pytest.mark.slow

STATES = 150 if indexes.CHOSEN == "tantivy" else 40
COUNT = 200


@pytest.fixture(scope="module")
def filled(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[list[Fact]]:
    """The lessons of two hundred practices and their index, for all tests of this module."""
    folder = tmp_path_factory.mktemp("lessons")
    with django_db_blocker.unblock(), transaction.atomic(), indexes.index_in(folder):
        fill(COUNT)
        rebuild(LESSONS)
        yield list(lesson_facts())
        transaction.set_rollback(True)


@pytest.fixture
def known(filled: list[Fact], db: None) -> list[Fact]:
    return filled


def lesson_facts() -> Iterator[Fact]:
    """Every lesson as the models tell it, with the values of its practice."""
    of_practices = {fact.id: fact for fact in facts()}
    for page in PracticePage.objects.live():
        about = [page.title, page.municipality.name]
        about += [alias.name for alias in page.municipality.aliases.all()]
        terms = [term for field in FIELDS.values() for term in getattr(page, field).all()]
        terms += [outcome.goal for outcome in page.goal_outcomes.all()]
        terms += [term for trainer in page.trainers.all() for term in trainer.expertises.all()]
        about += [term.label for term in terms]
        # A learning goal stands below a theme, which its practice may not have.
        about += [
            term.parent.label
            for term in terms
            if term.parent and term.parent.vocabulary == term.vocabulary
        ]
        for lesson in page.lessons.all():
            kind = frozenset({lesson.kind.replace("_", "-")})
            yield Fact(
                lesson.pk,
                page.title,
                tuple(map(plain, [lesson.text, *about])),
                {"les": kind, **of_practices[page.pk].values},
            )


def read(parameters: QueryDict) -> Query:
    facets = lesson_facets(registers.current())
    query, notices = parse(parameters, facets.values(), sort_labels())
    assert notices == []
    return query


def query_of(state: State) -> Query:
    parameters = QueryDict(mutable=True)
    for name, value in state.parameters().items():
        parameters.setlist(name, value if isinstance(value, list) else [value])
    return read(parameters)


def total(query: Query) -> int:
    known = registers.current()
    found = run(reader_for(LESSONS), query, lesson_facets(known), known.synonyms)
    return found.answer.total


def search(query: Query) -> LessonSearch:
    return LessonSearch(query, [], registers.current())


def all_ids(query: Query) -> list[int]:
    first = search(query)
    pages = range(2, min(first.pages, MAX_PAGE) + 1)
    results = [first.results, *(search(query.at_page(page)).results for page in pages)]
    return [result.lesson.id for page in results for result in page]


def test_ids_totals_and_counts_are_those_of_a_naive_evaluation(known: list[Fact]) -> None:
    found_something = 0
    for state in random_states(known, STATES):
        expected, counts = evaluate(known, state)
        query = query_of(state)
        assert sorted(all_ids(query)) == expected, state
        found = search(query)
        assert found.total == len(expected), state
        offered: dict[str, dict[str, int]] = {name: {} for name in counts}
        for name, option in options_of(found.data()):
            if name in offered and "-" not in (option["value"] if name == "jaar" else ""):
                offered[name][option["value"]] = option["count"]
        for name, options in offered.items():
            some = {value: count for value, count in options.items() if count}
            assert some == counts[name], (state, name)
        found_something += bool(expected)
    assert found_something > STATES / 2, "the states must be ones that find something"


def test_following_any_option_gives_exactly_its_count(known: list[Fact]) -> None:
    totals: dict[str, int] = {}
    for state in random_states(known, STATES)[: STATES // 2]:
        for name, option in options_of(search(query_of(state)).data()):
            address = option["url"]
            if address not in totals:
                totals[address] = total(read(QueryDict(urlsplit(address).query)))
            assert totals[address] == option["count"], (state, name, option)
    assert len(totals) > STATES * 10


def test_kinds_add_up_to_everything(known: list[Fact]) -> None:
    kinds = ("tip", "werkte", "werkte-niet")
    sums = [total(Query().choosing("les", [kind])) for kind in kinds]
    assert sum(sums) == total(Query()) == total(Query().choosing("les", kinds)) == len(known)
