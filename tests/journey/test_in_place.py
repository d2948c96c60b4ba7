"""Searching with script: results come in place, and nobody loses where they were."""

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.journey.conftest import PHONE, Journey
from tests.journey.keyboard import press, reach, tick, write

pytestmark = pytest.mark.browser

HEADING = "#resultaten"
ALL, TRAININGS = 9, 4
"""Of the demo content."""


def choice(page: Page, facet: str, value: str) -> Locator:
    return page.locator(f"input[name={facet}][value={value}]")


def is_same_document(page: Page) -> bool:
    return bool(page.evaluate("window.stayed === true"))


def test_a_choice_changes_results_and_counts_in_place(demo: Journey) -> None:
    page = demo.visit("/praktijken/")
    page.evaluate("window.stayed = true")
    press(page.locator("summary", has_text="Doelgroep"))
    tick(choice(page, "vorm", "training"))
    page.wait_for_url("**/praktijken/?vorm=training")
    expect(page.locator("#melding")).to_have_text(
        f"{TRAININGS} praktijken, {ALL - TRAININGS} minder"
    )
    expect(page.locator(HEADING)).to_contain_text(f"{TRAININGS} praktijken")
    expect(choice(page, "vorm", "training")).to_be_focused()
    expect(page.locator("details[open] summary", has_text="Doelgroep")).to_be_visible()

    press(page.get_by_role("link", name="Verwijder: Vorm: Training"))
    expect(page.locator("#melding")).to_have_text(f"{ALL} praktijken, {ALL - TRAININGS} meer")
    expect(page.locator(HEADING)).to_be_focused()
    assert is_same_document(page)


@pytest.mark.parametrize("goal", ["summary:has-text('Doelgroep')", "button:has-text('Toon')"])
def test_who_goes_on_while_results_are_on_their_way_stays_there(demo: Journey, goal: str) -> None:
    page = demo.visit("/praktijken/", PHONE)
    press(page.get_by_role("button", name="Filters"))
    asked: list[Route] = []
    page.route("**/praktijken/?**", lambda route: asked.append(route))
    tick(choice(page, "vorm", "training"))
    somewhere = reach(page.locator(f"#filters {goal}"))
    (route,) = asked
    route.continue_()
    expect(page.locator("#melding")).to_contain_text("minder")
    expect(somewhere).to_be_focused()


def test_the_back_button_goes_through_the_choices(demo: Journey) -> None:
    page = demo.visit("/praktijken/")
    tick(choice(page, "vorm", "training"))
    page.wait_for_url("**?vorm=training")
    press(page.locator("summary", has_text="Doelgroep"))
    tick(choice(page, "doelgroep", "eerstelijn"))
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
    demo: Journey,
) -> None:
    page = demo.visit("/praktijken/", PHONE)
    press(page.get_by_role("button", name="Filters"))
    tick(choice(page, "vorm", "training"))
    press(page.get_by_role("button", name=f"Toon {TRAININGS} praktijken"))
    expect(page.get_by_role("button", name="Filters (1)")).to_be_visible()
    expect(page.locator("#filters")).not_to_be_visible()


def test_everything_works_without_script(demo: Journey) -> None:
    page = demo.open(java_script_enabled=False, viewport=PHONE)
    page.goto("/")
    write(page.get_by_label("Welke gemeente?"), "den haag")
    page.keyboard.press("Enter")
    page.wait_for_url("**/praktijken/?**mijn=den+haag")
    expect(page.locator(HEADING)).to_contain_text(f"{ALL} praktijken")
    press(page.get_by_role("link", name="Niet meer voor 's-Gravenhage (Den Haag)"))
    page.wait_for_url("**/praktijken/")
    page.goto("/")
    press(page.get_by_role("button", name="Menu"))
    press(page.get_by_role("link", name="Praktijken", exact=True))
    press(page.get_by_role("button", name="Filters"))
    tick(choice(page, "vorm", "training"))
    press(page.locator("#filters").get_by_role("button", name="Toon"))
    page.wait_for_url("**vorm=training**")
    expect(page.locator(HEADING)).to_contain_text(f"{TRAININGS} praktijken")
