"""The whole site in a language that nobody speaks, with texts that are 40 % longer.

What stands outside of its brackets did not go through gettext; what is wider than the page breaks.
"""

import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from cms.demo.accounts import PASSWORD
from practices.models.municipalities import Province
from tests import pseudo
from tests.journey.conftest import GIVE_CONTACTS, Journey, served_demo
from tests.pseudo import catalogue
from tests.pseudo.reading import Content, outside_brackets, untranslated
from tools.addresses import CONTACT, PAGES

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        not (catalogue.has_gettext() or os.environ.get("CI")), reason="apt install gettext"
    ),
]

PHONE: ViewportSize = {"width": 360, "height": 740}
NARROW: ViewportSize = {"width": 320, "height": 640}
NOT_READ = ("/stijl/", "/api/v1/")
"""Example texts in Dutch, and names of parameters: looked at, not read."""
WRITTEN = ("practices_", "cms_", "wagtailcore_page")
"""Tables with what people wrote; codes in them are no texts."""
CODES = frozenset(
    "kind status reached vocabulary slug duration_unit exploratory_study state".split()
)
TOO_WIDE = """() => {
  const [page, room] = [document.documentElement, window.innerWidth];
  const all = [...document.querySelectorAll("body *")];
  const wide = [];
  if (page.scrollWidth > room) {
    const out = all.filter((one) => one.getBoundingClientRect().right > room + 1);
    const named = out.slice(0, 3).map((one) => one.outerHTML.slice(0, 200));
    wide.push(`page of ${page.scrollWidth}: ${named}`);
  }
  // The buttons of the admin are not ours.
  if (location.pathname.startsWith("/beheer/")) return wide;
  for (const one of all) {
    if (one.matches(".visually-hidden, .skip-link, input, textarea, option")) continue;
    const style = getComputedStyle(one);
    const cuts = ["hidden", "clip"].includes(style.overflowX) || one.matches("button, .button");
    if (cuts && one.clientWidth && one.scrollWidth > one.clientWidth + 1) {
      wide.push(`${one.scrollWidth} > ${one.clientWidth}: ${one.outerHTML.slice(0, 120)}`);
    }
  }
  return wide;
}"""
MAILS = """
import django; django.setup()
from datetime import timedelta
from django.contrib.auth.models import User
from django.utils import timezone
from practices.frontend import contact
from practices.services.alerts.sending import send_due
from practices.models import Municipality, PracticePage, ReviewTaskState, Subscription
from practices.services.moderation import decisions
from practices.services.moderation.decision_forms import CHECKLIST
from practices.services.moderation.mails import send
from practices.services.people.accounts import invite
page = PracticePage.objects.get(slug="training-jongerenwerkers")
asked = {"name": "Kim", "email": "kim@example.org", "message": "Kim"}
contact._message(contact._practice("amsterdam", page.slug), asked).send()
official = User.objects.get(username="ambtenaar-gouda")
editor = User.objects.get(username="redactie")
page.get_workflow().start(page, official)
review = ReviewTaskState.objects.latest("pk")
send.enqueue("changes_asked", review.pk, official.pk)
decisions.approve(
    task_state=review, user=editor, checklist=dict.fromkeys(CHECKLIST, True), text=page.title
)
for kind in ("review_due", "review_reminder", "review_unconfirmed"):
    send.enqueue(kind, page.pk, official.pk)
invite(email="nieuw@example.org", municipalities=Municipality.objects.all()[:2], by=editor)
past = timezone.now() - timedelta(days=1)
PracticePage.objects.filter(live=True).update(first_published_at=timezone.now())
Subscription.objects.create(
    email="volger@example.org", query="vorm=training", confirmed_at=past, due_at=past
)
assert send_due() == 1
"""
KINDS_OF_MAIL = 9
NAMED = (
    "jongerenwerkers", "islam", "xyzzy", "bestaat-niet", "kim", "training wethouders moskee",
    "WegWijzer WW0109", "Ambtenaar Gouda", "Ambtenaar Zoetermeer",
)  # fmt: skip
"""What the test itself types, and names of which the database has the pieces."""
OURS_IN_THE_ADMIN = (
    ("redactie", "/beheer/", ".people-home"),
    ("redactie", "/beheer/beoordelen/", "main"),
    ("redactie", "/beheer/uitnodigingen/", "main"),
    ("redactie", "/beheer/cijfers/", "main"),
    ("redactie", "/beheer/ambtenaren/", "main"),
    ("redactie", "/beheer/herindelingen/", "main"),
    ("ambtenaar-gouda", "/beheer/", "main"),
)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Journey]:
    """The demo site in the pseudo language."""
    folder = tmp_path_factory.mktemp("pseudo")
    with served_demo(
        folder,
        DJANGO_SETTINGS_MODULE="tests.pseudo.settings",
        LANGUAGE_CODE=pseudo.CODE,
        PSEUDO_LOCALE=str(catalogue.make(folder / "locale")),
        STYLE_PAGE="true",
    ) as served:
        served.manage("-c", GIVE_CONTACTS)
        yield served


