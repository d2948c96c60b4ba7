"""WCAG 2.2 AA as far as a program can see it: axe, reflow, targets, focus, names and order."""

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page, ViewportSize, expect

from cms.demo.accounts import PASSWORD
from tests.journey.conftest import DESK, GIVE_CONTACTS, PHONE, Journey, a_lesson, apart
from tools.addresses import CONTACT, PAGES

pytestmark = pytest.mark.browser

Scheme = Literal["light", "dark"]
NARROW: ViewportSize = {"width": 320, "height": 640}
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "rules": {"target-size": {"enabled": True}},
    "resultTypes": ["violations"],
}
COLOURS = {
    "runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]},
    "resultTypes": ["violations"],
}
"""The rules that a colour scheme can make a difference to."""
SCHEMES: tuple[tuple[Scheme, dict[str, Any]], ...] = (("light", RULES), ("dark", COLOURS))
CUT = """ones => ones.filter(one => {
  const box = one.getBoundingClientRect();
  const isSeen = one.checkVisibility({visibilityProperty: true}) && box.width > 1;
  const isCut = box.left < -1 || box.right > document.documentElement.clientWidth + 1;
  const isShut = one.matches("select") && box.width < 80;
  return isSeen && (isCut || isShut) && !one.closest(".listing");
}).map(one => one.outerHTML.slice(0, 120))"""
SHAPE = """([of, named]) => {
  const values = ["role", "type", "aria-expanded", "aria-hidden"];
  const shape = one => {
    const inside = [...one.children].filter(each => !each.matches(of.without)).map(shape);
    const told = [...one.attributes].map(each => each.name).sort().concat(
      values.map(each => one.getAttribute(each)), named ? one.getAttribute("class") : [],
      inside.length ? [] : Boolean(one.textContent.trim()));
    const rows = inside.filter((each, number) => !inside.slice(0, number).includes(each));
    return `${one.tagName}[${told}](${rows})`;
  };
  return shape(document.querySelector(of.from) || document.body);
}"""
"""What a page is made of, without its words, and of rows that are alike one."""
HOME = "/beheer/"
CONSIDERED = "/beheer/overwegen/?doelgroep=kader&vorm=training"
OF_ADMINISTRATORS = ("/beheer/klaar/", "/beheer/uitnodigingen/", "/beheer/uitnodigingen/nieuw/")
CONTENT = ({"from": "main", "without": "script"}, True)
FRAME = ({"from": "body", "without": "main, script"}, False)
"""Without classes: they tell which item of the menu one is at."""
BROKEN = """pictures => pictures.filter(one => one.complete && one.naturalWidth === 0)
  .map(one => one.outerHTML.slice(0, 120))"""
GIVE_PICTURES = """
import django; django.setup()
from io import BytesIO
from django.contrib.auth.models import User
from django.core.files.base import ContentFile
from PIL import Image as Drawing
from wagtail.users.models import UserProfile
drawn = BytesIO()
Drawing.new("RGB", (90, 90), "teal").save(drawn, "PNG")
for user in User.objects.all():
    UserProfile.get_for_user(user).avatar.save("ik.png", ContentFile(drawn.getvalue()))
"""
"""Gives everybody a profile picture. Pictures of the library: `tests/cms/test_pictures.py`."""
_NUMBER = re.compile(r"\d+")
_NO_PAGE = re.compile(r"logout|\.csv$")
SNAPSHOT = Path(__file__).with_name("search_page.aria.yml")


def found(page: Page, options: dict[str, Any] = RULES) -> list[str]:
    """What axe has to say about a page as it is now."""
    # Wagtail's admin brings an older axe of its own, which is not meant.
    if not page.evaluate("() => 'ours' in window && ours === axe"):
        page.evaluate(AXE_SCRIPT)
        page.evaluate("() => { window.ours = axe }")
    violations: list[dict[str, Any]] = page.evaluate(
        "options => axe.run(options).then(results => results.violations)", options
    )
    return [
        f"{page.url}: {one['id']}: {node['html'][:160]} {node.get('failureSummary', '')[:300]}"
        for one in violations
        for node in one["nodes"]
    ]


def found_by_day_and_night(page: Page) -> list[str]:
    """The same in both colour schemes, which a page follows as it stands there."""
    size = (page.viewport_size or DESK)["width"]
    problems = []
    for scheme, options in SCHEMES:
        page.emulate_media(color_scheme=scheme)
        problems += [f"{scheme} {size}: {one}" for one in found(page, options)]
    return problems


