"""From the first administrator's link to a practice that a visitor finds, on any running site.

People do it in browsers, with what the mails give them; what they read is in whatever language the
site has, so they know fields by their names.
"""

import re
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Locator, Page, ViewportSize, expect

DESK: ViewportSize = {"width": 1280, "height": 900}
PHONE: ViewportSize = {"width": 390, "height": 844}
PASSWORD = "fiets-langs-de-gracht-2026"
EDITORS = ("een@redactie.example", "twee@redactie.example")
OFFICIAL = "kim.bakker@alkmaar.example"
MUNICIPALITY = "Alkmaar"
TITLE = "Rollenspel voor jongerenwerkers"
PATIENCE = 60.0
"""Seconds for a mail to come, and for a practice to be found."""


@dataclass(frozen=True)
class Site:
    """A running site, and the means to use it."""

    base: str
    """Its public address, without a slash at the end; the links in its mails begin with it."""
    mails: Callable[[], Sequence[EmailMessage]]
    """What a real mail server received so far."""
    browser: Browser
    admin: str = "/beheer/"
    options: Mapping[str, Any] = field(default_factory=dict)
    """For Playwright's `new_context`."""
    pictures: Path | None = None
    """A folder for what the people saw."""

    def open(self, address: str, size: ViewportSize = DESK) -> Page:
        """A browser of somebody's own; an address without a host is the site's."""
        context = self.browser.new_context(viewport=size, reduced_motion="reduce", **self.options)
        page = context.new_page()
        page.set_default_timeout(60_000)
        page.goto(address if "://" in address else self.base + address)
        return page

    def link(self, address: str, part: str) -> str:
        """The link with a certain part in the newest mail to an address, when that has come."""
        deadline = time.monotonic() + PATIENCE
        while True:
            for mail in reversed(self.mails()):
                if address not in str(mail["To"]):
                    continue
                found: list[str] = re.findall(r"https?://\S+", mail.get_content())
                links = [one for one in found if part in one]
                if links:
                    assert links[0].startswith(f"{self.base}/"), links[0]
                    return links[0]
            assert time.monotonic() < deadline, f"no mail to {address} with {part}"
            time.sleep(0.1)

    def picture(self, page: Page, name: str) -> None:
        """Keep what somebody sees, wide and on a phone."""
        if self.pictures is None:
            return
        self.pictures.mkdir(parents=True, exist_ok=True)
        size = page.viewport_size or DESK
        for kind, shape in (("desk", DESK), ("phone", PHONE)):
            page.set_viewport_size(shape)
            page.screenshot(path=self.pictures / f"{name}-{kind}.png", full_page=True)
        page.set_viewport_size(size)


def walk(site: Site, link: str) -> str:
    """All of it, from the link that `manage.py setup --admin` gave; the practice's address."""
    administrator = accept(site, link, "Ada")
    site.picture(administrator, "1-administrator")
    editors = [
        accept(site, invite(site, administrator, address, "editor"), name)
        for address, name in zip(EDITORS, ("Een", "Twee"), strict=True)
    ]
    site.picture(editors[0], "2-editor")
    official = accept(site, invite(site, editors[0], OFFICIAL, "official"), "Kim")
    site.picture(official, "3-official")
    write_and_submit(site, official)
    editors[1].context.close()
    approve(site, log_in(site, EDITORS[1]), site.link(EDITORS[1], "/beoordelen/"))
    return find(site)


def accept(site: Site, link: str, name: str) -> Page:
    """Somebody makes an account with the link of an invitation, and logs in with it anew."""
    page = site.open(link)
    site.picture(page, f"0-invitation-{name}")
    page.locator("[name=first_name]").fill(name)
    page.locator("[name=last_name]").fill("Bakker")
    for box in page.locator("input[type=password]").all():
        box.fill(PASSWORD)
    page.locator("main form button[type=submit]").click()
    page.wait_for_url(f"**{site.admin}")
    return page


def log_in(site: Site, address: str) -> Page:
    """Somebody comes back later, in another browser."""
    page = site.open(f"{site.admin}login/")
    page.locator("#id_username").fill(address)
    page.locator("#id_password").fill(PASSWORD)
    page.locator("button[type=submit]").click()
    page.wait_for_url(f"**{site.admin}")
    return page


