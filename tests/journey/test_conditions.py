"""A condition in words is made a filter, and undone: by keyboard, on a desk and on a phone."""

import pytest
from playwright.sync_api import Locator, Page, ViewportSize, expect

from tests.journey.conftest import DESK, PHONE, Journey
from tests.journey.keyboard import press, write

pytestmark = pytest.mark.browser

ONLY = "praktijken in Rotterdam"
MORE = "jongerenwerkers in Rotterdam"


def offer(page: Page) -> Locator:
    offers = page.get_by_role("navigation", name="Bedoelt u misschien:")
    return offers.get_by_role("link", name="Gemeente: Rotterdam", exact=True)


def chip(page: Page) -> Locator:
    return page.get_by_role("link", name="Verwijder: Gemeente: Rotterdam")


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_a_condition_in_words_is_made_a_filter_and_undone(
    demo: Journey, size: ViewportSize
) -> None:
    page = demo.visit(f"/praktijken/?q={MORE}", size)
    expect(chip(page)).to_have_count(0)
    press(offer(page))
    page.wait_for_url("**Rotterdam&gemeente=rotterdam")
    expect(offer(page)).to_have_count(0)
    press(chip(page))
    page.wait_for_url("**in+Rotterdam")
    expect(offer(page)).to_be_visible()
    is_for_gouda_until_that_ends(page)


def is_for_gouda_until_that_ends(page: Page) -> None:
    """The municipality is asked once, and remembered by who wants that."""
    field = page.get_by_label("Welke gemeente?")
    write(field, "Gouwda")
    expect(page.locator("#gemeenten option[value=Gouda]")).to_have_count(1)
    page.keyboard.press("Enter")
    expect(page.get_by_text("Wij kennen de gemeente “Gouwda” niet.")).to_be_visible()
    expect(field).to_be_focused()
    write(field, "gouda")
    page.keyboard.press("Enter")
    page.wait_for_url("**in+Rotterdam&mijn=gouda")
    expect(page.get_by_text("U bekijkt dit voor Gouda.")).to_be_visible()
    expect(page.locator("#resultaten")).to_be_focused()
    expect(field).to_have_count(0)
    press(page.get_by_role("button", name="Onthoud op dit apparaat"))
    expect(page.get_by_role("button", name="Onthouden op dit apparaat")).to_be_visible()
    page.goto("/")
    expect(field).to_have_value("Gouda")
    page.go_back()
    press(page.get_by_role("link", name="Niet meer voor Gouda"))
    page.wait_for_url("**in+Rotterdam")
    expect(field).to_have_value("")


def test_words_that_made_way_come_back_with_the_back_button(demo: Journey) -> None:
    page = demo.visit(f"/praktijken/?q={ONLY}")
    press(offer(page))
    page.wait_for_url("**/praktijken/?gemeente=rotterdam")
    expect(page.locator("#zoek")).to_have_value("")
    page.go_back()
    expect(page.locator("#zoek")).to_have_value(ONLY)
    expect(chip(page)).to_have_count(0)


def test_it_needs_no_script(demo: Journey) -> None:
    page = demo.open(java_script_enabled=False, viewport=PHONE)
    page.goto(f"/praktijken/?q={ONLY}")
    press(offer(page))
    page.wait_for_url("**/praktijken/?gemeente=rotterdam")
    press(chip(page))
    page.wait_for_url("**/praktijken/")


def test_what_is_typed_next_has_its_own_offers(demo: Journey) -> None:
    page = demo.visit("/praktijken/?q=xyzzy")
    expect(offer(page)).to_have_count(0)
    write(page.locator("#zoek"), MORE)
    page.keyboard.press("Enter")
    expect(offer(page)).to_be_visible()
