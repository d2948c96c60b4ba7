"""What a peer does on a phone: compare, look for gaps and for municipalities alike, follow."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journey.conftest import PHONE, Journey

pytestmark = pytest.mark.browser

ADDRESS = "peer@ede.nl"
HURRY = """
import django; django.setup()
from datetime import timedelta
from django.utils import timezone
from practices.alerts.sending import send_due
from practices.models import Subscription
past = timezone.now() - timedelta(days=30)
Subscription.objects.update(confirmed_at=past, due_at=past)
send_due()
"""
"""What a month of waiting does."""


def heading(page: Page, name: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(name)


def test_a_peer_on_a_phone(journey: Journey) -> None:
    page = journey.visit("/praktijken/", PHONE)
    _compares(page)
    _finds_gaps(page)
    _finds_municipalities_alike(page)
    _completes_by_keyboard(page)
    _follows(journey, page)


def _compares(page: Page) -> None:
    boxes = page.get_by_role("checkbox", name=re.compile("^Vergelijk"))
    boxes.nth(0).check()
    boxes.nth(1).check()
    page.get_by_role("button", name="Vergelijk de gekozen praktijken").click()
    heading(page, "Praktijken vergelijken")
    expect(page.get_by_role("columnheader")).to_have_count(3)


def _finds_gaps(page: Page) -> None:
    page.goto("/praktijken/")
    page.get_by_role("link", name="Witte vlekken").click()
    heading(page, "Witte vlekken")
    page.locator(".gap-map__empty summary").first.click()
    page.get_by_role("link", name="Mail mij als hier iets komt").first.click()
    heading(page, "Volg deze zoekvraag")


def _finds_municipalities_alike(page: Page) -> None:
    page.goto("/gemeenten/zoetermeer/vergelijkbaar/")
    page.get_by_role("checkbox", name="provincie").check()
    page.get_by_role("button", name="Vergelijk opnieuw").click()
    page.wait_for_url("**zonder=provincie**")
    assert "beide in Zuid-Holland" not in page.locator("main").inner_text()
    page.get_by_role("link", name=re.compile("^Zoek in de praktijken")).click()
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
    page.get_by_role("link", name="Volg deze zoekvraag per mail").click()
    page.get_by_label("Uw e-mailadres").fill(ADDRESS)
    page.get_by_role("button", name="Volgen").click()
    heading(page, "Kijk in uw mail")
    page.goto(journey.mail.link(ADDRESS, "bevestig"))
    page.get_by_role("button", name="Ja, ik wil volgen").click()
    heading(page, "U volgt deze zoekvraag")
    journey.manage("-c", HURRY)
    assert "Zoetermeer" in journey.mail.last(ADDRESS)
    page.goto(journey.mail.link(ADDRESS, "/volgen/stop/"))
    page.get_by_role("button", name="Stop de mails").click()
    heading(page, "U bent gestopt")
