"""Who meets a term finds what it means on the spot."""

import pytest
from bs4 import BeautifulSoup, Tag
from django.test import Client

from practices.indexes.practices import PRACTICES
from practices.models import PracticePage
from practices.models.practices import DurationUnit
from search.indexing.rebuild import rebuild
from tests.factories import PracticePageFactory, SiteTree


@pytest.fixture
def practice(site_tree: SiteTree) -> PracticePage:
    page: PracticePage = PracticePageFactory(complete=True, live=True)
    for terms in (page.formats, page.target_groups, page.themes):
        for term in terms.all():
            term.definition = f"Betekenis van {term.label}."
            term.save()
    return page


def body(client: Client, address: str) -> Tag:
    response = client.get(address)
    assert response.status_code == 200
    found = BeautifulSoup(response.content, "html5lib").body
    assert found
    return found


def meanings(part: Tag | None) -> dict[str, str]:
    """What can be unfolded in a part of a page, without a script."""
    assert part
    found = part.select("details.meanings > dl > *")
    return {a.text: b.text for a, b in zip(found[::2], found[1::2], strict=True)}


def test_each_part_of_a_practice_explains_its_own_terms(
    client: Client, practice: PracticePage
) -> None:
    page = body(client, practice.url)
    for part, terms in (
        ("#aanpak", practice.formats),
        ("#voor-wie", practice.target_groups),
        ("#inhoud", practice.themes),
    ):
        shown = meanings(page.select_one(part))
        for term in terms.all():
            assert shown[term.label] == term.definition, part
            assert (term.label in meanings(page.select_one(".brief"))) is (part != "#inhoud")


def test_a_daypart_is_explained_where_the_length_is_told_in_them(
    client: Client, practice: PracticePage
) -> None:
    for unit in DurationUnit:
        PracticePage.objects.update(duration=2, duration_unit=unit)
        shown = meanings(body(client, practice.url).select_one("#aanpak"))
        assert ("Dagdeel" in shown) is (unit == DurationUnit.DAYPART)


def test_a_comparison_and_the_white_spots_explain_their_terms(
    client: Client, practice: PracticePage
) -> None:
    other = PracticePageFactory(complete=True, live=True)
    rebuild(PRACTICES)
    term = practice.formats.all()[0]
    for address in (
        f"/praktijken/vergelijk/?p={practice.pk}&p={other.pk}",
        "/praktijken/witte-vlekken/?rij=vorm&kolom=doelgroep",
    ):
        assert meanings(body(client, address))[term.label] == term.definition, address


def test_the_page_with_all_options_of_a_facet_explains_each(
    client: Client, practice: PracticePage
) -> None:
    rebuild(PRACTICES)
    term = practice.formats.all()[0]
    page = body(client, "/praktijken/kies/vorm/")
    box = page.select_one(f"input[value={term.slug}]")
    assert box
    meaning = page.find(id=box["aria-describedby"])
    assert meaning
    assert meaning.text == term.definition
