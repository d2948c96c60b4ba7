"""“Lijkt op …”: published practices only, with words and terms in common."""

import pytest

from practices.indexes.practices import PRACTICES
from practices.models import PracticePage
from practices.services.checks.facts import Draft, draft_of
from practices.services.checks.likeness import similar_practices
from search.engines import engine_for
from search.engines.base import IndexMissingError
from search.indexing.rebuild import rebuild
from tests.factories import PracticePageFactory

TITLE = "Training met acteurs voor jongerenwerkers"
TERMS = {"formats": ["training"], "target_groups": ["jongerenwerk"]}


def practice(title: str = TITLE, **values: object) -> PracticePage:
    made: PracticePage = PracticePageFactory(
        title=title, terms=values.pop("terms", TERMS), **values
    )
    return made


def alike(draft: Draft, but_not: int | None = None) -> list[str]:
    return [card.title for card in similar_practices(draft, but_not=but_not)]


@pytest.fixture
def draft(db: None) -> Draft:
    """A draft that is about a training with actors."""
    return Draft(
        2026,
        title="Acteurs in een training",
        summary="Voor de jongerenwerkers van de stad.",
        formats=frozenset({"training"}),
        target_groups=frozenset({"jongerenwerk"}),
    )


def test_a_practice_with_words_and_terms_in_common_is_found(draft: Draft) -> None:
    practice()
    rebuild(PRACTICES)
    assert alike(draft) == [TITLE]


def test_three_at_most_most_alike_first(draft: Draft) -> None:
    for number in range(4):
        practice(f"Training nummer {number} voor jongerenwerkers")
    practice("Acteurs in een training voor jongerenwerkers van de stad")
    rebuild(PRACTICES)
    found = alike(draft)
    assert len(found) == 3
    assert found[0] == "Acteurs in een training voor jongerenwerkers van de stad"


def test_another_format_comes_after_the_same_one(draft: Draft) -> None:
    practice("Acteurs voor jongerenwerkers", terms={**TERMS, "formats": ["expertmeeting"]})
    practice()
    rebuild(PRACTICES)
    assert alike(draft) == [TITLE, "Acteurs voor jongerenwerkers"]


def test_another_target_group_is_not_alike(draft: Draft) -> None:
    practice(terms={**TERMS, "target_groups": ["gemeenteraad"]})
    rebuild(PRACTICES)
    assert alike(draft) == []


def test_one_word_in_common_is_chance(draft: Draft) -> None:
    practice("Training over iets anders", summary="Heel wat.")
    rebuild(PRACTICES)
    assert alike(draft) == []


def test_a_draft_is_never_shown_not_even_when_the_index_lags(draft: Draft) -> None:
    page = practice()
    practice("Nog een training met acteurs", draft=True)
    rebuild(PRACTICES)
    assert alike(draft) == [TITLE]
    PracticePage.objects.filter(pk=page.pk).update(live=False)  # unknown to the index
    assert alike(draft) == []


def test_a_practice_is_not_alike_itself(draft: Draft) -> None:
    page = practice()
    rebuild(PRACTICES)
    assert alike(draft_of(page)) == [TITLE]
    assert alike(draft_of(page), but_not=page.pk) == []


def test_without_words_nothing_is_alike(draft: Draft) -> None:
    practice()
    rebuild(PRACTICES)
    assert alike(Draft(2026, formats=draft.formats)) == []
    assert alike(Draft(2026, title="Voor de stad van de", formats=draft.formats)) == []


def test_what_is_typed_is_no_search_syntax(draft: Draft) -> None:
    practice()
    rebuild(PRACTICES)
    assert alike(Draft(2026, title='-"training met acteurs" -jongerenwerkers')) == [TITLE]


def test_without_an_index_nothing_is_alike(draft: Draft) -> None:
    practice()
    with pytest.raises(IndexMissingError):
        engine_for(PRACTICES).status()
    assert alike(draft) == []
