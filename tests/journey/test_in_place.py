"""Searching with script: results come in place, and nobody loses where they were."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journey.conftest import PHONE, Journey

pytestmark = pytest.mark.browser

HEADING = "#resultaten"
ALL, TRAININGS = 9, 4
"""Of the demo content."""


def choice(page: Page, facet: str, value: str) -> Locator:
    return page.locator(f"input[name={facet}][value={value}]")


def is_same_document(page: Page) -> bool:
    return bool(page.evaluate("window.stayed === true"))


def test_a_choice_changes_results_and_counts_in_place(journey: Journey) -> None:
    page = journey.visit("/praktijken/")
    page.evaluate("window.stayed = true")
    page.locator("summary", has_text="Doelgroep").click()
    choice(page, "vorm", "training").focus()
    page.keyboard.press("Space")
    page.wait_for_url("**/praktijken/?vorm=training")
    expect(page.locator("#melding")).to_have_text(
        f"{TRAININGS} praktijken, {ALL - TRAININGS} minder"
    )
    expect(page.locator(HEADING)).to_contain_text(f"{TRAININGS} praktijken")
    expect(choice(page, "vorm", "training")).to_be_focused()
    expect(page.locator("details[open] summary", has_text="Doelgroep")).to_be_visible()

    page.get_by_role("link", name="Verwijder: Vorm: Training").click()
    expect(page.locator("#melding")).to_have_text(f"{ALL} praktijken, {ALL - TRAININGS} meer")
    expect(page.locator(HEADING)).to_be_focused()
    assert is_same_document(page)


def test_the_back_button_goes_through_the_choices(journey: Journey) -> None:
    page = journey.visit("/praktijken/")
    choice(page, "vorm", "training").check()
    page.wait_for_url("**?vorm=training")
    page.locator("summary", has_text="Doelgroep").click()
    choice(page, "doelgroep", "eerstelijn").check()
    page.wait_for_url("**?doelgroep=eerstelijn&vorm=training")
    page.go_back()
    page.wait_for_url("**/praktijken/?vorm=training")
    expect(choice(page, "doelgroep", "eerstelijn")).not_to_be_checked()
    expect(choice(page, "vorm", "training")).to_be_checked()
    page.go_back()
    page.wait_for_url("**/praktijken/")
    expect(choice(page, "vorm", "training")).not_to_be_checked()
    expect(page.locator(HEADING)).to_contain_text(f"{ALL} praktijken")


def test_the_sheet_of_a_phone_stays_open_until_the_results_are_asked_for(
    journey: Journey,
) -> None:
    page = journey.visit("/praktijken/", PHONE)
    page.get_by_role("button", name="Filters").click()
    choice(page, "vorm", "training").check()
    page.get_by_role("button", name=f"Toon {TRAININGS} praktijken").click()
    expect(page.get_by_role("button", name="Filters (1)")).to_be_visible()
    expect(page.locator("#filters")).not_to_be_visible()


def test_everything_works_without_script(journey: Journey) -> None:
    context = journey.browser.new_context(
        java_script_enabled=False, viewport=PHONE, base_url=journey.url
    )
    page = context.new_page()
    page.goto("/")
    page.get_by_role("button", name="Menu").click()
    page.get_by_role("link", name="Praktijken", exact=True).click()
    page.get_by_role("button", name="Filters").click()
    choice(page, "vorm", "training").check()
    page.locator("#filters").get_by_role("button", name="Toon").click()
    page.wait_for_url("**vorm=training**")
    expect(page.locator(HEADING)).to_contain_text(f"{TRAININGS} praktijken")
