"""The demo site, served for real, with a mail server and a browser."""

import email
import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest
from aiosmtpd.controller import Controller
from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

from tests.databases import sqlite_template
from tests.faults.gunicorn import ROOT, Gunicorn, free_port
from tests.journey.keyboard import press, write
from tests.running.shared import made_once
from tools.screenshots import ARGUMENTS, chromium, fill, keep

DESK: ViewportSize = {"width": 1280, "height": 900}
PHONE: ViewportSize = {"width": 390, "height": 844}
GIVE_CONTACTS = """
import django; django.setup()
from practices.models import PracticePage
PracticePage.objects.update(contact_email="kim@example.org")
"""
"""Gives each practice somebody to write to, so that it has its form."""

APART = """boxes => boxes.filter(box => box.checkVisibility({visibilityProperty: true}))
  .flatMap(box => [...(box.labels ?? [])].map(label => [box, label]))
  .filter(([box, label]) => label.checkVisibility() && !label.contains(box))
  .map(both => both.map(one => one.getBoundingClientRect()).concat(both[1]))
  .filter(([box, words]) => words.width > 1 && words.top > box.bottom - 1)
  .map(([, , label]) => label.outerHTML.slice(0, 120))"""

STILL_WAITS = """
SELECT (SELECT count(*) FROM practices_queuedmail) + (
    SELECT count(*) FROM django_tasks_database_dbtaskresult
    WHERE status IN ('READY', 'RUNNING') AND task_path LIKE 'practices.services.%'
)"""


def has_mails_waiting(site: Path) -> bool:
    """Whether anything waits of the mails of a site, and of the tasks that make them."""
    # Who may write tidies up after the last one, and holds up the site.
    address = f"file:{site / 'wegwijzer.sqlite3'}?mode=ro"
    with closing(sqlite3.connect(address, uri=True)) as database:
        [waiting] = database.execute(STILL_WAITS).fetchone()
    return bool(waiting)


