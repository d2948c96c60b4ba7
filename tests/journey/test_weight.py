"""What the search page asks of a phone; its speed is measured by `make bench`."""

import pytest
from playwright.sync_api import Response

from tests.journey.conftest import PHONE, Journey

pytestmark = pytest.mark.browser


def test_the_search_page_is_light_and_asks_no_other_host(demo: Journey) -> None:
    context = demo.browser.new_context(viewport=PHONE, base_url=demo.url)
    page = context.new_page()
    received: list[float] = []
    session = context.new_cdp_session(page)
    session.on("Network.loadingFinished", lambda it: received.append(it["encodedDataLength"]))
    session.send("Network.enable")
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer))
    page.goto("/praktijken/", wait_until="networkidle")
    assert {answer.url.split("/")[2] for answer in answers} == {demo.url.split("/")[2]}
    assert len(received) <= 8
    assert sum(received) < 60_000
    static = [answer for answer in answers if "/static/" in answer.url]
    assert len(static) > 4
    assert all("immutable" in answer.headers["cache-control"] for answer in static)
    packed = [answer for answer in answers if not answer.url.endswith((".woff2", ".svg"))]
    assert all(answer.headers.get("content-encoding") in ("br", "gzip") for answer in packed)
