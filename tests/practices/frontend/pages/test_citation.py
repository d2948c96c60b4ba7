"""References to a practice, read by programs that others made for it."""

import codecs
import json
from datetime import UTC, datetime
from typing import Any

import citeproc
import latexcodec  # noqa: F401 (registers its codec)
import pytest
from citeproc.source.json import CiteProcJSON
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from pybtex.database import parse_string

from practices.frontend.pages.citation import Citation, citation_of
from practices.frontend.pages.practice import PracticeView
from practices.models import PracticePage
from practices.selectors import Parts
from tests.factories import (
    PUBLISHED,
    MunicipalityFactory,
    MunicipalityPageFactory,
    PracticePageFactory,
    SiteTree,
)

CHANGED = datetime(2027, 1, 2, 12, tzinfo=UTC)
URL = "http://localhost:8000/gemeenten/gouda/duiden/"
# What the codec for LaTeX leaves as it is.
BY_NAME = {"\\textbraceleft{}": "{", "\\textbraceright{}": "}", "\\textasciicircum{}": "^"}


@pytest.fixture
def practice(site_tree: SiteTree) -> PracticePage:
    """A practice of Gouda that was changed after its publication."""
    home = MunicipalityPageFactory(municipality=MunicipalityFactory(name="Gouda", slug="gouda"))
    page: PracticePage = PracticePageFactory(
        parent=home, title="Duiden", slug="duiden", last_published_at=CHANGED
    )
    return page


def get(client: Client, page: PracticePage, ending: str) -> Any:
    return client.get(f"{page.url.rstrip('/')}.{ending}")


def test_a_sentence(client: Client, practice: PracticePage) -> None:
    response = get(client, practice, "txt")
    sentence = (
        f"Gemeente Gouda (2026). Duiden. WegWijzer. Laatst gewijzigd op 2 januari 2027. {URL}"
    )
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert response.content.decode() == f"{sentence}\n"
    assert sentence in client.get(practice.url).content.decode()


def test_bibtex(client: Client, practice: PracticePage) -> None:
    response = get(client, practice, "bib")
    assert response["Content-Type"] == "application/x-bibtex; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="gouda-duiden.bib"'
    ((key, entry),) = parse_string(response.content.decode(), "bibtex").entries.items()
    assert key == f"wegwijzer-{practice.pk}"
    assert entry.type == "misc"
    (author,) = entry.persons["author"]
    assert author.last_names == ["{Gemeente Gouda}"], "an organisation, no first and last name"
    assert dict(entry.fields) == {
        "title": "{Duiden}",
        "year": "2026",
        "month": "3",
        "howpublished": "WegWijzer",
        "url": URL,
        "note": "Laatst gewijzigd op 2 januari 2027",
        "langid": "dutch",
    }


def test_csl_json(client: Client, practice: PracticePage) -> None:
    response = get(client, practice, "csl.json")
    assert response["Content-Type"] == "application/vnd.citationstyles.csl+json"
    assert response["Content-Disposition"] == 'attachment; filename="gouda-duiden.csl.json"'
    items = json.loads(response.content)
    assert items == [
        {
            "id": f"wegwijzer-{practice.pk}",
            "type": "webpage",
            "title": "Duiden",
            "author": [{"literal": "Gemeente Gouda"}],
            "container-title": "WegWijzer",
            "issued": {"date-parts": [[2026, 3, 4]]},
            "URL": URL,
            "language": "nl",
            "note": "Laatst gewijzigd op 2 januari 2027",
        }
    ]
    style = citeproc.CitationStylesStyle("harvard-cite-them-right", validate=False)
    sources = citeproc.CitationStylesBibliography(
        style, CiteProcJSON(items), citeproc.formatter.plain
    )
    sources.register(citeproc.Citation([citeproc.CitationItem(items[0]["id"])]))
    assert str(sources.bibliography()[0]).startswith("Gemeente Gouda (2026) Duiden")


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30))
def test_any_title_is_read_back_from_bibtex(title: str) -> None:
    citation = Citation(1, "Gemeente Gouda", title, URL, PUBLISHED.date(), None, is_draft=False)
    (entry,) = parse_string(citation.bibtex, "bibtex").entries.values()
    assert entry.fields["url"] == URL, "nothing in the title ends its field"
    read = entry.fields["title"][1:-1]
    for name, sign in BY_NAME.items():
        read = read.replace(name, sign)
    if (
        not set(title) & set("\\{}~^-'`\"$ \t\r\n\x0b\x0c\x1c\x1d\x1e\x1f\x85\xa0")
        and title.isprintable()
    ):
        assert codecs.decode(read, "ulatex") == title


def test_signs_of_latex_are_escaped(practice: PracticePage) -> None:
    practice.title = "50% van {wij} & zij_#1 \\ ~ ^ $"
    citation = citation_of(PracticeView(practice, (), Parts()))
    assert (
        "{50\\% van \\textbraceleft{}wij\\textbraceright{} \\& zij\\_\\#1 \\textbackslash{}"
        " \\textasciitilde{} \\textasciicircum{} \\$}"
    ) in citation.bibtex


def test_what_is_odd_reads_well(site_tree: SiteTree) -> None:
    page = PracticePageFactory(title="Wat is\x0b\n  duiden?", fictional=False)
    assert ". " not in citation_of(PracticeView(page, (), Parts())).title
    text = citation_of(PracticeView(page, (), Parts())).text
    assert "(2026). Wat is duiden? WegWijzer. http" in text, "no second stop, and not changed"


def test_what_was_never_published_has_no_year(site_tree: SiteTree) -> None:
    page = PracticePageFactory(first_published_at=None, last_published_at=None)
    citation = citation_of(PracticeView(page, (), Parts()))
    assert "(z.d.)" in citation.text
    assert "year" not in citation.bibtex
    assert "issued" not in citation.csl_json
    page.live = False
    assert "(niet gepubliceerd)" in citation_of(PracticeView(page, (), Parts())).text


def test_what_is_made_up_says_so_in_every_form(client: Client, site_tree: SiteTree) -> None:
    page = PracticePageFactory(fictional=True)
    for ending in ("txt", "bib", "csl.json"):
        response = get(client, page, ending)
        assert f"{page.title} [fictief]" in response.content.decode()


def test_the_year_is_that_of_the_netherlands(site_tree: SiteTree) -> None:
    page = PracticePageFactory(first_published_at=datetime(2026, 12, 31, 23, 30, tzinfo=UTC))
    assert "(2027)" in citation_of(PracticeView(page, (), Parts())).text
