"""Overruling a contradiction: with a reason, once for each rule, seen by editors, counted."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from wagtail.models import Page

from practices.models import MunicipalityPage, Overrule, PracticePage
from practices.services.checks.contradictions import RULES
from practices.services.checks.facts import Draft, draft_of
from practices.services.checks.overruling import overrule, withdraw
from practices.services.checks.selectors import overrule_counts, overrules_of
from tests.factories import PracticePageFactory
from tests.practices.admin.practice_form.forms import of_page
from tests.practices.services.checks.conftest import ClientOf

RULE = "lopend-en-afgelopen"


@pytest.fixture
def contradicting(draft_page: PracticePage) -> PracticePage:
    """A draft for which one rule fires."""
    draft_page.is_running, draft_page.status = True, "gestopt"
    draft_page.save()
    return draft_page


def make(page: PracticePage, author: User, **values: Any) -> Overrule:
    given = {"draft": draft_of(page), "rule": RULE, "reason": "Een deel loopt door."}
    return overrule(practice=page, author=author, **{**given, **values})


def address(page: PracticePage) -> str:
    return reverse("practice_checks:overrule", args=[page.pk])


def test_it_is_kept_with_reason_author_and_time(
    contradicting: PracticePage, official: User
) -> None:
    made = make(contradicting, official, reason="  Een deel \n loopt door. ")
    assert overrules_of(contradicting.pk) == {RULE: made}
    assert (made.reason, made.author) == ("Een deel loopt door.", official)
    assert timezone.now() - made.made_at < timedelta(minutes=1)


def test_a_second_reason_takes_the_place_of_the_first(
    contradicting: PracticePage, official: User, stranger: User
) -> None:
    first = make(contradicting, official)
    Overrule.objects.update(made_at=first.made_at - timedelta(days=3))
    second = make(contradicting, stranger, reason="Het is een proef.")
    assert Overrule.objects.get() == second == first
    assert (second.reason, second.author) == ("Het is een proef.", stranger)
    assert second.made_at >= first.made_at


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"reason": " \n "}, "Schrijf op waarom het klopt."),
        ({"reason": "x" * 501}, "Gebruik hoogstens 500 tekens voor de reden."),
        ({"rule": "onbekend"}, "Dit punt is er niet meer."),
        ({"draft": Draft(2026)}, "Dit punt is er niet meer."),
    ],
)
def test_what_cannot_be_overruled_says_why(
    contradicting: PracticePage, official: User, values: dict[str, Any], message: str
) -> None:
    with pytest.raises(ValidationError, match=message):
        make(contradicting, official, **values)
    assert not Overrule.objects.exists()


def test_a_reason_of_500_characters_is_kept(contradicting: PracticePage, official: User) -> None:
    assert len(make(contradicting, official, reason="x" * 500).reason) == 500


def test_it_can_be_withdrawn_twice(contradicting: PracticePage, official: User) -> None:
    make(contradicting, official)
    withdraw(practice=contradicting, rule=RULE)
    withdraw(practice=contradicting, rule=RULE)
    assert overrules_of(contradicting.pk) == {}


def test_the_database_holds_one_of_each_and_a_reason(
    contradicting: PracticePage, official: User
) -> None:
    made = make(contradicting, official)
    with pytest.raises(IntegrityError), transaction.atomic():
        Overrule.objects.create(
            practice=contradicting, rule=RULE, reason="Nog een.", made_at=made.made_at
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        Overrule.objects.create(
            practice=contradicting, rule="veel-leerdoelen", reason="", made_at=made.made_at
        )


def test_an_author_who_leaves_takes_no_reason_along(
    contradicting: PracticePage, official: User
) -> None:
    make(contradicting, official)
    official.delete()
    assert overrules_of(contradicting.pk)[RULE].author is None


def test_a_copy_begins_without_reasons(contradicting: PracticePage, official: User) -> None:
    make(contradicting, official)
    copy = contradicting.copy(update_attrs={"slug": "kopie", "title": "Kopie"})
    assert overrules_of(copy.pk) == {}


def test_counts_tell_how_often_each_rule_was_overruled(
    contradicting: PracticePage,
    official: User,
    gouda: MunicipalityPage,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    other = PracticePageFactory(parent=gouda, is_running=True, status="gestopt", group_size=9)
    other.participants_reached = 8
    make(contradicting, official)
    make(other, official)
    make(other, official, rule="bereik-kleiner-dan-groep")
    with django_assert_num_queries(1):
        counts = overrule_counts()
    assert {one.code for one in counts} == {rule.code for rule in RULES}
    assert [(one.code, one.count) for one in counts if one.count] == [
        (RULE, 2),
        ("bereik-kleiner-dan-groep", 1),
    ]
    assert counts[0].label == "Loopt nog en is afgelopen"


def test_with_the_form_the_answer_is_a_new_report(
    contradicting: PracticePage, official: User, client_of: ClientOf
) -> None:
    typed = of_page(contradicting, end_year="2001", status="lopend")
    sent = {**typed, "overrule-rule": "lopend-na-eindjaar", "overrule-reason": "Volgt nog."}
    response = client_of(official).post(address(contradicting), sent)
    html = response.content.decode()
    assert response.status_code == 200
    assert "Klopt toch:" in html
    assert "Volgt nog." in html
    assert "Kim Ambtenaar" in html
    assert list(overrules_of(contradicting.pk)) == ["lopend-na-eindjaar"]
    assert PracticePage.objects.get(pk=contradicting.pk).end_year is None


def test_without_a_reason_the_report_says_so_at_the_rule(
    contradicting: PracticePage, official: User, client_of: ClientOf
) -> None:
    typed = of_page(contradicting, is_running="on", status="gestopt")
    sent = {**typed, "overrule-rule": RULE, "overrule-reason": " "}
    response = client_of(official).post(address(contradicting), sent)
    assert response.status_code == 400
    assert f'id="overrule-error-{RULE}"' in response.content.decode()


def test_without_a_script_the_form_comes_back_with_a_message(
    contradicting: PracticePage, official: User, client_of: ClientOf
) -> None:
    browser = client_of(official)
    sent = {"overrule-rule": RULE, "overrule-reason": "Een deel loopt door."}
    html = browser.post(address(contradicting), sent, follow=True).content.decode()
    assert "Uw reden is opgeslagen." in html
    assert "Klopt toch:" in html
    wrong = browser.post(address(contradicting), {**sent, "overrule-reason": ""}, follow=True)
    assert "Schrijf op waarom het klopt." in wrong.content.decode()


def test_a_reason_is_withdrawn_by_its_button(
    contradicting: PracticePage, official: User, client_of: ClientOf
) -> None:
    make(contradicting, official)
    sent = {"overrule-rule": RULE, "overrule-withdraw": "1"}
    assert client_of(official).post(address(contradicting), sent).status_code == 302
    assert not Overrule.objects.exists()


def test_an_overruled_point_asks_no_more_attention(
    contradicting: PracticePage, official: User, client_of: ClientOf
) -> None:
    def count() -> str:
        where = reverse("practice_checks:report", args=[contradicting.pk])
        html = client_of(official).post(where).content.decode()
        return html.split('data-count="')[1].split('"')[0]

    before = int(count())
    make(contradicting, official)
    assert int(count()) == before - 1


def test_visitors_never_see_a_reason(
    contradicting: PracticePage, official: User, client_of: ClientOf
) -> None:
    make(contradicting, official, reason="Alleen voor de redactie.")
    contradicting.save_revision().publish()
    page = Page.objects.get(pk=contradicting.pk)
    html = client_of(official).get(page.url).content.decode()
    assert "Geheim plan" in html
    assert "Alleen voor de redactie." not in html
