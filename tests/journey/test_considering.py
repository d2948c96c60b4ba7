"""Two officials consider the same white spot, both want to meet, and are introduced."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journey.conftest import PHONE, Journey
from tests.journey.keyboard import press, write

pytestmark = pytest.mark.browser

PASSWORD = "wegwijzer-demo"
GOUDA, ZOETERMEER = "ambtenaar-gouda", "ambtenaar-zoetermeer"


def test_two_officials_are_introduced(journey: Journey) -> None:
    first, address = _from_the_map(journey)
    _considers(first)
    assert journey.mail.arrived() == []
    second = journey.log_in(ZOETERMEER, PASSWORD)
    second.goto(address)
    _considers(second)
    for name, other in ((GOUDA, "Zoetermeer"), (ZOETERMEER, "Gouda")):
        text = journey.mail.last(f"{name}@example.org")
        assert "Een andere gemeente overweegt het ook." in text
        assert other not in text
    _says_yes(journey, first, GOUDA)
    expect(first.get_by_text("Ambtenaar Gouda zei ja.")).to_be_visible()
    assert len(journey.mail.arrived()) == 2, "nothing is revealed yet"
    _says_yes(journey, second, ZOETERMEER)
    expect(second.get_by_text("U wilt allebei kennismaken.")).to_be_visible()
    _were_introduced(journey)
    journey.picture(second, "overwegen")


def _from_the_map(journey: Journey) -> tuple[Page, str]:
    """The way of somebody on a phone who has yet to log in; and the address of the white spot."""
    page = journey.visit("/praktijken/witte-vlekken/", PHONE)
    press(page.locator(".gap-map__empty summary").first)
    press(page.get_by_role("link", name=re.compile("^Overweegt uw gemeente dit")).first)
    write(page.locator("#id_username"), GOUDA)
    write(page.locator("#id_password"), PASSWORD)
    press(page.locator("button[type=submit]"))
    page.wait_for_url("**/beheer/overwegen/?**")
    return page, page.url


def _considers(page: Page) -> None:
    write(page.get_by_label("Notitie"), "Bespreken in het najaar")
    press(page.get_by_role("button", name="Wij overwegen dit"))
    expect(page.get_by_text("Genoteerd.")).to_be_visible()


def _says_yes(journey: Journey, page: Page, name: str) -> None:
    page.goto("/beheer/")
    press(page.get_by_role("link", name=re.compile("^Een andere gemeente overweegt hetzelfde")))
    assert page.url in journey.mail.link(f"{name}@example.org", "/overwegen/")
    press(page.get_by_role("button", name=re.compile("^Ja, stel ons voor")))


def _were_introduced(journey: Journey) -> None:
    for name, other in ((GOUDA, "Zoetermeer"), (ZOETERMEER, "Gouda")):
        text = journey.mail.last(f"{name}@example.org")
        assert f"Dit is Ambtenaar {other} van de gemeente {other}:" in text
        assert f"ambtenaar-{other.lower()}@example.org" in text
    assert len(journey.mail.arrived()) == 4
    replies = {str(mail["Reply-To"]) for mail in journey.mail.arrived()[-2:]}
    assert replies == {f"{GOUDA}@example.org", f"{ZOETERMEER}@example.org"}