@pytest.fixture(scope="module")
def addresses(demo: Journey) -> tuple[str, ...]:
    demo.manage("-c", GIVE_CONTACTS)
    return (*PAGES, a_lesson(demo), CONTACT)


@pytest.fixture(scope="module")
def pictured(demo: Journey) -> Journey:
    demo.manage("-c", GIVE_PICTURES)
    return demo


def opened(demo: Journey, scheme: Scheme, size: ViewportSize) -> Page:
    return demo.open(viewport=size, color_scheme=scheme)


def test_axe_finds_nothing_on_any_page_and_nothing_scrolls_sideways_at_400_percent(
    demo: Journey, addresses: tuple[str, ...]
) -> None:
    page = opened(demo, "light", NARROW)
    problems, wide = [], []
    for address in addresses:
        # No script of these pages asks how wide the window is: they are opened once for all widths.
        page.set_viewport_size(NARROW)
        page.goto(address)
        width = page.evaluate("document.documentElement.scrollWidth")
        if width > NARROW["width"]:
            wide.append(f"{address}: {width}")
        for size in (PHONE, DESK):
            page.set_viewport_size(size)
            problems += found_by_day_and_night(page)
    assert not problems, "\n".join(problems)
    assert not wide


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_axe_finds_nothing_after_somebody_did_something(
    demo: Journey, addresses: tuple[str, ...], size: ViewportSize
) -> None:
    page = opened(demo, "light", size)
    states = _states(page, addresses[-1])
    problems = [one for state in states for one in found_by_day_and_night(state)]
    assert not problems, "\n".join(problems)


def _states(page: Page, contact: str) -> Iterator[Page]:
    """Pages after somebody did something."""
    page.goto(contact)
    page.get_by_role("button", name="Versturen").click()
    expect(page.get_by_role("alert")).to_be_visible()
    yield page
    page.goto("/praktijken/")
    boxes = page.locator(".card__choice input")
    boxes.nth(0).check()
    boxes.nth(1).check()
    page.get_by_role("button", name="Vergelijk de gekozen praktijken").click()
    yield page
    page.goto("/praktijken/witte-vlekken/")
    page.locator(".gap-map__empty summary").first.click()
    yield page
    page.goto("/praktijken/")
    page.locator("#zoek").press_sequentially("zoeter")
    expect(page.get_by_role("option").first).to_be_visible()
    yield page
    page.goto("/praktijken/")
    for name in ("Filters", "Menu"):
        button = page.get_by_role("button", name=name, exact=True)
        if button.is_visible():
            button.click()
            yield page
            page.keyboard.press("Escape")


@pytest.fixture(scope="module")
def judged() -> set[str]:
    """The shapes of contents and frames in the admin that axe has seen."""
    return set()


@pytest.mark.parametrize(
    "views",
    [
        pytest.param(
            [("light", PHONE, RULES), ("dark", DESK, COLOURS)], id="light-phone-dark-desk"
        ),
        # The same pages once more take minutes.
        pytest.param(
            [("dark", PHONE, COLOURS), ("light", DESK, RULES)],
            id="dark-phone-light-desk",
            marks=pytest.mark.soak,
        ),
    ],
)
@pytest.mark.parametrize(
    ("name", "starts"),
    [
        pytest.param("ambtenaar-gouda", (HOME, CONSIDERED), id="ambtenaar-gouda"),
        pytest.param("redactie", (HOME,), id="redactie"),
        pytest.param("beheer", OF_ADMINISTRATORS, id="beheer"),
        # All other pages that only administrators see are Wagtail's own, and there are many.
        pytest.param("beheer", (HOME,), id="beheer-everywhere", marks=pytest.mark.soak),
    ],
)
def test_axe_finds_nothing_in_the_admin_of_each_role_and_nothing_is_cut_off(
    pictured: Journey,
    judged: set[str],
    name: str,
    starts: tuple[str, ...],
    views: list[tuple[Scheme, ViewportSize, dict[str, Any]]],
) -> None:
    page = pictured.log_in(name, PASSWORD)
    problems = []
    for shown in _kinds(page, list(starts), follows=HOME in starts):
        shapes = {f"{views[0][:2]} {shown.evaluate(SHAPE, part)}" for part in (CONTENT, FRAME)}
        is_new = not shapes <= judged
        judged |= shapes
        for scheme, size, rules in views:
            shown.emulate_media(color_scheme=scheme)
            shown.set_viewport_size(size)
            seen = (
                *(found(shown, rules) if is_new else ()),
                *_cut(shown),
                *apart(shown),
                *_broken(shown),
            )
            problems += [f"{scheme} {size['width']}: {one}" for one in seen]
    assert not problems, "\n".join(problems)


