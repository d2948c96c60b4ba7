"""What browsers, search engines and chats read of every page: HTML, head, feeds."""

import json
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from xml.etree import ElementTree

import html5lib
import pytest
from django.template.loader import render_to_string
from playwright.sync_api import APIResponse

from cms.views import last_resort
from tests.html_checker import complaints
from tests.journey.conftest import GIVE_CONTACTS, Journey, a_lesson
from tools.addresses import CONTACT, LISTED, STATES

pytestmark = pytest.mark.browser

ERRORS = ("400", "403", "403_csrf", "500", "503")
SHORTEST, LONGEST = 50, 200
XML = ("/sitemap.xml", "/opensearch.xml", "/praktijken.atom", "/praktijken.atom?vorm=training")
PROPERTIES = {"og:title", "og:description", "og:image", "og:url", "og:type", "og:site_name"}


@pytest.fixture(scope="module")
def pages(demo: Journey) -> dict[str, str]:
    """The HTML at each address."""
    demo.manage("-c", GIVE_CONTACTS)
    asked = demo.browser.new_context(locale="nl-NL", base_url=demo.url).request
    found = {
        address: asked.get(address).text()
        for address in (*LISTED, *STATES, CONTACT, a_lesson(demo))
    }
    keys = [str(one["id"]) for one in asked.get("/praktijken.json").json()["results"]]
    for number in (1, 2, 4):
        address = f"/praktijken/vergelijk/?p={'&p='.join(keys[:number])}"
        found[address] = asked.get(address).text()
    return found


class Head:
    """What the head of a page says."""

    def __init__(self, html: str) -> None:
        root = html5lib.parse(html, namespaceHTMLElements=False)
        self.titles = ["".join(one.itertext()) for one in root.findall("head/title")]
        self.meta = [
            (one.get("name") or one.get("property"), one.get("content", ""))
            for one in root.findall("head/meta")
        ]
        self.links = [
            (one.get("rel"), one.get("type"), one.get("href")) for one in root.iter("link")
        ]

    def told(self, name: str) -> str:
        """The one value under a name."""
        (value,) = [content for known, content in self.meta if known == name]
        return value

    def addresses(self, rel: str, kind: str | None = None) -> list[str | None]:
        """Where links of a kind lead."""
        return [href for of, kind_of, href in self.links if of == rel and kind in (None, kind_of)]


def test_the_html_checker_has_nothing_against_any_page(
    pages: Mapping[str, str], tmp_path: Path
) -> None:
    errors = {name: render_to_string(f"{name}.html") for name in ERRORS}
    found = complaints({**pages, **errors, "last resort": last_resort()}, tmp_path)
    assert not found, "\n".join(found)


def test_every_page_says_what_it_is_in_a_list_and_in_a_chat(pages: Mapping[str, str]) -> None:
    for address, html in pages.items():
        head = Head(html)
        (title,) = head.titles
        assert title.strip(), address
        assert set(dict(head.meta)) >= PROPERTIES, address
        assert head.told("og:title") in title, address
        description = head.told("description")
        assert SHORTEST <= len(description) <= LONGEST, (address, description)
        assert head.told("og:description") == description
        assert head.told("og:image").startswith("http"), address
        canonical = head.addresses("canonical")
        assert len(canonical) == 1 or "noindex" in head.told("robots"), address
        assert head.told("og:url") == (canonical or [head.told("og:url")])[0], address


def test_no_two_pages_that_are_listed_say_the_same(demo: Journey, pages: Mapping[str, str]) -> None:
    heads = {address: Head(pages[address]) for address in LISTED}
    for address, head in heads.items():
        assert head.addresses("canonical") == [demo.url + address]
    for said in (
        [head.titles[0] for head in heads.values()],
        [head.told("description") for head in heads.values()],
    ):
        assert [text for text, times in Counter(said).items() if times > 1] == []


def test_no_page_is_a_dead_end(pages: Mapping[str, str]) -> None:
    errors = {name: render_to_string(f"{name}.html") for name in ERRORS}
    for address, html in {**pages, **errors}.items():
        (main,) = html5lib.parse(html, namespaceHTMLElements=False).iter("main")
        links = [one.get("href", "") for one in main.iter("a")]
        assert [link for link in links if link.startswith(("/", "?"))], address


def test_feeds_are_announced_on_the_home_page_and_at_a_search(
    demo: Journey, pages: Mapping[str, str]
) -> None:
    asked = "?q=jongerenwerkers&vorm=training"
    feeds = {
        "/": "/praktijken.atom",
        "/praktijken/": "/praktijken.atom",
        f"/praktijken/{asked}": f"/praktijken.atom{asked}",
    }
    for address, feed in feeds.items():
        assert Head(pages[address]).addresses("alternate", "application/atom+xml") == [feed]
        ElementTree.fromstring(_asked(demo, feed).body())  # noqa: S314 (our own answer)


def test_what_programs_read_is_well_formed(demo: Journey, pages: Mapping[str, str]) -> None:
    for address in XML:
        ElementTree.fromstring(_asked(demo, address).body())  # noqa: S314 (our own answer)
    for html in pages.values():
        for script in html5lib.parse(html, namespaceHTMLElements=False).iter("script"):
            if script.get("type") == "application/ld+json":
                assert json.loads(script.text or "")["@context"] == "https://schema.org"


def _asked(demo: Journey, address: str) -> APIResponse:
    answer = demo.browser.new_context(base_url=demo.url).request.get(address)
    assert answer.ok, address
    return answer
