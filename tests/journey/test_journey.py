"""From an invitation to the archive, as people live it: official, editors and visitor.

All of them by keyboard alone, as whoever can't use a mouse does.
"""

import operator
import re

import pytest
from playwright.sync_api import Page, expect

from tests.documents.visitor import until
from tests.journey.conftest import DESK, PHONE, Journey, apart
from tests.journey.keyboard import choose, open_tab, press, reach, tick, write

pytestmark = pytest.mark.browser

OFFICIAL = "kim.bakker@alkmaar.example"
PASSWORD = "fiets-langs-de-gracht-2026"
TITLE = "Rollenspel voor jongerenwerkers"
TWO_YEARS_AGO = (
    "from datetime import timedelta\n"
    "from practices.models import PracticePage\n"
    f"found = PracticePage.objects.filter(title={TITLE!r} + ' in de wijk')\n"
    "for page in found:\n"
    "    for name in ('first_published_at', 'last_published_at'):\n"
    "        setattr(page, name, getattr(page, name) - timedelta(days=735))\n"
    "    page.save()\n"
)
COVERED = """messages => messages.some(message => {
  const words = document.createRange();
  words.selectNodeContents(message);
  return [...words.getClientRects()].filter(box => box.width > 1).some(
    box => [box.left + 1, box.right - 1].some(
      x => !message.contains(document.elementFromPoint(x, (box.top + box.bottom) / 2))));
})"""
"""Whether something lies over the words of any of these elements."""


def test_from_an_invitation_to_the_archive(journey: Journey) -> None:
    editor = journey.log_in("redactie", "wegwijzer-demo")
    official = accept(journey, invite(journey, editor))
    write_practice(journey, official)
    submit(official, is_complete=True)

    ask_for_changes(journey, editor)
    change_what_was_asked(journey, official)
    # Who invited the author has a hand in it.
    colleague = journey.log_in("redactie-2", "wegwijzer-demo")
    approve(journey, colleague, TITLE)
    address = find(journey)

    edit(official)
    approve(journey, colleague, f"{TITLE} in de wijk")
    confirm_after_two_years(journey, address)
    retire(journey, editor, address)


def invite(journey: Journey, editor: Page) -> str:
    """An editor invites an official; the link in the mail."""
    editor.goto("/beheer/uitnodigingen/nieuw/")
    write(editor.get_by_label("E-mailadres"), OFFICIAL)
    write(editor.get_by_label("Gemeenten"), "Alkmaar")
    press(editor.get_by_role("button", name="Verstuur de uitnodiging"))
    expect(editor.get_by_text(OFFICIAL).first).to_be_visible()
    return journey.mail.link(OFFICIAL, "/uitnodiging/")


def accept(journey: Journey, link: str) -> Page:
    """The official makes an account, and stands on "Mijn gemeente"."""
    official = journey.visit(link)
    expect(official.get_by_role("heading", level=1)).to_have_text("Uw uitnodiging")
    write(official.get_by_label("Voornaam"), "Kim")
    write(official.get_by_label("Achternaam"), "Bakker")
    for field in official.locator("input[type=password]").all():
        write(field, PASSWORD)
    journey.picture(official, "uitnodiging")
    press(official.get_by_role("button", name="Maak mijn account"))
    official.wait_for_url("**/beheer/**")
    expect(official.get_by_text("U schrijft voor: Alkmaar.")).to_be_visible()
    return official


def tick_term(page: Page, field: str, label: str) -> None:
    """Choose a term."""
    tick(page.locator(f"#id_{field}").get_by_label(re.compile(rf"^\W*{label}")).first)


def write_practice(journey: Journey, official: Page) -> None:
    """A draft with a title only; then what is asked, with a warning beside it."""
    press(official.get_by_role("link", name="Nieuwe praktijk"))
    write(official.locator("#id_title"), TITLE)
    save(official)
    submit(official, is_complete=False)
    expect(official.locator("#id_title")).to_have_value(TITLE)

    write(official.locator("#id_summary"), "Jongerenwerkers oefenen lastige gesprekken.")
    open_tab(official, "Aanpak")
    tick_term(official, "formats", "Training")
    write(official.locator("#id_duration"), "1")
    choose(official.locator("#id_duration_unit"), "dagdeel")
    reach(official.locator(".public-DraftEditor-content").first)
    official.keyboard.type("In kleine groepen, met een acteur uit de stad.")
    open_tab(official, "Voor wie")
    tick_term(official, "target_groups", "Jongerenwerk")
    open_tab(official, "Inhoud")
    tick_term(official, "radicalisation_types", "Rechtsextremisme")
    tick_term(official, "themes", "Signaleren")
    open_tab(official, "Trainers")
    add(official, "trainers")
    write(official.locator("#id_trainers-0-organisation"), "Jongerenwerk Alkmaar")
    tick_term(official, "trainers-0-expertises", "Rechtsextremisme")
    open_tab(official, "Lessen")
    add(official, "lessons")
    choose(official.locator("#id_lessons-0-kind"), "werkte")
    write(official.locator("#id_lessons-0-text"), "Oefen met een voorval uit de eigen wijk.")
    save(official)
    expect(official.get_by_text("Een training duurt minstens twee dagdelen")).to_be_visible()
    journey.picture(official, "formulier")


def add(page: Page, formset: str) -> None:
    """A row more, if there is none yet."""
    if page.locator(f"#id_{formset}-0-id").count() == 0:
        press(page.locator(f"#id_{formset}-ADD"))


def save(page: Page) -> None:
    """Keep a draft with the button."""
    press(page.locator("button.action-save"))
    expect(page.locator(".messages .success").first).to_be_visible()


