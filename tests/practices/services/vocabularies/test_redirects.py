"""Old values in the addresses of searches."""

from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.http import QueryDict
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from practices.indexes import registers
from practices.indexes.former_values import renewed_query
from practices.indexes.practices import PRACTICES
from practices.models import FormerValue, Term, Vocabulary
from search.indexing.rebuild import rebuild
from tests.factories import PracticePageFactory, TermFactory

FORMER = {"vorm": {"cursus": "training"}, "thema": {"oud": "nieuw", "ouder": "nieuw"}}


def query_of(text: str) -> str | None:
    return renewed_query(QueryDict(text), FORMER)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("vorm=cursus", "vorm=training"),
        ("vorm=Cursus%20", "vorm=training"),
        ("vorm=training&vorm=cursus", "vorm=training"),
        ("thema=ouder&thema=oud", "thema=nieuw"),
        ("pagina=2&vorm=cursus&q=wijk", "q=wijk&vorm=training&pagina=2"),
        ("vorm=cursus&soort=b&soort=a", "soort=a&soort=b&vorm=training"),
        ("sorteer=jaar&vorm=cursus&thema=oud", "thema=nieuw&vorm=training&sorteer=jaar"),
        ("vorm=cursus&onbekend=x&q=", "onbekend=x&vorm=training"),
        ("q=cursus", None),
        ("thema=cursus", None),
        ("vorm=training", None),
        ("", None),
    ],
)
def test_an_old_value_becomes_the_one_of_now(before: str, after: str | None) -> None:
    assert query_of(before) == after


pairs = st.lists(
    st.tuples(
        st.sampled_from(["q", "vorm", "thema", "soort", "pagina", "x"]),
        st.sampled_from(["cursus", "training", "oud", "nieuw", "1", "é&=?", "\x00"]),
    )
)


@given(pairs=pairs)
def test_whoever_follows_is_led_no_further_and_nothing_is_lost(
    pairs: list[tuple[str, str]],
) -> None:
    given_query = QueryDict(mutable=True)
    for name, value in pairs:
        given_query.appendlist(name, value)
    led = renewed_query(given_query, FORMER)
    if led is None:
        return
    assert query_of(led) is None
    expected = {(name, FORMER.get(name, {}).get(value, value)) for name, value in pairs}
    assert set(parse_qsl(led)) == expected


@pytest.fixture
def renamed(db: None) -> Term:
    """A term with a practice that stood at `cursus` first, then at `les`, now at `training`."""
    term: Any = TermFactory(slug="cursus")
    PracticePageFactory(terms={"formats": ["cursus"]}, title="Samen oefenen")
    for slug in ("les", "training"):
        term.slug = slug
        term.save()
    rebuild(PRACTICES)
    return Term.objects.get()


@pytest.mark.parametrize("path", ["/praktijken/", "/praktijken.json", "/praktijken/kies/vorm/"])
@pytest.mark.parametrize("old", ["cursus", "les"])
def test_every_search_leads_on_in_one_step(
    renamed: Term, client: Client, path: str, old: str
) -> None:
    answer = client.get(path, {"vorm": old, "q": "oefenen"})
    assert answer.status_code == 301
    assert answer["Location"] == f"{path}?q=oefenen&vorm=training"
    assert "no-cache" in answer["Cache-Control"]
    assert client.get(answer["Location"]).status_code == 200
    assert client.head(path, {"vorm": old}).status_code == 301


def test_the_address_that_follows_finds_what_the_old_one_found(
    renamed: Term, client: Client
) -> None:
    found = client.get("/praktijken.json", {"vorm": "cursus"}, follow=True).json()
    assert [one["title"] for one in found["results"]] == ["Samen oefenen"]
    assert found["notices"] == []


def test_a_slug_that_comes_back_leads_nowhere_else(renamed: Term, client: Client) -> None:
    renamed.slug = "cursus"
    renamed.full_clean()
    renamed.save()
    assert client.get("/praktijken/?vorm=cursus").status_code == 200
    for old in ("les", "training"):
        answer = client.get("/praktijken/", {"vorm": old})
        assert urlsplit(answer["Location"]).query == "vorm=cursus"


def test_a_value_that_is_in_use_leads_nowhere_else(renamed: Term, client: Client) -> None:
    TermFactory(slug="cursus")
    assert client.get("/praktijken/?vorm=cursus").status_code == 200


def test_an_old_value_is_one_of_its_own_vocabulary(renamed: Term) -> None:
    TermFactory(slug="cursus", vocabulary=Vocabulary.THEME)
    assert registers.current().former["vorm"] == {"cursus": "training", "les": "training"}
    assert "thema" not in registers.current().former


def test_saving_a_term_without_another_slug_keeps_no_value(db: None) -> None:
    term: Any = TermFactory(slug="training")
    term.label = "Oefentraining"
    term.save()
    assert not FormerValue.objects.exists()
