"""What the search page weighs and how soon it is there: a slow phone on a slow network."""

from collections.abc import Iterator
from statistics import median
from typing import Any

from playwright.sync_api import Browser, CDPSession, Page, ViewportSize, sync_playwright

from benchmarks.figures import Figure
from benchmarks.serving import serving
from tools.screenshots import ARGUMENTS, chromium

VISITS = 7
PHONE: ViewportSize = {"width": 360, "height": 740}
SLOW_4G = {
    "offline": False,
    "latency": 150,
    "downloadThroughput": 200_000,
    "uploadThroughput": 90_000,
}
"""Milliseconds and bytes a second: 1.6 and 0.72 Mbit/s, as Lighthouse and WebPageTest have it."""
SLOWER = 4
"""How many times slower the processor is than this machine's."""
SEEN = """() => new Promise(done => {
  let largest = 0, shift = 0;
  new PerformanceObserver(list => {
    for (const entry of list.getEntries()) largest = entry.startTime;
  }).observe({type: "largest-contentful-paint", buffered: true});
  new PerformanceObserver(list => {
    for (const entry of list.getEntries()) shift += entry.value;
  }).observe({type: "layout-shift", buffered: true});
  requestAnimationFrame(() => setTimeout(() => done([largest, shift]), 100));
})"""


def measure() -> Iterator[Figure]:
    """Medians of visits, each with an empty cache."""
    with serving() as port, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=list(ARGUMENTS))
        visits = [_visit(browser, f"http://localhost:{port}/praktijken/") for _ in range(VISITS)]
        browser.close()
    for number, name in enumerate(("lcp", "shift", "kilobytes", "requests", "hosts")):
        yield Figure(f"browser.{name}", median(visit[number] for visit in visits))


def _visit(browser: Browser, address: str) -> tuple[float, float, float, int, int]:
    """Largest contentful paint in ms, layout shift, kB that came, requests, and hosts."""
    context = browser.new_context(viewport=PHONE, is_mobile=True, has_touch=True)
    page = context.new_page()
    session = context.new_cdp_session(page)
    received: dict[str, float] = {}
    session.on("Network.loadingFinished", lambda it: _note(received, it))
    hosts: set[str] = set()
    page.on("request", lambda request: hosts.add(request.url.split("/")[2]))
    _slow(session)
    page.goto(address, wait_until="load")
    largest, shift = _seen(page)
    context.close()
    return largest, shift, sum(received.values()) / 1000, len(received), len(hosts)


def _slow(session: CDPSession) -> None:
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", SLOW_4G)
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})


def _seen(page: Page) -> tuple[float, float]:
    largest, shift = page.evaluate(SEEN)
    return float(largest), float(shift)


def _note(received: dict[str, float], finished: Any) -> None:
    received[finished["requestId"]] = float(finished["encodedDataLength"])
