"""Photographs the demo site with Chromium: `make screenshots`.

Usage: python -m tools.screenshots [FOLDER]

Every kind of page at three widths, light and dark, goes to FOLDER (default: var/screenshots, which
git ignores), and pages of the admin of each role. Only what README shows goes to docs/screenshots;
what manuals show is written there by the browser tests, see `make screenshots`. The demo site is
made for the occasion and thrown away.
"""

import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal
from urllib.error import URLError
from urllib.request import urlopen

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from tools.addresses import LISTED, STATES

ROOT = Path(__file__).resolve().parents[1]
SHOWN = ROOT / "docs" / "screenshots"
ALL = ROOT / "var" / "screenshots"
CHROMIUMS = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update",
)  # fmt: skip
WIDTHS = {360: 740, 768: 1024, 1440: 900}
"""Of the windows, with their heights, in CSS pixels."""
SEARCH = "/praktijken/?q=jongerenwerkers&doelgroep=eerstelijn"
IN_FULL = "/gemeenten/ede/informatiebijeenkomst-grote-groep/"
"""A practice of which everything is known."""
IN_README = {
    "zoeken": (SEARCH, 1440), "zoeken-telefoon": (SEARCH, 360),
    "praktijk": (IN_FULL, 1440), "praktijk-telefoon": (IN_FULL, 360),
}  # fmt: skip
OF_ROLES = {
    "ambtenaar-gouda": ("/beheer/", "/beheer/account/", "/beheer/nieuwe-praktijk/"),
    "redactie": (
        "/beheer/", "/beheer/beoordelen/", "/beheer/uitnodigingen/", "/beheer/ambtenaren/",
        "/beheer/termen/", "/beheer/termen/5/samenvoegen/", "/beheer/herindelingen/nieuw/",
        "/beheer/cijfers/",
    ),
    "beheer": ("/beheer/workflows/list/", "/beheer/users/new/", "/beheer/images/multiple/add/"),
}  # fmt: skip
PASSWORD = "wegwijzer-demo"  # noqa: S105 (public on purpose)
"""Of `cms.demo.accounts`, which cannot be imported without Django."""
COLOURS = 128
"""Of a picture: enough for a page, and a third of the size."""

Scheme = Literal["light", "dark"]
SCHEMES: dict[Scheme, str] = {"light": "", "dark": "-dark"}
"""With what the names of their pictures end."""


def fill(environment: Mapping[str, str]) -> None:
    """Make the demo site that an environment describes, as `make run` does."""
    for command in ("prepare", "collectstatic --noinput --verbosity 0"):
        run = [sys.executable, "manage.py", *command.split()]
        subprocess.run(run, cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL)


@contextmanager
def served() -> Iterator[str]:
    """The address of a demo site, for as long as the block lasts."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        bind = f"127.0.0.1:{free.getsockname()[1]}"
    with TemporaryDirectory() as data:
        environment = {
            **os.environ, "DATA_DIR": data, "BASE_URL": f"http://{bind}", "STYLE_PAGE": "true",
            "DATABASE_URL": f"sqlite:///{data}/wegwijzer.sqlite3", "SEARCH_URL": f"tantivy://{data}/index",
        }  # fmt: skip
        fill(environment)
        command_line = [sys.executable, "-m", "gunicorn", "cms.wsgi", "--bind", bind]
        server = subprocess.Popen(
            [*command_line, "--log-level", "error"], cwd=ROOT, env=environment
        )
        try:
            wait_for(f"http://{bind}/", server)
            yield f"http://{bind}"
        finally:
            server.terminate()
            server.wait()


def wait_for(address: str, server: "subprocess.Popen[bytes]", seconds: float = 60) -> None:
    """Returns as soon as the address answers; raises `TimeoutError` if it never does."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline and server.poll() is None:
        try:
            urlopen(address, timeout=seconds).close()  # noqa: S310 (http, our own server)
        except URLError:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError(f"{address} does not answer.")


def small(picture: bytes) -> bytes:
    """A picture with few colours, so that it may stay in the repository."""
    file = BytesIO()
    with Image.open(BytesIO(picture)) as whole:
        reduced = whole.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    reduced.save(file, "PNG", optimize=True)
    return file.getvalue()


def named(address: str) -> str:
    """The name of the file of an address."""
    return re.sub(r"[^a-z0-9]+", "-", address.lower()).strip("-") or "home"


def window(browser: Browser, site: str, width: int, scheme: Scheme = "light") -> Page:
    """A new browser of that width."""
    return browser.new_context(
        base_url=site, locale="nl-NL", color_scheme=scheme, reduced_motion="reduce",
        viewport={"width": width, "height": WIDTHS[width]},
    ).new_page()  # fmt: skip


def for_readme(browser: Browser, site: str) -> None:
    """Writes what README shows."""
    for name, (address, width) in IN_README.items():
        page = window(browser, site, width)
        page.goto(address)
        keep(page, SHOWN / f"{name}.png", is_whole=False)
        page.context.close()


def for_looking_at(browser: Browser, site: str, folder: Path) -> None:
    """Writes every kind of page at every width."""
    for width in WIDTHS:
        for scheme, ending in SCHEMES.items():
            page = window(browser, site, width, scheme)
            for address in (*LISTED, *STATES, SEARCH, IN_FULL):
                page.goto(address)
                keep(page, folder / f"{named(address)}-{width}{ending}.png")
            for who, addresses in OF_ROLES.items():
                inside = window(browser, site, width, scheme)
                log_in(inside, who)
                for address in addresses:
                    inside.goto(address)
                    keep(inside, folder / f"{who}-{named(address)}-{width}{ending}.png")


def log_in(page: Page, who: str) -> None:
    """Stands in the admin as that account of the demo."""
    page.goto("/beheer/login/")
    page.fill("#id_username", who)
    page.fill("#id_password", PASSWORD)
    page.click("button[type=submit]")
    page.wait_for_url("**/beheer/")


def keep(page: Page, file: Path, *, is_whole: bool = True) -> None:
    """Writes what a window shows, or the whole page, once the menu of the admin is there too."""
    page.wait_for_load_state("networkidle")
    if page.locator("#wagtail-sidebar").count():
        page.locator(".sidebar-menu-item").first.wait_for(state="attached")
    file.write_bytes(small(page.screenshot(full_page=is_whole)))


def chromium() -> str:
    """The program of the browser; ends the process where there is none."""
    executable = next(filter(None, map(shutil.which, CHROMIUMS)), None)
    if executable is None:
        sys.exit("Chromium is needed: apt install chromium")
    return executable


def main(arguments: list[str]) -> None:
    """Takes all pictures, or says what is missing."""
    if any(one.startswith("-") for one in arguments) or len(arguments) > 1:
        sys.exit(__doc__)
    folder = Path(arguments[0]) if arguments else ALL
    for one in (SHOWN, folder):
        one.mkdir(parents=True, exist_ok=True)
    with served() as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=list(ARGUMENTS))
        for_readme(browser, site)
        for_looking_at(browser, site, folder)
        browser.close()
    print(f"README: {SHOWN}; every page: {folder}")


if __name__ == "__main__":
    main(sys.argv[1:])
