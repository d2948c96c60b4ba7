"""What a peer does: ask, compare, look for gaps, lessons and municipalities alike, follow.

All of it by keyboard alone.
"""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journey.conftest import GIVE_CONTACTS, PHONE, Journey
from tests.journey.keyboard import press, tick, write

pytestmark = pytest.mark.browser

ADDRESS = "peer@ede.nl"
HURRY = """
import django; django.setup()
from datetime import timedelta
from django.utils import timezone
from practices.services.alerts.sending import send_due
from practices.models import Subscription
past = timezone.now() - timedelta(days=30)
Subscription.objects.update(confirmed_at=past, due_at=past)
send_due()
"""
"""What a month of waiting does."""


def heading(page: Page, name: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(name)


def test_from_the_front_page_to_an_answer(journey: Journey) -> None:
    journey.manage("-c", GIVE_CONTACTS)
    page = journey.visit("/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Naar de inhoud")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.locator("#zoek")).to_be_focused()
    page.keyboard.type("jongerenwerkers")
    page.keyboard.press("Enter")
    page.wait_for_url("**q=jongerenwerkers**")
    press(page.locator(".results .card__title a").first)
    press(page.locator("a[href='#contact']").first)
    press(page.get_by_role("link", name="Stel een vraag aan de contactpersoon"))
    write(page.get_by_label("Uw naam"), "Sam")
    write(page.get_by_label("Uw e-mailadres"), ADDRESS)
    write(page.get_by_label("Uw vraag"), "Hoeveel tijd kostte het?")
    while page.url.endswith("/contact/"):  # who is as quick as a robot is asked again
        with page.expect_navigation():
            press(page.get_by_role("button", name="Versturen"))
    heading(page, "Bericht verstuurd")
    assert "Hoeveel tijd kostte het?" in journey.mail.last("kim@example.org")


def test_from_a_search_to_a_lesson(journey: Journey) -> None:
    page = journey.visit("/praktijken/", PHONE)
    press(page.get_by_role("link", name="Bekijk de lessen van deze praktijken"))
    heading(page, "Zoeken in lessen")
    press(page.get_by_role("button", name="Filters"))
    tick(page.locator("input[name=les][value=werkte-niet]"))
    press(page.locator("#filters").get_by_role("button", name="Toon 1 les"))
    press(page.locator(".results a[href^='/lessen/']").first)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Werkte niet")


def test_a_peer_on_a_phone(journey: Journey) -> None:
    page = journey.visit("/praktijken/", PHONE)
    _compares(page)
    _finds_gaps(page)
    _finds_municipalities_alike(page)
    _completes_by_keyboard(page)
    _follows(journey, page)


def _compares(page: Page) -> None:
    boxes = page.get_by_role("checkbox", name=re.compile("^Vergelijk"))
    tick(boxes.nth(0))
    tick(boxes.nth(1))
    press(page.get_by_role("button", name="Vergelijk de gekozen praktijken"))
    heading(page, "Praktijken vergelijken")
    expect(page.get_by_role("columnheader")).to_have_count(3)


def _finds_gaps(page: Page) -> None:
    page.goto("/praktijken/")
    press(page.get_by_role("link", name="Witte vlekken"))
    heading(page, "Witte vlekken")
    press(page.locator(".gap-map__empty summary").first)
    press(page.get_by_role("link", name="Mail mij als hier iets komt").first)
    heading(page, "Volg deze zoekvraag")


def _finds_municipalities_alike(page: Page) -> None:
    page.goto("/gemeenten/zoetermeer/vergelijkbaar/")
    tick(page.get_by_role("checkbox", name="provincie"))
    press(page.get_by_role("button", name="Vergelijk opnieuw"))
    page.wait_for_url("**zonder=provincie**")
    assert "beide in Zuid-Holland" not in page.locator("main").inner_text()
    press(page.get_by_role("link", name=re.compile("^Zoek in de praktijken")))
    heading(page, "Zoeken in praktijken")


def _completes_by_keyboard(page: Page) -> None:
    page.goto("/praktijken/")
    field = page.get_by_role("combobox", name="Zoekwoorden of zoekcode")
    field.press_sequentially("zoeter")
    expect(page.get_by_role("option").first).to_contain_text("Zoetermeer")
    field.press("ArrowDown")
    field.press("Enter")
    page.wait_for_url("**gemeente=zoetermeer")


def _follows(journey: Journey, page: Page) -> None:
    press(page.get_by_role("link", name="Volg deze zoekvraag per mail"))
    write(page.get_by_label("Uw e-mailadres"), ADDRESS)
    press(page.get_by_role("button", name="Volgen"))
    heading(page, "Kijk in uw mail")
    page.goto(journey.mail.link(ADDRESS, "bevestig"))
    press(page.get_by_role("button", name="Ja, ik wil volgen"))
    heading(page, "U volgt deze zoekvraag")
    journey.manage("-c", HURRY)
    assert "Zoetermeer" in journey.mail.last(ADDRESS)
    page.goto(journey.mail.link(ADDRESS, "/volgen/stop/"))
    press(page.get_by_role("button", name="Stop de mails"))
    heading(page, "U bent gestopt")
