"""The PDF of a practice, made by WeasyPrint and read back."""

import socket
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

import pytest

from practices.models import HistoryEntry, PracticePage
from practices.services.pdf import typesetting
from practices.services.pdf.typesetting import Source, TypesettingError, typeset
from tests.factories import PracticePageFactory, SignpostPageFactory, SiteTree
from tests.practices.frontend.pages.test_pages import FILLED
from tests.practices.services.pdf.conftest import source
from tests.practices.services.pdf.pdf import Pdf

pytestmark = pytest.mark.usefixtures("pango")


@dataclass(frozen=True)
class Printed:
    """A practice, and its PDF."""

    page: PracticePage
    pdf: Pdf


@pytest.fixture(scope="module")
def set_once() -> list[Printed]:
    """What was set for the first test that asked."""
    return []


@pytest.fixture
def printed(site_tree: SiteTree, set_once: list[Printed]) -> Printed:
    """A practice in which every field is filled, as a PDF; setting it takes seconds."""
    if not set_once:
        page = PracticePageFactory(complete=True, title="Training over “duiden”")
        SignpostPageFactory(practices=[page], title="Waar denkt u aan?")
        set_once.append(Printed(page, Pdf(typeset(source(page)))))
    return set_once[0]


def test_it_is_tagged_titled_and_dutch(printed: Printed) -> None:
    page, pdf = printed.page, printed.pdf
    assert pdf.root["/MarkInfo"]["/Marked"] == True  # noqa: E712 (a PDF's own True)
    assert pdf.root["/Lang"] == "nl"
    assert pdf.root["/ViewerPreferences"]["/DisplayDocTitle"] == True  # noqa: E712 (likewise)
    assert pdf.metadata["/Title"].startswith("Training over “duiden”")
    assert pdf.metadata["/Author"] == f"Gemeente {page.municipality.name}"
    assert b"pdfuaid:part" in pdf.root["/Metadata"].get_object().get_data()


def test_it_says_what_the_page_says(printed: Printed) -> None:
    page, pdf = printed.page, printed.pdf
    for piece in [*FILLED, page.title, page.municipality.name, "Waar denkt u aan?"]:
        assert piece in pdf.text, piece
    assert f"Gemeente {page.municipality.name} (2026). {page.title}. WegWijzer." in pdf.text
    assert "Laatst gewijzigd op 4 maart 2026" in pdf.text
    assert page.full_url.rstrip("/").rsplit("/", 1)[1] in pdf.text
    assert f"pagina 1 van {len(pdf.reader.pages)}" in pdf.text


def test_it_says_nothing_of_a_draft(site_tree: SiteTree) -> None:
    page = PracticePageFactory(title="Wat openbaar is")
    page.title = page.summary = page.approach = "Nog niet goedgekeurd"
    page.save_revision()
    assert "Wat openbaar is" in source(page).html
    assert "goedgekeurd" not in source(page).html


def test_it_has_no_address_of_a_contact_and_no_navigation(printed: Printed) -> None:
    pdf = printed.pdf
    assert printed.page.contact_email == "kim@gemeente.example"
    assert "kim@gemeente.example" not in pdf.text
    for of_the_screen in ("Vergelijk deze praktijk", "Op deze pagina", "Verwante", "BibTeX"):
        assert of_the_screen not in pdf.text
    assert "https://voorbeeld.example/verslag" in pdf.links
    assert all(link.startswith("http") for link in pdf.links)


def test_its_structure_is_one_that_can_be_read_aloud(printed: Printed) -> None:
    pdf = printed.pdf
    headings = pdf.headings
    assert headings.count(1) == headings[0] == 1
    assert all(below <= above + 1 for above, below in pairwise(headings))
    inside = {
        "/L": {"/LI"},
        "/LI": {"/LBody", "/Lbl", "/L"},
        "/Table": {"/TBody"},
        "/TBody": {"/TR"},
        "/TR": {"/TH", "/TD"},
    }
    wrong = [
        (around, name) for around, name in pdf.elements if name not in inside.get(around, name)
    ]
    assert not wrong


def test_its_fonts_are_in_it(printed: Printed) -> None:
    fonts = list(printed.pdf.fonts)
    assert fonts
    assert all({"/FontFile2", "/FontFile3"} & font.keys() for font in fonts)


def test_what_is_made_up_or_in_the_archive_says_so(site_tree: SiteTree) -> None:
    made_up = PracticePageFactory(fictional=True)
    assert "Deze praktijk is fictief." in Pdf(typeset(source(made_up))).text
    archived = PracticePageFactory()
    archived.history.create(
        kind=HistoryEntry.Kind.RETIRED,
        happened_at=datetime(2026, 5, 6, 12, tzinfo=UTC),
        reason="Er is iets beters.",
    )
    text = Pdf(typeset(source(archived))).text
    assert "In het archief sinds 6 mei 2026." in text
    assert "Er is iets beters." in text


def test_nothing_is_fetched_from_the_net_or_the_disk(
    db: None, capfd: pytest.CaptureFixture[str]
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        address = f"http://127.0.0.1:{server.getsockname()[1]}"
        html = (
            f'<!doctype html><html lang="nl"><title>Proef</title>'
            f'<link rel="stylesheet" href="{address}/a.css">'
            f'<link rel="attachment" href="file:///etc/passwd">'
            f"<style>@import url({address}/b.css); body {{ background: url({address}/c.png) }}"
            f"@font-face {{ font-family: X; src: url({address}/d.woff) }}</style>"
            f'<p style="font-family: X">Tekst<img alt="x" src="{address}/e.png">'
            f'<img alt="y" src="file:///etc/hostname"></p>'
        )
        content = typeset(Source(1, html, address))
        server.settimeout(0)
        with pytest.raises(BlockingIOError):
            server.accept()
    pdf = Pdf(content)
    assert "Tekst" in pdf.text
    assert not pdf.reader.attachments


def test_what_does_not_end_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(typesetting, "SECONDS", 0.05)
    with pytest.raises(TypesettingError, match="longer than"):
        typeset(Source(1, "<p>Tekst</p>", "http://localhost/"))


def test_what_wants_too_much_memory_is_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bounded = typesetting.TYPESETTER.read_text()
    assert "MEMORY = 1 << 30" in bounded
    (tmp_path / "smaller.py").write_text(bounded.replace("1 << 30", "100 << 20"))
    monkeypatch.setattr(typesetting, "TYPESETTER", tmp_path / "smaller.py")
    with pytest.raises(TypesettingError):
        typeset(Source(1, "<p>Tekst</p>", "http://localhost/"))


def test_what_goes_wrong_is_told_in_one_line(
    tmp_path: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(typesetting, "TYPESETTER", f"{tmp_path}/gone.py")
    with pytest.raises(TypesettingError, match=r"gone\.py"):
        typeset(Source(1, "<p>Tekst</p>", "http://localhost/"))
