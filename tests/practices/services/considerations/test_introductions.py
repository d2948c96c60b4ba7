"""Two municipalities that consider the same: asked, and introduced only if both want it."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from practices.models import Consideration, Introduction, IntroductionAnswer, Says
from practices.services.considerations import steps
from practices.services.considerations.matching import look_for_others
from practices.services.people.roles import ensure_municipality_group
from tests.mails import delivered
from tests.practices.services.considerations.conftest import Considers, browser, mailed, main_of
from tests.practices.services.people.conftest import People

KIM, SAM = "kim@voorbeeld.example", "sam@voorbeeld.example"
Both = tuple[Consideration, Consideration]


@pytest.fixture
def says(django_capture_on_commit_callbacks: Any) -> Any:
    """Lets somebody answer for a consideration, with what happens after the commit."""

    def do(row: Consideration, by: Any, what: Says) -> bool:
        key = IntroductionAnswer.objects.get(consideration=row).pk
        with django_capture_on_commit_callbacks(execute=True):
            return steps.answer(answer=key, by=by, says=what)

    return do


def test_nobody_hears_of_what_one_municipality_considers(
    people: People, considers: Considers
) -> None:
    considers(people.official, people.page.municipality)
    considers(people.other, people.other_page.municipality, "doelgroep=kader&vorm=training")
    assert delivered() == []
    assert not Introduction.objects.exists()
    assert "Lunch" not in main_of(people.other)


def test_when_a_second_considers_it_both_are_asked_without_a_name(
    people: People, considers: Considers
) -> None:
    considers(people.official, people.page.municipality, note="Geheim plan")
    considers(people.other, people.other_page.municipality)
    [(to_kim, kim), (to_sam, sam)] = mailed()
    assert (to_kim, to_sam) == (KIM, SAM)
    for text, names in ((kim, ("Sam", "Polderstad", SAM)), (sam, ("Kim", "Waterdam", KIM))):
        assert text.startswith("Een andere gemeente overweegt dit ook: Kader × Lunch")
        assert "/beheer/overwegen/" in text
        assert not any(name in text for name in (*names, "Geheim"))
    for person, name in ((people.official, "Polderstad"), (people.other, "Waterdam")):
        page = main_of(person)
        assert "Een andere gemeente overweegt dit ook. Wilt u kennismaken?" in page
        assert name not in page
    assert "Geheim" not in main_of(people.other)


def test_both_are_asked_once_however_often_others_are_looked_for(
    both: Both, people: People, considers: Considers, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        considers(people.other, people.other_page.municipality)
        for row in both:
            look_for_others.call(row.pk)
        steps.tidy()
    assert Introduction.objects.count() == 1
    assert delivered() == []


def test_the_database_brings_two_together_once(both: Both) -> None:
    first, second = both
    for pair in ((first, second), (second, first), (first, first)):
        with pytest.raises(IntegrityError), transaction.atomic():
            Introduction.objects.create(first=pair[0], second=pair[1])


def test_only_when_both_say_yes_they_get_each_others_name_and_address(
    both: Both, people: People, says: Any
) -> None:
    first, second = both
    assert says(first, people.official, Says.YES) is False
    assert delivered() == []
    assert "Kim" not in main_of(people.other)
    assert says(second, people.other, Says.YES) is True
    [(to_kim, kim), (to_sam, sam)] = mailed()
    assert (to_kim, to_sam) == (KIM, SAM)
    assert "Dit is Sam de Vries van de gemeente Polderstad" in kim
    assert SAM in kim
    assert KIM in sam
    assert [one.reply_to for one in delivered()] == [[SAM], [KIM]]
    for person in (people.official, people.other):
        page = main_of(person)
        assert "voorgesteld aan een andere gemeente" in page
        assert "@" not in page
    with pytest.raises(steps.ClosedError):
        says(first, people.official, Says.NO)
    assert len(delivered()) == 2


@pytest.mark.parametrize("order", ["no first", "yes first"])
def test_after_a_no_nothing_is_revealed_and_it_looks_like_no_answer(
    both: Both, people: People, says: Any, order: str
) -> None:
    first, second = both
    waiting = []
    for row, person, what in (
        [(first, people.official, Says.NO), (second, people.other, Says.YES)]
        if order == "no first"
        else [(second, people.other, Says.YES), (first, people.official, Says.NO)]
    ):
        says(row, person, what)
        waiting.append(main_of(people.other))
    assert delivered() == []
    assert "Sam de Vries zei ja. Wij wachten op de andere gemeente." in waiting[-1]
    assert "nee" not in waiting[-1].partition("Alleen u en")[0].lower().replace("nee :", "")
    IntroductionAnswer.objects.filter(consideration=first).update(says="", answered_by=None)
    assert main_of(people.other) == waiting[-1]


def test_whoever_said_no_may_still_say_yes(both: Both, people: People, says: Any) -> None:
    first, second = both
    says(first, people.official, Says.NO)
    says(second, people.other, Says.YES)
    assert says(first, people.official, Says.YES) is True
    assert len(delivered()) == 2


def test_a_yes_is_taken_back_before_the_other_says_it(
    both: Both, people: People, says: Any
) -> None:
    first, second = both
    says(first, people.official, Says.YES)
    says(first, people.official, Says.NO)
    assert says(second, people.other, Says.YES) is False
    assert delivered() == []


def test_after_thirty_days_nobody_answers_any_more(both: Both, people: People, says: Any) -> None:
    first, second = both
    says(first, people.official, Says.YES)
    Introduction.objects.update(made_at=timezone.now() - timedelta(days=30, minutes=1))
    with pytest.raises(steps.ClosedError):
        says(second, people.other, Says.YES)
    assert delivered() == []
    for person in (people.official, people.other):
        page = main_of(person)
        assert "u bent niet aan elkaar voorgesteld" in page
        assert "Ja, stel ons voor" not in page


def test_whoever_withdraws_takes_the_question_along(
    both: Both, people: People, says: Any, considers: Considers
) -> None:
    first, second = both
    key = IntroductionAnswer.objects.get(consideration=second).pk
    steps.withdraw(consideration=first.pk)
    steps.withdraw(consideration=first.pk)
    assert not Introduction.objects.exists()
    with pytest.raises(steps.ClosedError):
        steps.answer(answer=key, by=people.other, says=Says.YES)
    assert "kennismaken" not in main_of(people.other).partition("Alleen u en")[0]


def test_colleagues_are_all_asked_and_any_of_them_answers(
    people: People, considers: Considers, says: Any, admin_user: Any
) -> None:
    group = ensure_municipality_group(page=people.page)
    people.editor.groups.set([group, *people.official.groups.all()])
    first = considers(people.official, people.page.municipality)
    second = considers(people.other, people.other_page.municipality)
    assert [to for to, _text in mailed()] == [KIM, "redactie@voorbeeld.example", SAM]
    delivered().clear()
    says(second, people.other, Says.YES)
    says(first, people.editor, Says.YES)
    assert [to for to, _text in mailed()] == ["redactie@voorbeeld.example", SAM]
    assert "Redactie de Vries zei" not in main_of(people.other)


def test_municipalities_with_an_official_in_common_are_not_asked(
    people: People, considers: Considers
) -> None:
    people.official.groups.add(ensure_municipality_group(page=people.other_page))
    considers(people.official, people.page.municipality)
    considers(people.official, people.other_page.municipality)
    assert not Introduction.objects.exists()
    assert delivered() == []


def test_a_third_municipality_is_brought_together_with_each_of_the_two(
    both: Both, people: People, considers: Considers
) -> None:
    from tests.factories import MunicipalityFactory, MunicipalityPageFactory

    page = MunicipalityPageFactory(municipality=MunicipalityFactory(name="Duinstad"))
    people.editor.groups.set([ensure_municipality_group(page=page), *people.other.groups.all()])
    people.editor.groups.remove(ensure_municipality_group(page=people.other_page))
    considers(people.editor, page.municipality)
    assert Introduction.objects.count() == 3
    asked = [to for to, _text in mailed()]
    assert asked == [KIM, "redactie@voorbeeld.example", "redactie@voorbeeld.example", SAM]


def test_the_button_introduces(
    both: Both, people: People, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        for row, person in zip(both, (people.official, people.other), strict=True):
            key = IntroductionAnswer.objects.get(consideration=row).pk
            response = browser(person).post(
                f"/beheer/overwegen/antwoord/{key}/", {"antwoord": "ja"}, follow=True
            )
    assert "U wilt allebei kennismaken. Kijk in uw mail." in response.content.decode()
    assert [to for to, _text in mailed()] == [KIM, SAM]
