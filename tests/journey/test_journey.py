"""From an invitation to the archive, as people live it: official, editors and visitor."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journey.conftest import PHONE, Journey

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


def test_from_an_invitation_to_the_archive(journey: Journey) -> None:
    editor = journey.log_in("redactie", "wegwijzer-demo")
    official = accept(journey, invite(journey, editor))
    write(journey, official)
    submit(official, is_complete=True)

    ask_for_changes(journey, editor)
    change_what_was_asked(journey, official)
    approve(journey, editor, TITLE)
    address = find(journey)

    edit(official)
    approve(journey, editor, f"{TITLE} in de wijk")
    confirm_after_two_years(journey, address)
    retire(journey, editor, address)


def invite(journey: Journey, editor: Page) -> str:
    """An editor invites an official; the link in the mail."""
    editor.goto("/beheer/uitnodigingen/nieuw/")
    editor.get_by_label("E-mailadres").fill(OFFICIAL)
    editor.get_by_label("Gemeenten").fill("Alkmaar")
    editor.get_by_role("button", name="Verstuur de uitnodiging").click()
    expect(editor.get_by_text(OFFICIAL).first).to_be_visible()
    return journey.mail.link(OFFICIAL, "/uitnodiging/")


def accept(journey: Journey, link: str) -> Page:
    """The official makes an account, and stands on "Mijn gemeente"."""
    official = journey.visit(link)
    expect(official.get_by_role("heading", level=1)).to_have_text("Uw uitnodiging")
    official.get_by_label("Voornaam").fill("Kim")
    official.get_by_label("Achternaam").fill("Bakker")
    for field in official.locator("input[type=password]").all():
        field.fill(PASSWORD)
    journey.picture(official, "uitnodiging")
    official.get_by_role("button", name="Maak mijn account").click()
    official.wait_for_url("**/beheer/**")
    expect(official.get_by_text("U schrijft voor: Alkmaar.")).to_be_visible()
    return official


def tab(page: Page, name: str) -> None:
    """Open a tab of the form."""
    page.get_by_role("tab", name=name, exact=False).click()


def tick(page: Page, field: str, *labels: str) -> None:
    """Choose terms."""
    for label in labels:
        page.locator(f"#id_{field}").get_by_label(re.compile(rf"^\W*{label}")).first.check()


def write(journey: Journey, official: Page) -> None:
    """A draft with a title only; then what is asked, with a warning beside it."""
    official.get_by_role("link", name="Nieuwe praktijk").click()
    official.locator("#id_title").fill(TITLE)
    save(official)
    submit(official, is_complete=False)
    expect(official.locator("#id_title")).to_have_value(TITLE)

    official.locator("#id_summary").fill("Jongerenwerkers oefenen lastige gesprekken.")
    tab(official, "Aanpak")
    tick(official, "formats", "Training")
    official.locator("#id_duration").fill("1")
    official.locator("#id_duration_unit").select_option("dagdeel")
    official.locator(".public-DraftEditor-content").first.click()
    official.keyboard.type("In kleine groepen, met een acteur uit de stad.")
    tab(official, "Voor wie")
    tick(official, "target_groups", "Jongerenwerk")
    tab(official, "Inhoud")
    tick(official, "radicalisation_types", "Rechtsextremisme")
    tick(official, "themes", "Signaleren")
    tab(official, "Trainers")
    add(official, "trainers")
    official.locator("#id_trainers-0-organisation").fill("Jongerenwerk Alkmaar")
    tick(official, "trainers-0-expertises", "Rechtsextremisme")
    tab(official, "Lessen")
    add(official, "lessons")
    official.locator("#id_lessons-0-kind").select_option("werkte")
    official.locator("#id_lessons-0-text").fill("Oefen met een voorval uit de eigen wijk.")
    save(official)
    expect(official.get_by_text("Een training duurt minstens twee dagdelen")).to_be_visible()
    journey.picture(official, "formulier")


def add(page: Page, formset: str) -> None:
    """A row more, if there is none yet."""
    if page.locator(f"#id_{formset}-0-id").count() == 0:
        page.locator(f"#id_{formset}-ADD").click()


def save(page: Page) -> None:
    """Keep a draft with the button."""
    page.locator("button.action-save").click()
    expect(page.locator(".messages .success").first).to_be_visible()


def submit(page: Page, *, is_complete: bool) -> None:
    """Submit; errors stand at their fields where something is missing."""
    page.locator("[data-w-dropdown-target=toggle].button").last.click()
    page.locator("button[name=action-submit]").click()
    if is_complete:
        page.wait_for_url("**/beheer/")
    else:
        expect(page.locator(".error-message").first).to_be_visible()


def queue(journey: Journey, editor: Page, title: str) -> None:
    """The editor opens what waits, and takes it up."""
    editor.goto("/beheer/beoordelen/")
    entry = editor.locator(".moderation__entry", has_text=title)
    entry.get_by_role("button", name="Ik pak dit op").click()
    journey.picture(editor, "wachtrij")
    editor.get_by_role("link", name=title, exact=True).click()


def ask_for_changes(journey: Journey, editor: Page) -> None:
    """The editor needs a text to ask for changes; the author gets it by mail."""
    queue(journey, editor, TITLE)
    editor.get_by_role("button", name="Wijzigingen vragen").click()
    expect(editor.get_by_role("alert")).to_be_visible()
    editor.locator("#id_comment").fill("Hoe lang duurde het precies?")
    journey.picture(editor, "beoordelen")
    editor.get_by_role("button", name="Wijzigingen vragen").click()
    editor.wait_for_url("**/beoordelen/")
    assert "Hoe lang duurde het precies?" in journey.mail.last(OFFICIAL)


def change_what_was_asked(journey: Journey, official: Page) -> None:
    """The official reads what is asked, changes it, and submits again."""
    official.goto("/beheer/")
    expect(official.get_by_text("Hoe lang duurde het precies?")).to_be_visible()
    journey.picture(official, "mijn-gemeente")
    official.get_by_role("link", name=TITLE).first.click()
    tab(official, "Aanpak")
    official.locator("#id_duration").fill("2")
    submit(official, is_complete=True)


def approve(journey: Journey, editor: Page, title: str) -> None:
    """The editor ticks every point; without them nothing is approved."""
    queue(journey, editor, title)
    button = editor.get_by_role("button", name="Goedkeuren en publiceren")
    button.click()
    expect(editor.get_by_role("alert")).to_be_visible()
    for point in editor.locator(".moderation__point input").all():
        point.check()
    button.click()
    editor.wait_for_url("**/beoordelen/")
    assert "goedgekeurd" in journey.mail.last(OFFICIAL)


def find(journey: Journey) -> str:
    """A visitor finds it on a phone; its address."""
    visitor = journey.visit("/praktijken/?q=rollenspel+alkmaar", PHONE)
    visitor.get_by_role("link", name=TITLE).click()
    expect(visitor.get_by_role("heading", level=1)).to_have_text(TITLE)
    return visitor.url


def edit(official: Page) -> None:
    """A change of what is public goes the same way; the public version stays."""
    official.goto("/beheer/")
    official.get_by_role("link", name=TITLE).first.click()
    official.locator("#id_title").fill(f"{TITLE} in de wijk")
    submit(official, is_complete=True)


def confirm_after_two_years(journey: Journey, address: str) -> None:
    """A mail asks whether it is still right; one button answers."""
    journey.manage("manage.py", "shell", "-c", TWO_YEARS_AGO)
    journey.manage("manage.py", "review_due")
    official = journey.visit(journey.mail.link(OFFICIAL, "/klopt-nog/"))
    journey.picture(official, "klopt-nog")
    official.get_by_role("button", name="Ja, het klopt nog").click()
    expect(official.get_by_role("status")).to_be_visible()
    official.goto(address)
    expect(official.locator("#geschiedenis")).to_contain_text("Bevestigd op")


def retire(journey: Journey, editor: Page, address: str) -> None:
    """In the archive it answers at its address, and leaves the search."""
    visitor = journey.visit(address)
    editor.goto("/beheer/pages/search/?q=rollenspel")
    editor.get_by_role("link", name=re.compile(TITLE)).first.click()
    editor.locator("[data-w-dropdown-target=toggle].button").last.click()
    editor.get_by_role("link", name="Archiveren").click()
    editor.locator("#id_reason").fill("De training wordt niet meer gegeven.")
    editor.get_by_role("button", name="Archiveren").click()
    visitor.goto(address)
    expect(visitor.locator(".notice").first).to_contain_text("wordt niet meer gegeven")
    visitor.goto("/praktijken/?q=rollenspel+alkmaar")
    expect(visitor.get_by_role("link", name=TITLE)).to_have_count(0)
    visitor.goto("/praktijken/?q=rollenspel+alkmaar&status=gearchiveerd")
    expect(visitor.get_by_role("link", name=re.compile(TITLE))).to_have_count(1)
