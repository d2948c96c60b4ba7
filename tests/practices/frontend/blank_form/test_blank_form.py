"""The form to fill in beforehand: it says what the form says, and nothing that is not public."""

from io import BytesIO
from xml.etree import ElementTree as ET
from zipfile import ZIP_STORED, ZipFile

import html5lib
import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.test import Client
from wagtail.documents.models import Document

from practices.models import PracticePage, Term
from practices.services.checks.outline import outline, place_of
from tests.factories import SiteTree

TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"


@pytest.fixture
def page(site_tree: SiteTree) -> str:
    """The text of the page, with the terms of a new site."""
    call_command("reference", verbosity=0)
    response = Client().get("/invulformulier/")
    assert response.status_code == 200
    html5lib.HTMLParser(strict=True).parse(response.content)
    return response.content.decode()


def package() -> ZipFile:
    response = Client().get("/invulformulier.odt")
    assert response.status_code == 200
    assert response["Content-Type"] == "application/vnd.oasis.opendocument.text"
    return ZipFile(BytesIO(response.content))


def form_fields() -> set[str]:
    form = PracticePage.get_edit_handler().get_form_class()
    of_every_page = {
        field.name for field in PracticePage._meta.get_fields() if _is_inherited(field)
    }
    lists = set(form.formsets) - {"comments"}
    return (set(form.base_fields) - of_every_page - {"comment_notifications"}) | {"title"} | lists


def _is_inherited(field: object) -> bool:
    return getattr(field, "model", PracticePage) is not PracticePage


def test_the_outline_has_every_field_of_the_form_and_no_setting() -> None:
    found = [field.name for tab in outline() for field in tab.fields]
    assert len(found) == len(set(found))
    assert set(found) == form_fields()


def test_tabs_stand_in_the_order_of_the_form() -> None:
    assert [tab.heading for tab in outline()] == [
        "Wat", "Aanpak", "Voor wie", "Trainers", "Inhoud", "Lokaal beleid", "Lessen", "Resultaten",
        "Contact",
    ]  # fmt: skip


def test_a_place_is_a_label_a_tab_and_an_id() -> None:
    assert place_of("summary").__dict__ == {
        "label": "Samenvatting", "tab": "Wat", "anchor": "id_summary",
    }  # fmt: skip
    assert place_of("lessons").anchor == "id_lessons-ADD"
    with pytest.raises(KeyError):
        place_of("slug")


def test_the_page_has_every_question_with_its_help(page: str) -> None:
    for tab in outline():
        assert f"<h2>{tab.heading}</h2>" in page
        for field in tab.fields:
            assert f"<h3>{field.label}" in page
            assert field.help_text in page
            for part in field.rows:
                assert f"<h4>{part.label}</h4>" in page
                assert part.help_text in page
    assert page.count("blank-form__needed") == 9


def test_the_page_has_every_term_with_its_definition(page: str) -> None:
    terms = Term.objects.all()
    assert terms.count() > 90
    assert [term.slug for term in terms if term.definition not in page] == []


def test_retired_terms_are_left_out(page: str) -> None:
    term = Term.objects.get(vocabulary="vorm", slug="e-learning")
    term.is_active = False
    term.save()
    assert term.definition in page
    assert term.definition not in Client().get("/invulformulier/").content.decode()


def test_documents_of_municipalities_are_not_named(site_tree: SiteTree) -> None:
    Document.objects.create(title="Geheim verslag", file=ContentFile(b"x", "geheim.pdf"))
    assert "Geheim verslag" not in Client().get("/invulformulier/").content.decode()
    assert b"Geheim verslag" not in package().read("content.xml")


def test_the_document_is_a_package_of_opendocument(page: str) -> None:
    with package() as file:
        first = file.infolist()[0]
        assert (first.filename, first.compress_type) == ("mimetype", ZIP_STORED)
        assert file.read("mimetype") == b"application/vnd.oasis.opendocument.text"
        assert file.testzip() is None
        manifest = ET.fromstring(file.read("META-INF/manifest.xml"))  # noqa: S314 (our own)
        listed = {next(iter(value for name, value in entry.attrib.items() if "path" in name))
                  for entry in manifest}  # fmt: skip
        assert listed == {"/", *(set(file.namelist()) - {"mimetype", "META-INF/manifest.xml"})}
        for name in listed - {"/"}:
            ET.fromstring(file.read(name))  # noqa: S314 (our own)


def test_the_document_uses_only_styles_that_it_has(page: str) -> None:
    with package() as file:
        content = ET.fromstring(file.read("content.xml"))  # noqa: S314 (our own)
        styles = file.read("styles.xml").decode()
    used = {
        one.get(f"{TEXT}style-name")
        for one in content.iter()
        if one.tag in {f"{TEXT}p", f"{TEXT}h"}
    }
    assert len(used) > 6
    assert [name for name in used if f'style:name="{name}"' not in styles] == []


def test_the_document_says_what_the_page_says(page: str) -> None:
    with package() as file:
        content = ET.fromstring(file.read("content.xml"))  # noqa: S314 (our own)
    headings = [(one.get(f"{TEXT}outline-level"), one.text) for one in content.iter(f"{TEXT}h")]
    for tab in outline():
        assert ("1", tab.heading) in headings
        for field in tab.fields:
            assert ("2", field.label + (" (nodig)" if field.is_needed else "")) in headings
            assert {("3", part.label) for part in field.rows} <= set(headings)
    text = "\n".join(content.itertext())
    assert [term.slug for term in Term.objects.all() if term.definition not in text] == []


def test_the_same_form_gives_the_same_bytes(page: str) -> None:
    one, other = (Client().get("/invulformulier.odt").content for _ in range(2))
    assert one == other
