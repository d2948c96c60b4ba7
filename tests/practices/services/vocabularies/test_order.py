"""The order of terms, changed with buttons that need no script."""

from typing import Any

import html5lib
import pytest
from django.contrib.auth.models import User
from wagtail.models import ModelLogEntry

from practices.indexes import registers
from practices.models import Term, Vocabulary
from practices.services.vocabularies import merging
from practices.services.vocabularies.selectors import tree
from tests.practices.services.moderation.conftest import World
from tests.practices.services.vocabularies.conftest import term_of

ADDRESS = "/beheer/termen/volgorde/doelgroep/"


@pytest.fixture
def terms(world: World) -> dict[str, Any]:
    """Three terms of one position, of which one has terms under it."""
    made: dict[str, Any] = {}
    for slug, parent in [("a", ""), ("b", ""), ("b1", "b"), ("b2", "b"), ("c", "")]:
        above = made.get(parent)
        made[slug] = term_of(slug, Vocabulary.TARGET_GROUP, parent=above, position=0)
    return made


def order() -> list[str]:
    found = []
    for branch in tree(Term.objects.filter(vocabulary="doelgroep")):
        found += [branch.term.slug, *(child.term.slug for child in branch.children)]
    return found


@pytest.mark.parametrize(
    ("slug", "up", "expected"),
    [
        ("b", True, "b b1 b2 a c"),
        ("b", False, "a c b b1 b2"),
        ("b2", True, "a b b2 b1 c"),
        ("c", True, "a c b b1 b2"),
        ("a", True, None),
        ("c", False, None),
        ("b1", True, None),
        ("b2", False, None),
    ],
)
def test_a_term_passes_its_neighbour_with_what_stands_under_it(
    world: World, terms: dict[str, Any], slug: str, up: bool, expected: str | None
) -> None:
    moved = merging.move(term=terms[slug].pk, up=up, user=world["edith"])
    assert moved == (expected is not None)
    assert order() == (expected or "a b b1 b2 c").split()
    assert ModelLogEntry.objects.filter(action=merging.MOVED).count() == moved


def test_visitors_see_the_new_order(world: World, terms: dict[str, Any]) -> None:
    assert next(iter(registers.current().facets["doelgroep"].options)) == "a"
    merging.move(term=terms["b"].pk, up=True, user=world["edith"])
    assert list(registers.current().facets["doelgroep"].options) == ["b", "b1", "b2", "a", "c"]


def test_a_goal_moves_among_all_goals_whatever_its_theme(world: World) -> None:
    themes = [term_of(slug, Vocabulary.THEME) for slug in ("x", "y")]
    goals = [
        term_of(f"doel-{number}", Vocabulary.LEARNING_GOAL, parent=theme, position=number)
        for number, theme in enumerate(themes)
    ]
    assert merging.move(term=goals[1].pk, up=True, user=world["edith"])
    found = tree(Term.objects.filter(vocabulary="leerdoel"))
    assert [branch.term.slug for branch in found] == ["doel-1", "doel-0"]


def test_a_term_that_is_gone_moves_nowhere(world: World, db: None) -> None:
    assert not merging.move(term=900_001, up=True, user=User(pk=1))


def focused(content: bytes) -> list[tuple[str | None, str | None]]:
    document = html5lib.parse(content.decode(), namespaceHTMLElements=False)
    return [
        (button.get("name"), button.get("value"))
        for button in document.iter("button")
        if button.get("autofocus") is not None
    ]


def test_a_button_moves_a_term_and_has_the_focus_again(world: World, terms: dict[str, Any]) -> None:
    browser = world.client("edith")
    answer = browser.post(ADDRESS, {"omlaag": terms["a"].pk}, follow=True)
    assert order() == ["b", "b1", "b2", "a", "c"]
    assert focused(answer.content) == [("omlaag", str(terms["a"].pk))]
    answer = browser.post(ADDRESS, {"omlaag": terms["a"].pk}, follow=True)
    # At the end there is only the way back.
    assert focused(answer.content) == [("omhoog", str(terms["a"].pk))]
    assert "“A” is verplaatst." in answer.content.decode()


@pytest.mark.parametrize("value", ["", "x", "900001", "-1", "9" * 30])
def test_a_strange_button_moves_nothing(world: World, terms: dict[str, Any], value: str) -> None:
    answer = world.client("edith").post(ADDRESS, {"omhoog": value}, follow=True)
    assert answer.status_code == 200
    assert order() == ["a", "b", "b1", "b2", "c"]


def test_every_vocabulary_has_its_page_and_others_have_none(
    world: World, terms: dict[str, Any]
) -> None:
    browser = world.client("edith")
    overview = browser.get("/beheer/termen/volgorde/").content.decode()
    for vocabulary in Vocabulary:
        address = f"/beheer/termen/volgorde/{vocabulary}/"
        assert address in overview
        assert browser.get(address).status_code == 200
    assert browser.get("/beheer/termen/volgorde/jaar/").status_code == 404
