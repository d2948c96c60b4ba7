"""A question is answered by what a practice wrote, and the words are found back in it."""

import pytest
from playwright.sync_api import ViewportSize, expect

from tests.journey.conftest import DESK, PHONE, Journey
from tests.journey.keyboard import press

pytestmark = pytest.mark.browser

QUESTION = "hoe ga ik om met jongeren die radicaliseren"


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("has_script", [True, False], ids=["script", "plain"])
def test_a_passage_is_followed_to_the_practice_that_says_it(
    demo: Journey, size: ViewportSize, *, has_script: bool
) -> None:
    page = demo.open(java_script_enabled=has_script, viewport=size)
    page.goto(f"/praktijken/?q={QUESTION}")
    passages = page.get_by_role("region", name="Wat praktijken hierover zeggen")
    quoted = passages.get_by_role("blockquote").first
    expect(quoted).to_be_visible()
    words = quoted.inner_text().strip(" …")
    source = passages.get_by_role("figure").first.get_by_role("link")
    title = source.inner_text()
    press(source)
    expect(page.get_by_role("heading", level=1)).to_contain_text(title)
    assert words in " ".join(page.locator("main").inner_text().split())
