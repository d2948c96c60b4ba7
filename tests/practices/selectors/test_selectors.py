import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction

from practices.models import PracticePage
from practices.selectors import (
    RELATIONS,
    Reference,
    parts_of,
    practice_cards,
    public_pages,
    read_parts,
    read_references,
    references_of,
    related_practices,
)
from tests.factories import (
    MunicipalityFactory,
    MunicipalityPageFactory,
    PracticePageFactory,
    SignpostPageFactory,
    SiteTree,
)


def labels(references: list[Reference], relation: str) -> list[str]:
    return [one.label for one in references if one.relation == relation]


def test_references_hold_every_relation(site_tree: SiteTree) -> None:
    page = PracticePageFactory(complete=True)
    signpost = SignpostPageFactory(practices=[page])
    references = read_references([page.pk])[page.pk]
    for relation in RELATIONS:
        assert len(labels(references, relation)) == 2, relation
    assert labels(references, "expertises") == ["Expertise 1", "Expertise 1"]
    assert labels(references, "providers") == ["Uitvoering 1"]
    assert labels(references, "goals") == ["Leerdoel 1", "Leerdoel 2"]
    assert len(labels(references, "partner_municipalities")) == 2
    assert labels(references, "signposts") == [signpost.title]


def test_many_pages_cost_as_many_queries_as_one(site_tree: SiteTree) -> None:
    pages = [PracticePageFactory(complete=True).pk for _ in range(3)]
    with CaptureQueriesContext(connection) as queries:
        read_references(pages)
        read_parts(pages)
    assert len(queries) == 2


def test_every_page_has_an_entry(site_tree: SiteTree) -> None:
    assert read_references([4711]) == {4711: []}
    assert read_parts([4711])[4711].trainers == []


def test_a_saved_page_reads_the_same_from_memory(site_tree: SiteTree) -> None:
    page = PracticePageFactory(complete=True)
    stored, in_memory = read_parts([page.pk])[page.pk], parts_of(page)
    assert stored.lessons == in_memory.lessons
    assert stored.links == in_memory.links
    assert stored.documents == in_memory.documents
    assert [one.organisation for one in stored.trainers] == ["Bureau Een", "Bureau Twee"]
    assert [one.organisation for one in in_memory.trainers] == ["Bureau Een", "Bureau Twee"]
    assert sorted(one[2:4] for one in references_of(page)) == sorted(
        one[2:4] for one in read_references([page.pk])[page.pk]
    )


def test_a_draft_and_what_is_restricted_are_not_public(site_tree: SiteTree) -> None:
    shown, hidden = PracticePageFactory(), PracticePageFactory()
    PracticePageFactory(draft=True)
    PageViewRestriction.objects.create(
        page=hidden.get_parent(), restriction_type=PageViewRestriction.LOGIN
    )
    assert list(public_pages(PracticePage)) == [shown]


def test_signposts_that_are_not_public_are_no_references(site_tree: SiteTree) -> None:
    page = PracticePageFactory()
    SignpostPageFactory(practices=[page], draft=True)
    assert read_references([page.pk]) == {page.pk: []}


def test_a_partner_is_linked_only_where_it_has_a_public_page(site_tree: SiteTree) -> None:
    with_page, without = MunicipalityPageFactory().municipality, MunicipalityFactory()
    page = PracticePageFactory()
    page.partner_municipalities = [with_page, without]
    page.save()
    partners = read_references([page.pk])[page.pk]
    assert {one.label: one.definition for one in partners} == {
        with_page.name: with_page.slug,
        without.name: "",
    }


@pytest.mark.parametrize(
    ("name", "aliases", "shown"),
    [
        ("'s-Gravenhage", ["Den Haag", "The Hague"], "'s-Gravenhage (Den Haag)"),
        ("'s-Gravenzande", ["Zandmond"], "'s-Gravenzande"),
        ("Den Helder", ["Den Burg"], "Den Helder"),
        ("Gouda", [], "Gouda"),
    ],
)
def test_a_municipality_is_shown_by_the_name_that_people_use(
    site_tree: SiteTree, name: str, aliases: list[str], shown: str
) -> None:
    municipality = MunicipalityFactory(name=name, aliases=aliases)
    PracticePageFactory(parent=MunicipalityPageFactory(municipality=municipality))
    assert municipality.shown_name == shown
    assert practice_cards(public_pages(PracticePage))[0].municipality.name == shown


def test_a_card_tells_what_a_list_shows(site_tree: SiteTree) -> None:
    page = PracticePageFactory(complete=True, is_fictional=True)
    (card,) = practice_cards(public_pages(PracticePage))
    assert card.url == page.url
    assert card.period == "2007–2009"
    assert card.labels == ["Formats 1", "Formats 2"]
    assert card.is_fictional


def test_related_practices_share_most(site_tree: SiteTree) -> None:
    terms = {"target_groups": ["onderwijs"], "radicalisation_types": ["polarisatie"]}
    page, near = PracticePageFactory(terms=terms), PracticePageFactory(terms=terms)
    far = PracticePageFactory(terms={"target_groups": ["onderwijs"]})
    PracticePageFactory(terms={"target_groups": ["jeugdzorg"]})
    PracticePageFactory(terms=terms, draft=True)
    assert [row.pk for row in related_practices(page.pk)] == [near.pk, far.pk]


def test_restrictions_are_looked_up_without_a_join_that_could_begin_with_all_pages() -> None:
    _before, restrictions = str(public_pages(PracticePage).query).split("EXISTS")
    assert "wagtailcore_pageviewrestriction" in restrictions
    assert "JOIN" not in restrictions
