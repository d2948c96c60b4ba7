from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from practices.models import PracticePage
from tests.factories import PracticePageFactory, TermFactory
from tests.practices.admin.practice_form.forms import form_data, of_page
from tests.practices.services.people.conftest import People

RESULT = {"mode": "zoekresultaat"}


def seen(client: Client, address: str, form: dict[str, Any], **mode: str) -> str:
    """What the panel beside the form shows of a form that was not saved."""
    answer = client.post(address, form).json()
    assert answer["is_valid"] is True
    body: str = client.get(address, mode).content.decode()
    return body


@pytest.fixture
def official(client: Client, people: People) -> Client:
    client.force_login(people.official)
    return client


def test_an_official_sees_a_new_practice_as_a_search_result_before_it_is_saved(
    official: Client, people: People
) -> None:
    kind = TermFactory(slug="lunchbijeenkomst")
    address = reverse(
        "wagtailadmin_pages:preview_on_add", args=["practices", "practicepage", people.page.pk]
    )
    form = form_data(title="Helemaal nieuw", slug="nieuw", formats=[kind.pk], start_year="2009")
    body = seen(official, address, form, **RESULT)
    assert '<h3 class="card__title"><a href="/gemeenten/waterdam/nieuw/">Helemaal nieuw</a>' in body
    assert "Waterdam" in body
    assert '<span class="badge">Lunchbijeenkomst</span>' in body
    assert "Er is nog geen samenvatting" in body
    assert not PracticePage.objects.exists()


def test_the_search_result_shows_the_draft_and_not_what_is_public(
    official: Client, people: People
) -> None:
    page = PracticePageFactory(parent=people.page, title="Oud", summary="Zo was het eerst.")
    address = reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk])
    form = of_page(page, title="Nieuw", summary="Zo wordt het, met een rollenspel.")
    body = seen(official, address, form, **RESULT)
    assert "Zo wordt het, met een rollenspel." in body
    assert "Zo was het eerst." not in body
    assert "Er is nog geen samenvatting" not in body
    assert "Zo wordt het" in seen(official, address, form)


def test_the_panel_offers_the_page_and_the_search_result(official: Client, people: People) -> None:
    page = PracticePageFactory(parent=people.page, draft=True)
    body = official.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    assert '<option value="zoekresultaat">Zoekresultaat</option>' in " ".join(body.split())
    assert 'data-device-width="375"' in body


def test_another_municipality_cannot_see_the_draft_as_a_result(
    client: Client, people: People
) -> None:
    page = PracticePageFactory(parent=people.page, draft=True)
    client.force_login(people.other)
    address = reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk])
    assert client.get(address, RESULT).status_code == 302
