"""Who makes a typing error finds what was meant, reads so, and has a way back."""

import pytest
from playwright.sync_api import expect

from tests.journey.conftest import PHONE, Journey
from tests.journey.keyboard import press

pytestmark = pytest.mark.browser

SAID = "Gezocht met ‘jongerenwerkers’ in plaats van ‘jongerenwrekers’."


@pytest.mark.parametrize("is_phone", [False, True])
def test_a_typing_error_is_corrected_and_the_way_back_is_one_click(
    demo: Journey, is_phone: bool
) -> None:
    size = (PHONE,) if is_phone else ()
    page = demo.visit("/praktijken/?q=jongerenwrekers", *size)
    said = page.get_by_role("status").filter(has_text=SAID)
    expect(said).to_be_visible()
    expect(page.locator(".results > li").first).to_be_visible()

    press(page.get_by_role("link", name="Zoek toch naar ‘jongerenwrekers’"))
    page.wait_for_url("**/praktijken/?q=%2Bjongerenwrekers")
    expect(page.get_by_role("status").filter(has_text=SAID)).to_have_count(0)
    expect(page.locator("main input[name=q]").first).to_have_value("+jongerenwrekers")
    expect(page.locator(".results > li")).to_have_count(0)
