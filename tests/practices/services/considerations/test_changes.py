"""What becomes of what is considered: terms and municipalities merge, people leave, time passes."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from practices.indexes import registers
from practices.indexes.practices import PRACTICES
from practices.models import Consideration, Introduction, IntroductionAnswer, Says, Term
from practices.services.considerations import steps
from practices.services.considerations.first import tell_of_first_practices
from practices.services.people.accounts import deactivate, set_municipalities
from practices.services.reorganisation.steps import carry_out, prepare, undo
from practices.services.vocabularies.merging import merge
from search.indexing.rebuild import rebuild
from tests.factories import PracticePageFactory, TermFactory
from tests.mails import delivered
from tests.practices.services.considerations.conftest import (
    KEY,
    Considers,
    browser,
    mailed,
    main_of,
)
from tests.practices.services.people.conftest import People

Both = tuple[Consideration, Consideration]
KIM, SAM = "kim@voorbeeld.example", "sam@voorbeeld.example"


def term(slug: str) -> Term:
    return Term.objects.get(slug=slug)


def test_terms_that_merge_bring_together_who_considers_either(
    people: People, considers: Considers, django_capture_on_commit_callbacks: Any
) -> None:
    considers(people.official, people.page.municipality)
    considers(people.other, people.other_page.municipality, "doelgroep=kader&vorm=training")
    assert not Introduction.objects.exists()
    merge(term=term("lunch").pk, into=term("training").pk, user=people.editor)
    with django_capture_on_commit_callbacks(execute=True):
        steps.tidy()
    cells = set(Consideration.objects.values_list("cell", flat=True))
    assert cells == {"doelgroep=kader&vorm=training"}
    assert [to for to, _text in mailed()] == [KIM, SAM]


def test_of_two_that_became_the_same_a_municipality_keeps_one(
    people: People, considers: Considers
) -> None:
    considers(people.official, people.page.municipality)
    considers(people.official, people.page.municipality, "doelgroep=kader&vorm=training")
    merge(term=term("lunch").pk, into=term("training").pk, user=people.editor)
    steps.tidy()
    assert Consideration.objects.get().cell == "doelgroep=kader&vorm=training"


def test_a_renamed_term_is_the_same_to_who_comes_later(
    people: People, considers: Considers
) -> None:
    considers(people.official, people.page.municipality)
    renamed = term("lunch")
    renamed.slug = "lunchbijeenkomst"
    renamed.save()
    considers(people.other, people.other_page.municipality, "doelgroep=kader&vorm=lunchbijeenkomst")
    assert Introduction.objects.count() == 1


def test_what_has_lost_a_term_is_shown_and_goes_at_night(
    people: People, considers: Considers
) -> None:
    considers(people.official, people.page.municipality)
    Term.objects.filter(slug="lunch").delete()
    registers.forget()
    assert "Een van deze kenmerken bestaat niet meer" in main_of(people.official)
    steps.tidy()
    assert not Consideration.objects.exists()


def test_a_merged_municipality_takes_along_what_it_considers_and_back(
    people: People, considers: Considers
) -> None:
    considers(people.official, people.page.municipality)
    into = people.other_page.municipality
    row = prepare(
        old=[people.page.municipality], new=into, takes_effect_on=date(2020, 1, 1), by=people.editor
    )
    carry_out(reorganisation=row.pk, by=people.editor)
    for person in (people.official, people.other):
        assert "Kader × Lunch" in main_of(User.objects.get(pk=person.pk))
    assert steps.consider(cell=_cell(), municipality=into, by=people.other) is False
    steps.tidy()
    undo(reorganisation=row.pk, by=people.editor)
    assert "Kader × Lunch" in main_of(User.objects.get(pk=people.official.pk))
    assert "Kader × Lunch" not in main_of(User.objects.get(pk=people.other.pk))


def test_two_that_merged_into_one_are_not_introduced_to_themselves(
    both: Both, people: People, django_capture_on_commit_callbacks: Any
) -> None:
    first, second = both
    key = IntroductionAnswer.objects.get(consideration=first).pk
    steps.answer(answer=key, by=people.official, says=Says.YES)
    row = prepare(
        old=[people.page.municipality],
        new=people.other_page.municipality,
        takes_effect_on=date(2020, 1, 1),
        by=people.editor,
    )
    carry_out(reorganisation=row.pk, by=people.editor)
    key = IntroductionAnswer.objects.get(consideration=second).pk
    with django_capture_on_commit_callbacks(execute=True):
        assert steps.answer(answer=key, by=people.official, says=Says.YES) is False
        steps.tidy()
    assert delivered() == []
    assert not Introduction.objects.exists()


def test_when_the_last_official_goes_nothing_is_kept(people: People, considers: Considers) -> None:
    considers(people.official, people.page.municipality)
    deactivate(person=people.official)
    considers(people.other, people.other_page.municipality)
    assert not Introduction.objects.exists(), "nobody could answer"
    steps.tidy()
    assert [row.made_by for row in Consideration.objects.all()] == [people.other]
    set_municipalities(person=people.other, municipalities=[])
    steps.tidy()
    assert not Consideration.objects.exists()


def test_what_somebody_considers_goes_with_the_account(both: Both, people: People) -> None:
    people.official.delete()
    assert [row.made_by for row in Consideration.objects.all()] == [people.other]
    assert not Introduction.objects.exists()


def test_a_yes_of_who_left_does_not_count(both: Both, people: People) -> None:
    keys = [IntroductionAnswer.objects.get(consideration=row).pk for row in both]
    steps.answer(answer=keys[0], by=people.official, says=Says.YES)
    deactivate(person=people.official)
    assert steps.answer(answer=keys[1], by=people.other, says=Says.YES) is False


def test_after_a_year_it_is_not_considered_any_more(
    both: Both, people: People, considers: Considers
) -> None:
    Consideration.objects.filter(pk=both[0].pk).update(
        made_at=timezone.now() - timedelta(days=365, minutes=1)
    )
    assert "Kader × Lunch" not in main_of(people.official)
    considers(people.official, people.page.municipality)
    assert Consideration.objects.count() == 2
    Consideration.objects.update(made_at=timezone.now() - timedelta(days=365, minutes=1))
    steps.tidy()
    assert not Consideration.objects.exists()
    assert not Introduction.objects.exists()


@pytest.fixture
def first_practice(people: People) -> Any:
    def publish(**fields: Any) -> None:
        PracticePageFactory(
            parent=people.other_page,
            terms={"formats": ["lunch"], "target_groups": ["kader"]},
            **fields,
        )
        rebuild(PRACTICES)

    return publish


def test_officials_are_told_of_the_first_practice_once(
    both: Both, first_practice: Any, django_capture_on_commit_callbacks: Any
) -> None:
    def told() -> list[tuple[str, str]]:
        delivered().clear()
        with django_capture_on_commit_callbacks(execute=True):
            tell_of_first_practices()
        return mailed()

    first_practice(draft=True)
    assert told() == []
    first_practice()
    [(to_kim, text), (to_sam, _text)] = told()
    assert (to_kim, to_sam) == (KIM, SAM)
    assert text.startswith("De eerste praktijk is er: Kader × Lunch")
    assert f"/praktijken/?{KEY}" in text
    first_practice()
    assert told() == []


def test_nobody_is_told_of_what_was_there_already(
    people: People, first_practice: Any, django_capture_on_commit_callbacks: Any
) -> None:
    first_practice()
    assert "Er is al een praktijk met deze twee kenmerken." in main_of(
        people.official, f"/beheer/overwegen/?{KEY}"
    )
    browser(people.official).post(
        f"/beheer/overwegen/?{KEY}", {"municipality": people.page.municipality.pk}
    )
    assert Consideration.objects.count() == 1
    with django_capture_on_commit_callbacks(execute=True):
        tell_of_first_practices()
    assert delivered() == []


def test_a_municipality_considers_so_many_things_at_once(
    people: People, considers: Considers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(steps, "MOST", 2)
    for slug in ("lunch", "training"):
        considers(people.official, people.page.municipality, f"doelgroep=kader&vorm={slug}")
    TermFactory(vocabulary="vorm", slug="meer")
    response = browser(people.official).post(
        "/beheer/overwegen/?doelgroep=kader&vorm=meer",
        {"municipality": people.page.municipality.pk},
        follow=True,
    )
    assert "Uw gemeente overweegt al 2 dingen. Trek er eerst een in." in response.content.decode()
    assert Consideration.objects.count() == 2


def _cell() -> Any:
    from tests.practices.services.considerations.conftest import cell

    return cell()