@dataclass
class Mailbox:
    """A mail server that keeps what it gets."""

    mails: list[EmailMessage] = field(default_factory=list)
    """What came so far."""
    site: Path | None = None
    """The data folder of the site whose mails come here."""

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 (aiosmtpd's name)
        """Take a mail."""
        self.mails.append(email.message_from_bytes(envelope.content, policy=default))
        return "250 OK"

    def arrived(self) -> list[EmailMessage]:
        """What came, when the site has sent all that waited."""
        deadline = time.monotonic() + 60
        while self.site and has_mails_waiting(self.site):
            assert time.monotonic() < deadline
            time.sleep(0.2)
        return self.mails

    def last(self, address: str) -> str:
        """The text of the newest mail to an address."""
        texts = [mail.get_content() for mail in self.arrived() if address in str(mail["To"])]
        assert texts, [str(mail["To"]) for mail in self.mails]
        return str(texts[-1])

    def link(self, address: str, part: str) -> str:
        """The link in that mail whose address has a certain part."""
        found: str = next(
            one for one in re.findall(r"https?://\S+", self.last(address)) if part in one
        )
        return found


@dataclass(frozen=True)
class Journey:
    """A served site, its mail, and browsers for the people on it."""

    server: Gunicorn
    mail: Mailbox
    browser: Browser
    pictures: Path | None
    refused: list[str] = field(default_factory=list)
    """What a page wanted to load or run against the policy that was sent with it."""

    @property
    def url(self) -> str:
        """Where the site is."""
        return f"http://127.0.0.1:{self.server.port}"

    def visit(self, address: str = "/", size: ViewportSize | None = None) -> Page:
        """Somebody's browser, without anything of another's."""
        page = self.open(viewport=size or DESK)
        page.set_default_timeout(30_000)
        page.goto(address)
        return page

    def open(self, **options: Any) -> Page:
        """An empty page in a browser with such options."""
        context = self.browser.new_context(
            locale="nl-NL", base_url=self.url, reduced_motion="reduce", **options
        )
        refused = "Content Security Policy"
        context.on(
            "console", lambda one: self.refused.append(one.text) if refused in one.text else None
        )
        return context.new_page()

    def log_in(self, name: str, password: str) -> Page:
        """Somebody in the admin."""
        page = self.visit("/beheer/login/")
        write(page.locator("#id_username"), name)
        write(page.locator("#id_password"), password)
        press(page.locator("button[type=submit]"))
        page.wait_for_url("**/beheer/")
        return page

    def manage(self, *command: str) -> None:
        """Run a management command on the site."""
        subprocess.run(
            [sys.executable, *command], cwd=ROOT, env=self.server.environment, check=True
        )

    def picture(self, page: Page, name: str) -> None:
        """Keep what somebody sees, for the manuals; see `make screenshots`."""
        if self.pictures:
            keep(page, self.pictures / f"{name}.png", is_whole=False)


def settings_for(folder: Path) -> dict[str, str]:
    """What the demo site in a folder runs with."""
    return {
        "DJANGO_SETTINGS_MODULE": "cms.settings.base",
        "DATA_DIR": str(folder),
        "DATABASE_URL": f"sqlite:///{folder / 'wegwijzer.sqlite3'}",
        "LOG_LEVEL": "WARNING",
    }


@contextmanager
def served_demo(folder: Path, **variables: str) -> Iterator[Journey]:
    """The demo site in a folder, filled or still empty, for as long as the block lasts."""
    box, port = Mailbox(site=folder), free_port()
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    pictures = os.environ.get("SCREENSHOTS")
    environment = {**settings_for(folder), "EMAIL_URL": f"smtp://127.0.0.1:{port}", **variables}
    server = Gunicorn(folder, environment)
    server.environment["BASE_URL"] = f"http://127.0.0.1:{server.port}"
    try:
        if not (folder / "wegwijzer.sqlite3").exists():
            fill_demo(folder, server.environment)
        with server, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium(), args=list(ARGUMENTS))
            journey = Journey(server, box, browser, Path(pictures) if pictures else None)
            yield journey
            browser.close()
            assert not journey.refused
    finally:
        controller.stop()


def apart(page: Page) -> list[str]:
    """Words that stand below the box to tick that they belong to."""
    # One box of Wagtail's, above the table of rights of a group, is apart from its words.
    boxes = page.locator("main :is([type=checkbox], [type=radio]):not(#toggle-all)")
    return [f"{page.url}: apart from its box: {one}" for one in boxes.evaluate_all(APART)]


def a_lesson(demo: Journey) -> str:
    """The address of a lesson, which a run of the demo makes up."""
    with urlopen(f"{demo.url}/lessen.json?les=werkte-niet") as answer:  # noqa: S310 (our own)
        address: str = json.load(answer)["results"][0]["url"]
    return address


def fill_demo(folder: Path, environment: Mapping[str, str]) -> None:
    """Make the demo site in a folder, from a database that was migrated."""
    shutil.copy(sqlite_template(is_filled=False), folder / "wegwijzer.sqlite3")
    fill(environment)


@pytest.fixture(scope="session")
def filled() -> Path:
    """A folder with the demo site, made once; who serves it takes a copy."""
    return made_once(
        "filled", lambda folder: fill_demo(folder, {**os.environ, **settings_for(folder)})
    )


@pytest.fixture
def journey(filled: Path, tmp_path: Path) -> Iterator[Journey]:
    """A demo site of its own, for who changes it."""
    with served_demo(shutil.copytree(filled, tmp_path / "demo", symlinks=True)) as served:
        yield served


@pytest.fixture(scope="module")
def demo(filled: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Journey]:
    """A demo site for tests that only look."""
    folder = shutil.copytree(filled, tmp_path_factory.mktemp("demo") / "site", symlinks=True)
    with served_demo(folder, STYLE_PAGE="true") as served:
        yield served
