"""Opposite lessons on one subject, beside each other with what differs."""

from typing import Any

import pytest
from django.test import Client

from practices.frontend.lessons.contexts import contexts, read_views
from practices.frontend.lessons.opposites import CANDIDATES, opposites_of
from practices.indexes.lessons import LESSONS
from practices.indexes.readers import lesson_reader
from practices.models import Lesson, PracticePage
from practices.selectors.lessons import public_lessons
from practices.services.moderation import archive
from search.indexing.rebuild import rebuild
from tests.practices.frontend.lessons.conftest import Practice
from tests.practices.frontend.lessons.test_page import address, html, words
from tests.practices.services.moderation.conftest import World

SMALL = ("werkte", "Acteurs in een kleine groep: iedereen durfde te oefenen.")
LARGE = ("werkte_niet", "Met acteurs in een groep van zestig durfde niemand te oefenen.")


@pytest.fixture
def here(practice: Practice) -> PracticePage:
    return practice(
        SMALL,
        title="Training met acteurs",
        group_size=12,
        terms={"formats": ["training"], "target_groups": ["jongerenwerk"]},
    )


@pytest.fixture
def there(practice: Practice) -> PracticePage:
    return practice(
        LARGE,
        place="Ede",
        title="Lunch met acteurs",
        group_size=60,
        terms={"formats": ["lunch"], "target_groups": ["kader"]},
    )


def found(most: int = 9) -> dict[str, list[str]]:
    """The texts of opposites by the text of each lesson."""
    lessons = public_lessons(list(Lesson.objects.values_list("pk", flat=True)))
    opposites = opposites_of(lesson_reader(), [*lessons.values()], most=most)
    return {
        lessons[key].text: [one.lesson.text for one in others] for key, others in opposites.items()
    }


def test_what_worked_and_what_did_not_on_one_subject_are_opposites(
    here: PracticePage, there: PracticePage
) -> None:
    assert found() == {SMALL[1]: [LARGE[1]], LARGE[1]: [SMALL[1]]}


@pytest.mark.parametrize(
    "other",
    [
        ("werkte", LARGE[1]),
        ("tip", LARGE[1]),
        ("werkte_niet", "De zaal was te koud."),
        ("werkte_niet", "Acteurs kenden de buurt niet."),
    ],
)
def test_the_same_kind_a_tip_or_another_subject_is_none(
    here: PracticePage, practice: Practice, other: tuple[str, str]
) -> None:
    practice(other, place="Ede")
    assert found() == {}


def test_one_word_is_enough_where_two_terms_are_the_same(practice: Practice) -> None:
    terms = {"formats": ["training"], "working_methods": ["acteurs"]}
    practice(SMALL, terms=terms)
    practice(("werkte_niet", "Acteurs kenden de buurt niet."), place="Ede", terms=terms)
    assert len(found()) == 2


def test_a_practice_is_not_its_own_opposite(practice: Practice) -> None:
    practice(SMALL, LARGE)
    assert found() == {}


def test_of_one_practice_the_lesson_with_most_in_common_counts(
    here: PracticePage, practice: Practice
) -> None:
    practice(("werkte_niet", "In een groep met acteurs werd het stil."), LARGE, place="Ede")
    assert found()[SMALL[1]] == [LARGE[1]]


def test_the_index_proposes_but_the_database_decides(
    here: PracticePage, there: PracticePage
) -> None:
    PracticePage.objects.filter(pk=there.pk).update(live=False)
    assert found() == {}
    PracticePage.objects.filter(pk=there.pk).update(live=True)
    Lesson.objects.filter(page=there).update(text="Iets anders.", kind="tip")
    assert found() == {}


def test_the_archive_is_not_put_beside_it(
    world: World, here: PracticePage, there: PracticePage
) -> None:
    archive.retire(page=there, user=world["edith"], reason="Bestaat niet meer.")
    rebuild(LESSONS)
    assert SMALL[1] not in found()


def test_the_page_of_a_lesson_puts_them_beside_each_other_with_what_differs(
    here: PracticePage, there: PracticePage
) -> None:
    text = html(address(here, SMALL[1]))
    shown = words(text)
    assert "Elders werkte dit niet" in shown
    assert f'href="{address(there, LARGE[1])}"' in text
    for differing in ("Hier: Gouda", "Daar: Ede", "12 deelnemers 60 deelnemers", "training lunch"):
        assert differing in shown
    assert "Inwoners 75.000" not in shown.partition("Daar: Ede")[2], "what is the same is left out"
    assert "Elders werkte dit wel" in html(address(there, LARGE[1]))


def test_the_list_puts_them_beside_each_other_once(here: PracticePage, there: PracticePage) -> None:
    shown = words(html("/lessen/"))
    assert shown.count("Elders werkte dit") == 1
    for context in (
        "Hier: training, jongerenwerk, 12 deelnemers",
        "Daar: lunch, kader, 60 deelnemers",
    ):
        assert context in shown
    [result] = Client().get("/lessen.json?les=werkte").json()["results"]
    assert result["opposite"] == address(there, LARGE[1])


def test_what_is_known_of_one_only_differs_and_is_told_as_unknown(
    practice: Practice, here: PracticePage
) -> None:
    other = practice(LARGE, place="Ede")
    views = read_views([here.pk, other.pk])
    differences = {
        one.label: (one.here, one.there)
        for one in contexts(views[here.pk], views[other.pk]).differences
    }
    assert differences["Groep"] == ("12 deelnemers", "")
    assert "niet bekend" in words(html(address(here, SMALL[1])))


def test_many_candidates_cost_no_more(
    here: PracticePage, practice: Practice, django_assert_max_num_queries: Any
) -> None:
    for number in range(CANDIDATES + 10):
        practice(("werkte_niet", f"Met acteurs in een groep oefenen lukte niet: {number}."))
    lessons = public_lessons(list(Lesson.objects.values_list("pk", flat=True)))
    with django_assert_max_num_queries(3):
        opposites = opposites_of(lesson_reader(), [*lessons.values()], most=2)
    assert {len(others) for others in opposites.values()} == {1, 2}


@pytest.mark.parametrize("text", ["", "En de het?", "👩‍👩‍👧‍👦", "woord " * 500, '"half', "-"])
def test_any_text_of_a_lesson_can_be_asked_for(
    there: PracticePage, practice: Practice, text: str
) -> None:
    practice(("werkte", text or " "))
    assert isinstance(found(), dict)