def submit(page: Page, *, is_complete: bool) -> None:
    """Submit; errors stand at their fields where something is missing."""
    press(page.locator("[data-w-dropdown-target=toggle].button").last)
    press(page.locator("button[name=action-submit]"))
    if is_complete:
        page.wait_for_url("**/beheer/")
    else:
        expect(page.locator(".error-message").first).to_be_visible()


def queue(journey: Journey, editor: Page, title: str) -> None:
    """The editor opens what waits, and takes it up."""
    editor.goto("/beheer/beoordelen/")
    entry = editor.locator(".moderation__entry", has_text=title)
    press(entry.get_by_role("button", name="Ik pak dit op"))
    journey.picture(editor, "wachtrij")
    press(editor.get_by_role("link", name=title, exact=True))


def ask_for_changes(journey: Journey, editor: Page) -> None:
    """The editor needs a text to ask for changes; the author gets it by mail."""
    queue(journey, editor, TITLE)
    press(editor.get_by_role("button", name="Wijzigingen vragen"))
    expect(editor.get_by_role("alert")).to_be_visible()
    for size in (PHONE, DESK):
        editor.set_viewport_size(size)
        assert editor.locator(".moderation__point").count() == 6
        assert apart(editor) == []
    write(editor.locator("#id_comment"), "Hoe lang duurde het precies?")
    journey.picture(editor, "beoordelen")
    press(editor.get_by_role("button", name="Wijzigingen vragen"))
    editor.wait_for_url("**/beoordelen/")
    must_be_readable_beside_the_menu(editor)
    assert "Hoe lang duurde het precies?" in journey.mail.last(OFFICIAL)


def must_be_readable_beside_the_menu(page: Page) -> None:
    """On a phone neither the menu nor its button lies over the words of a message."""
    page.set_viewport_size(PHONE)
    assert page.locator(".messages li").count()
    menu = page.get_by_role("button", name="Toon/verberg zijbalk").first
    for is_open in ("true", "false"):
        press(menu)
        expect(menu).to_have_attribute("aria-expanded", is_open)
        until(lambda: page.locator(".messages li").evaluate_all(COVERED), operator.not_)
    page.set_viewport_size(DESK)


def change_what_was_asked(journey: Journey, official: Page) -> None:
    """The official reads what is asked, changes it, and submits again."""
    official.goto("/beheer/")
    expect(official.get_by_text("Hoe lang duurde het precies?")).to_be_visible()
    journey.picture(official, "mijn-gemeente")
    press(official.get_by_role("link", name=TITLE).first)
    open_tab(official, "Aanpak")
    write(official.locator("#id_duration"), "2")
    submit(official, is_complete=True)


def approve(journey: Journey, editor: Page, title: str) -> None:
    """The editor ticks every point; without them nothing is approved."""
    queue(journey, editor, title)
    button = editor.get_by_role("button", name="Goedkeuren en publiceren")
    press(button)
    expect(editor.get_by_role("alert")).to_be_visible()
    for point in editor.locator(".moderation__point input").all():
        tick(point)
    press(button)
    editor.wait_for_url("**/beoordelen/")
    assert "goedgekeurd" in journey.mail.last(OFFICIAL)


def find(journey: Journey) -> str:
    """A visitor finds it on a phone; its address."""
    visitor = journey.visit("/praktijken/?q=rollenspel+alkmaar", PHONE)
    press(visitor.get_by_role("link", name=TITLE))
    expect(visitor.get_by_role("heading", level=1)).to_have_text(TITLE)
    return visitor.url


def edit(official: Page) -> None:
    """A change of what is public goes the same way; the public version stays."""
    official.goto("/beheer/")
    press(official.get_by_role("link", name=TITLE).first)
    write(official.locator("#id_title"), f"{TITLE} in de wijk")
    submit(official, is_complete=True)


def confirm_after_two_years(journey: Journey, address: str) -> None:
    """A mail asks whether it is still right; one button answers."""
    journey.manage("manage.py", "shell", "-c", TWO_YEARS_AGO)
    journey.manage("manage.py", "review_due")
    official = journey.visit(journey.mail.link(OFFICIAL, "/klopt-nog/"))
    journey.picture(official, "klopt-nog")
    press(official.get_by_role("button", name="Ja, het klopt nog"))
    expect(official.get_by_role("status")).to_be_visible()
    official.goto(address)
    expect(official.locator("#geschiedenis")).to_contain_text("Bevestigd op")


def retire(journey: Journey, editor: Page, address: str) -> None:
    """In the archive it answers at its address, and leaves the search."""
    visitor = journey.visit(address)
    editor.goto("/beheer/pages/search/?q=rollenspel")
    press(editor.get_by_role("link", name=re.compile(TITLE)).first)
    press(editor.locator("[data-w-dropdown-target=toggle].button").last)
    press(editor.get_by_role("link", name="Archiveren"))
    write(editor.locator("#id_reason"), "De training wordt niet meer gegeven.")
    press(editor.get_by_role("button", name="Archiveren"))
    editor.wait_for_url("**/edit/")
    visitor.goto(address)
    expect(visitor.locator(".notice").first).to_contain_text("wordt niet meer gegeven")
    visitor.goto("/praktijken/?q=rollenspel+alkmaar")
    expect(visitor.get_by_role("link", name=TITLE)).to_have_count(0)
    visitor.goto("/praktijken/?q=rollenspel+alkmaar&status=gearchiveerd")
    expect(visitor.get_by_role("link", name=re.compile(TITLE))).to_have_count(1)