@pytest.fixture(scope="module")
def content(site: Journey) -> Content:
    """What stands in the database of the site."""
    written = _written(site.server.output.with_name("wegwijzer.sqlite3"))
    return Content([*written, *Province.labels, *NAMED])


def _written(database: Path) -> Iterator[str]:
    connection = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
    names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    for (table,) in names:
        if not table.startswith((*WRITTEN, "auth_user")):
            continue
        rows = connection.execute(f"SELECT * FROM {table}")  # noqa: S608 (names of tables)
        columns = [column[0] for column in rows.description]
        for row in rows:
            for column, value in zip(columns, row, strict=True):
                if isinstance(value, str) and column not in CODES:
                    yield value
    connection.close()


def _pages(site: Journey, page: Page) -> Iterator[str]:
    """Every kind of page, and pages after somebody did something; each by its name."""
    for address in (*PAGES, CONTACT):
        page.goto(address)
        yield address
    yield from _forms(page)
    page.goto("/praktijken/")
    boxes = page.locator(".card__choice input")
    boxes.nth(0).check()
    boxes.nth(1).check()
    page.locator(".compare-bar button").click()
    page.wait_for_url("**/vergelijk/**")
    yield "comparison"
    page.goto("/praktijken/witte-vlekken/")
    page.locator(".gap-map__empty summary").first.click()
    yield "an empty cell"
    page.goto("/praktijken/")
    page.locator("#zoek").press_sequentially("zoeter")
    expect(page.get_by_role("option").first).to_be_visible()
    yield "completion"
    for name in ("filters", "menu"):
        page.goto("/praktijken/")
        button = page.locator(f"[popovertarget={name}]").first
        button.click()
        yield name


def _forms(page: Page) -> Iterator[str]:
    """Public forms: with errors, and where they go to."""
    page.goto(CONTACT)
    page.locator("form.form button").click()
    expect(page.get_by_role("alert")).to_be_visible()
    yield "contact with errors"
    page.goto("/volgen/?vorm=training")
    page.locator("form.form button").click()
    expect(page.get_by_role("alert")).to_be_visible()
    yield "follow with errors"
    page.fill("#id_email", "kim@example.org")
    page.locator("form.form button").click()
    page.wait_for_url("**/volgen/verstuurd/")
    yield "asked to follow"
    page.goto("/uitnodiging/")
    yield "an invitation that does not work"
    page.goto("/beheer/login/")
    page.fill("#id_username", "nobody")
    page.fill("#id_password", "wrong")
    page.locator("button[type=submit]").click()
    yield "login with an error"


def test_every_text_on_public_pages_is_translated_and_has_room_also_at_400_percent(
    site: Journey, content: Content
) -> None:
    page = site.visit(size=PHONE)
    problems = []
    for name in _pages(site, page):
        if name not in NOT_READ:
            problems += [f"{name}: {one}" for one in untranslated(page.content(), content)]
        # No script of these pages asks how wide the window is.
        for size in (NARROW, PHONE):
            page.set_viewport_size(size)
            problems += [f"{size['width']} {name}: {one}" for one in page.evaluate(TOO_WIDE)]
    assert not problems, "\n".join(problems)


def test_our_pages_in_the_admin_are_translated(site: Journey, content: Content) -> None:
    problems = []
    for name, address, within in OURS_IN_THE_ADMIN:
        page = site.log_in(name, PASSWORD)
        page.goto(address)
        problems += [
            f"{name} {address}: {one}" for one in untranslated(page.content(), content, within)
        ]
        page.context.close()
    assert not problems, "\n".join(problems)


def test_every_sentence_of_mails_is_translated(site: Journey, content: Content) -> None:
    page = site.visit("/volgen/?vorm=training")
    page.fill("#id_email", "nog-iemand@example.org")
    page.locator("form.form button").click()
    page.wait_for_url("**/volgen/verstuurd/")
    site.manage("-c", MAILS)
    problems = []
    for mail in site.mail.arrived():
        lines = [str(mail["Subject"]), *mail.get_content().splitlines()]
        for line in lines:
            outside, is_whole = outside_brackets(line)
            if not is_whole or not content.has_all_of(outside):
                problems.append(line)
    assert not problems, "\n".join(problems)
    assert len({str(mail["Subject"]) for mail in site.mail.arrived()}) >= KINDS_OF_MAIL