def _cut(page: Page) -> list[str]:
    """Titles, lists and buttons that the edge of the window cuts off, and lists without room."""
    cut: list[str] = page.locator("main :is(h1, select, .button)").evaluate_all(CUT)
    return [f"{page.url}: cut off: {one}" for one in cut]


def _broken(page: Page) -> list[str]:
    """Pictures that could not be shown."""
    broken = page.locator("img").evaluate_all(BROKEN)
    return [f"{page.url}: broken: {one}" for one in broken]


def _kinds(page: Page, waiting: list[str], *, follows: bool = True) -> Iterator[Page]:
    """Each page, and one of each kind that its links in the admin lead to, with all their tabs."""
    known = {_NUMBER.sub("0", address) for address in waiting}
    while waiting:
        answer = page.goto(waiting.pop(0))
        if answer is None or answer.status != 200:  # a form for what was ticked, and nothing was
            continue
        hrefs: list[str] = page.locator("a[href^='/beheer/']").evaluate_all(
            "links => links.map(link => link.getAttribute('href'))"
        )
        for address in (re.split("[?#]", href)[0] for href in hrefs):
            kind = _NUMBER.sub("0", address)
            if follows and kind not in known and not _NO_PAGE.search(address):
                known.add(kind)
                waiting.append(address)
        yield page
        for tab in page.get_by_role("tab").all():
            if tab.is_visible():
                # Without the mouse: what lies under it after a change of size would explain itself.
                tab.evaluate("one => one.click()")
                yield page


def test_what_has_the_focus_is_never_covered(demo: Journey) -> None:
    page = opened(demo, "light", PHONE)
    page.goto("/praktijken/")
    page.get_by_role("button", name="Filters").click()
    covered = []
    for _number in range(60):
        page.keyboard.press("Tab")
        covered += page.evaluate(
            """() => {
              const focused = document.activeElement;
              const box = focused.getBoundingClientRect();
              if (focused === document.body) return [];
              const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
              const above = document.elementFromPoint(x, y);
              const free = above && (focused.contains(above) || above.contains(focused));
              return free ? [] : [focused.outerHTML.slice(0, 120)];
            }"""
        )
    assert not covered


def test_a_summary_of_errors_has_the_focus_and_leads_to_the_field(
    demo: Journey, addresses: tuple[str, ...]
) -> None:
    page = opened(demo, "light", PHONE)
    for address in (
        addresses[-1], "/volgen/?vorm=training", "/beheer/login/", "/beheer/password_reset/",
    ):  # fmt: skip
        page.goto(address)
        page.locator("form[method=post] [type=submit]").first.click()
        summary = page.get_by_role("alert")
        expect(summary).to_be_focused()
        link = summary.get_by_role("link").first
        field = page.locator(str(link.get_attribute("href")))
        link.press("Enter")
        expect(field).to_be_focused()


def test_focus_and_controls_are_seen_in_forced_colours(demo: Journey) -> None:
    page = demo.open(forced_colors="active", viewport=DESK)
    page.goto("/praktijken/?vorm=training")
    button = page.get_by_role("button", name="Zoeken").first
    button.focus()
    style = button.evaluate(
        "one => [getComputedStyle(one).outlineStyle, getComputedStyle(one).borderTopStyle]"
    )
    assert style == ["solid", "solid"]
    assert (
        page.locator(".chip").first.evaluate("one => getComputedStyle(one).borderTopStyle")
        == "solid"
    )


def test_the_search_page_reads_as_written_down(demo: Journey) -> None:
    page = demo.visit("/praktijken/?vorm=training", DESK)
    read = page.locator("body").aria_snapshot()
    if os.environ.get("WRITE_ARIA"):
        SNAPSHOT.write_text(read + "\n", encoding="utf-8")
    assert read == SNAPSHOT.read_text(encoding="utf-8").rstrip("\n")
