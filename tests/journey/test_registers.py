"""An editor merges terms and municipalities, by keyboard alone; visitors find everything back."""

import pytest
from playwright.sync_api import Page, expect

from tests.journey.conftest import Journey
from tests.journey.keyboard import press, reach, write
from tools.services.processes import wait_until

pytestmark = pytest.mark.browser

OLD, NEW = "Zoetermeer", "Rotterdam"


def register(journey: Journey, name: str) -> Page:
    """An editor, by the menu to a register."""
    editor = journey.log_in("redactie", "wegwijzer-demo")
    press(editor.get_by_role("button", name="Registers"))
    press(editor.get_by_role("link", name=name, exact=True))
    editor.wait_for_url("**/beheer/*/**")
    return editor


def pick(page: Page, label: str, choice: str) -> None:
    """Choose from a list by the beginning of a name."""
    field = page.get_by_role("combobox", name=label)
    reach(field)
    page.keyboard.type(choice)
    expect(field.locator("option:checked")).to_contain_text(choice)


def titles(page: Page, address: str) -> list[str]:
    """What a search finds."""
    page.goto(address)
    return page.locator(".card__title").all_inner_texts()


def finds(page: Page, address: str, expected: set[str]) -> bool:
    """Whether a search comes to find just this: the index follows within seconds."""
    return wait_until(lambda: set(titles(page, address)) == expected, seconds=20)


def test_terms_are_merged_and_an_old_search_goes_on(journey: Journey) -> None:
    visitor = journey.visit()
    one = titles(visitor, "/praktijken/?vorm=lunchbijeenkomst")
    other = titles(visitor, "/praktijken/?vorm=informatiebijeenkomst")
    assert one
    assert other

    editor = register(journey, "Termen")
    write(editor.get_by_label("Zoek naar"), "Lunchbijeenkomst")
    editor.keyboard.press("Enter")
    press(editor.get_by_role("link", name="Lunchbijeenkomst", exact=True))
    press(editor.locator("[data-w-dropdown-target=toggle].button").last)
    press(editor.get_by_role("link", name="Samenvoegen met een andere term"))
    pick(editor, "Samenvoegen met", "Informatiebijeenkomst")
    press(editor.get_by_role("button", name="Laat zien wat er verandert"))
    expect(editor.get_by_role("heading", name="Dit verandert er")).to_be_visible()
    press(editor.get_by_role("button", name="Samenvoegen"))
    expect(editor.locator(".messages .success")).to_contain_text("is samengevoegd met")

    assert finds(visitor, "/praktijken/?vorm=lunchbijeenkomst", {*one, *other})
    assert "vorm=informatiebijeenkomst" in visitor.url


def test_municipalities_merge_and_come_back(journey: Journey) -> None:
    visitor = journey.visit()
    before = titles(visitor, "/praktijken/?gemeente=zoetermeer")
    of_new = titles(visitor, "/praktijken/?gemeente=rotterdam")
    assert before
    editor = register(journey, "Herindelingen")
    press(editor.get_by_role("link", name="Een herindeling voorbereiden"))
    write(editor.get_by_label("Oude gemeenten"), OLD)
    pick(editor, "Gaan op in een bestaande gemeente", NEW)
    write(editor.get_by_label("Ingangsdatum"), "2026-01-01")
    editor.keyboard.press("Escape")
    press(editor.get_by_role("button", name="Opslaan en bekijken"))
    expect(editor.get_by_role("heading", name="Wat er gaat gebeuren")).to_be_visible()
    press(editor.get_by_role("button", name="Nu uitvoeren"))
    expect(editor.get_by_role("button", name="Definitief maken")).to_be_visible()

    visitor.goto("/gemeenten/zoetermeer/")
    expect(visitor.get_by_role("heading", level=1)).to_contain_text(NEW)
    assert finds(visitor, "/praktijken/?gemeente=zoetermeer", {*before, *of_new})

    press(editor.get_by_role("button", name="Ongedaan maken"))
    expect(editor.get_by_role("button", name="Definitief maken")).to_have_count(0)
    assert finds(visitor, "/praktijken/?gemeente=zoetermeer", set(before))