def invite(site: Site, inviter: Page, address: str, role: str) -> str:
    """Somebody is invited; the link in the mail."""
    inviter.goto(f"{site.base}{site.admin}uitnodigingen/")
    inviter.locator("a[href$='/uitnodigingen/nieuw/']").click()
    # Which waits for the form; counting does not.
    inviter.locator("#id_email").fill(address)
    if inviter.locator("[name=role]").count():
        inviter.locator(f"[name=role][value={role}]").check()
    if role == "official":
        inviter.locator("#id_municipalities").fill(MUNICIPALITY)
    site.picture(inviter, f"4-invite-{role}")
    inviter.locator("main form[method=post] button[type=submit]").first.click()
    inviter.wait_for_url("**/uitnodigingen/")
    expect(inviter.get_by_role("cell", name=address, exact=True)).to_be_visible()
    site.picture(inviter, f"5-invited-{role}")
    return site.link(address, "/uitnodiging/")


def write_and_submit(site: Site, official: Page) -> None:
    """The official writes what is asked, and submits."""
    official.locator("a[href$='/nieuwe-praktijk/']").click()
    official.locator("#id_title").fill(TITLE)
    official.locator("#id_summary").fill("Jongerenwerkers oefenen lastige gesprekken.")
    site.picture(official, "6-form")
    tick(official, "formats", "Training")
    shown(official, "#id_duration").fill("2")
    official.locator("#id_duration_unit").select_option("dagdeel")
    official.locator(".public-DraftEditor-content:visible").first.click()
    official.keyboard.type("In kleine groepen, met een acteur uit de stad.")
    tick(official, "target_groups", "Jongerenwerk")
    tick(official, "radicalisation_types", "Rechtsextremisme")
    tick(official, "themes", "Signaleren")
    row(official, "trainers", "organisation").fill("Jongerenwerk Alkmaar")
    tick(official, "trainers-0-expertises", "Rechtsextremisme")
    row(official, "lessons", "kind").select_option("werkte")
    official.locator("#id_lessons-0-text").fill("Oefen met een voorval uit de eigen wijk.")
    site.picture(official, "7-written")
    official.locator("[data-w-dropdown-target=toggle].button").last.click()
    official.locator("button[name=action-submit]").click()
    official.wait_for_url(f"**{site.admin}")
    site.picture(official, "8-submitted")


def shown(page: Page, selector: str) -> Locator:
    """Something of the form, after its tab was opened."""
    target = page.locator(selector).first
    tab = target.locator("xpath=ancestor::*[@role='tabpanel'][1]").get_attribute("id")
    page.locator(f"[role=tab][href='#{tab}']").click()
    expect(target).to_be_visible()
    return target


def tick(page: Page, name: str, label: str) -> None:
    """Choose a term; terms are Dutch on every site."""
    choices = shown(page, f"#id_{name}")
    choices.get_by_label(re.compile(rf"^\W*{label}")).first.check()


def row(page: Page, formset: str, name: str) -> Locator:
    """A field of the first row of a list, which is added if there is none yet."""
    if page.locator(f"#id_{formset}-0-id").count() == 0:
        shown(page, f"#id_{formset}-ADD").click()
    return shown(page, f"#id_{formset}-0-{name}")


def approve(site: Site, editor: Page, link: str) -> None:
    """The other editor follows the link of the mail, ticks every point and approves."""
    editor.goto(link)
    site.picture(editor, "9-review")
    for point in editor.locator(".moderation__point input").all():
        point.check()
    editor.locator("button[name=decision][value=approve]").click()
    editor.wait_for_url("**/beoordelen/")
    site.picture(editor, "10-approved")


def find(site: Site) -> str:
    """Somebody who knows nobody here searches on a phone, and reads it."""
    visitor = site.open("/", PHONE)
    site.picture(visitor, "11-home")
    deadline = time.monotonic() + PATIENCE
    while True:
        visitor.goto(f"{site.base}/praktijken/?q=rollenspel+jongerenwerkers")
        found = visitor.get_by_role("link", name=TITLE)
        if found.count():
            break
        assert time.monotonic() < deadline, "the practice was not found"
        time.sleep(0.2)
    site.picture(visitor, "12-found")
    found.first.click()
    expect(visitor.get_by_role("heading", level=1)).to_have_text(TITLE)
    site.picture(visitor, "13-practice")
    return visitor.url
