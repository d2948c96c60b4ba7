"""Municipalities go into another one, with everything that is theirs."""

from typing import Any

import pytest
from django.test import Client
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import PageViewRestriction, Revision

from practices.models import (
    Municipality,
    MunicipalityGroup,
    MunicipalityPage,
    PracticePage,
    Reorganisation,
)
from practices.services.moderation.permissions import current_review
from practices.services.people.accounts import set_municipalities
from practices.services.people.selectors import municipalities_of
from practices.services.record import ensure_municipality_page
from practices.services.reorganisation import steps
from practices.services.reorganisation.preview import preview
from tests.factories import MunicipalityFactory, PracticePageFactory
from tests.practices.services.moderation.conftest import World, fresh, review_of
from tests.practices.services.reorganisation.conftest import (
    TODAY,
    document,
    merge,
    slugs_of_revisions,
)


def test_practices_in_every_state_stand_below_the_new_municipality(world: World) -> None:
    practices = [world.published(), world.submitted(), world.draft()]
    merge(world, [world.gouda.municipality], world.ede.municipality)
    for practice in map(fresh, practices):
        assert practice.get_parent().pk == world.ede.pk
        assert practice.municipality == world.ede.municipality
    assert not MunicipalityPage.objects.get(pk=world.gouda.pk).get_children().exists()


def test_no_practice_is_lost_when_several_merge_and_slugs_are_equal(
    world: World, zwolle: MunicipalityPage
) -> None:
    for parent in (world.gouda, world.ede, zwolle):
        for slug in ("samen", "samen-2", f"alleen-{parent.pk}"):
            PracticePageFactory(parent=parent, slug=slug)
    before = set(PracticePage.objects.values_list("pk", flat=True))
    merge(world, [world.gouda.municipality, zwolle.municipality], world.ede.municipality)
    pages = PracticePage.objects.child_of(world.ede)
    assert (
        {page.pk for page in pages}
        == before
        == set(PracticePage.objects.values_list("pk", flat=True))
    )
    assert len({page.slug for page in pages}) == 9
    for page in pages:
        assert Client().get(page.url).status_code == 200


def test_the_preview_tells_what_then_happens(world: World) -> None:
    PracticePageFactory(parent=world.ede, slug="samen")
    world.published(slug="samen")
    world.draft(slug="los")
    row = steps.prepare(
        old=[world.gouda.municipality], new=world.ede.municipality, takes_effect_on=TODAY,
        by=world["edith"],
    )  # fmt: skip
    told = preview(row)
    assert told.renamed == 1
    assert [one.officials for one in told.belongings] == [[world["sam"], world["kim"]]]
    steps.carry_out(reorganisation=row.pk, by=world["edith"])
    moved = PracticePage.objects.filter(slug__in=["samen-2", "los"])
    assert {line.new_address for line in told.practices} == {page.get_url() for page in moved}


def test_a_new_municipality_is_made_with_a_page_group_and_collection(world: World) -> None:
    old = [world.gouda.municipality, world.ede.municipality]
    practice = world.published()
    row = merge(world, old, name="Nieuwstad", code="GM9999", slug="nieuwstad")
    assert row.new is not None
    assert row.new.inhabitants == 150_000
    assert fresh(practice).url == f"/gemeenten/nieuwstad/{practice.slug}/"
    assert Client().get("/gemeenten/nieuwstad/").status_code == 200
    people = MunicipalityGroup.objects.get(municipality=row.new).group.user_set
    assert set(people.values_list("username", flat=True)) == {"sam", "kim", "bo"}


def test_an_official_of_the_old_one_edits_the_moved_page_and_others_get_no_more(
    world: World, zwolle: MunicipalityPage
) -> None:
    practice, draft = world.published(), world.draft()
    secret = world.draft("bo", parent=world.ede)
    merge(world, [world.gouda.municipality], zwolle.municipality)
    for page in (practice, draft):
        assert fresh(page).permissions_for_user(world["sam"]).can_edit()
        assert not fresh(page).permissions_for_user(world["bo"]).can_edit()
        assert not fresh(page).permissions_for_user(world["sam"]).can_publish()
    assert not fresh(secret).permissions_for_user(world["sam"]).can_edit()
    assert list(municipalities_of(world["sam"])) == [zwolle.municipality]
    assert list(municipalities_of(world["bo"])) == [world.ede.municipality]
    assert world.client("sam").get(f"/beheer/pages/{draft.pk}/edit/").status_code == 200


@pytest.mark.parametrize("who", ["sam", "edith", "admin"])
def test_nothing_can_be_made_or_published_under_the_old_municipality_any_more(
    world: World, who: str
) -> None:
    revision = world.gouda.save_revision()
    merge(world, [world.gouda.municipality], world.ede.municipality)
    tester = fresh(world.gouda).permissions_for_user(world[who])
    allowed = ("can_add_subpage", "can_edit", "can_publish", "can_delete")
    assert [name for name in allowed if getattr(tester, name)()] == []
    Revision.objects.get(pk=revision.pk).publish()
    assert not fresh(world.gouda).live


def test_files_and_those_in_collections_below_go_to_the_new_collection(world: World) -> None:
    own = document(world.gouda.municipality)
    below = document(world.gouda.municipality, "lager")
    below.collection = below.collection.add_child(name="Onderop")
    below.save()
    merge(world, [world.gouda.municipality], world.ede.municipality)
    target = MunicipalityGroup.objects.get(municipality=world.ede.municipality).collection
    for file in (own, below):
        file.refresh_from_db()
        assert file.collection == target


def test_a_submission_survives_and_is_published_below_the_new_municipality(world: World) -> None:
    PracticePageFactory(parent=world.ede, slug="samen")
    practice = world.submitted(slug="samen", title="Samen")
    merge(world, [world.gouda.municipality], world.ede.municipality)
    assert current_review(fresh(practice)) == review_of(practice)
    world.approve(practice)
    practice = fresh(practice)
    assert practice.live
    assert practice.municipality == world.ede.municipality
    assert practice.get_parent().pk == world.ede.pk
    assert practice.url == f"/gemeenten/{world.ede.slug}/samen-2/"


def test_an_old_version_published_later_does_not_bring_the_old_municipality_back(
    world: World, zwolle: MunicipalityPage
) -> None:
    PracticePageFactory(parent=world.ede, slug="samen")
    practice = world.draft(slug="samen", partner_municipalities=[])
    practice.partner_municipalities = [world.gouda.municipality, zwolle.municipality]
    revision = practice.save_revision(user=world["sam"])
    merge(world, [world.gouda.municipality], world.ede.municipality)
    merge(world, [zwolle.municipality], world.ede.municipality)
    revision.refresh_from_db()
    assert revision.as_object().municipality == world.ede.municipality
    revision.publish()
    practice = fresh(practice)
    assert practice.municipality == world.ede.municipality
    assert (practice.slug, practice.url_path) == (
        "samen-2", f"{world.ede.url_path}samen-2/",
    )  # fmt: skip
    # Nobody is the own partner.
    assert not practice.partner_municipalities.exists()


def test_saving_what_is_under_review_again_counts_as_no_writing(world: World) -> None:
    PracticePageFactory(parent=world.ede, slug="samen")
    practice = world.submitted(slug="samen")
    merge(world, [world.gouda.municipality], world.ede.municipality)
    assert slugs_of_revisions(practice) == ["samen-2"]
    world.write(practice, "edith")
    world.approve(practice)
    assert fresh(practice).live


def test_partners_and_neighbours_become_the_new_municipality(
    world: World, zwolle: MunicipalityPage
) -> None:
    gouda, ede = world.gouda.municipality, world.ede.municipality
    apart = MunicipalityFactory()
    gouda.neighbours.set([apart, ede])
    practice = world.published("bo", parent=world.ede)
    practice.partner_municipalities = [gouda]
    practice.save()
    practice.save_revision()
    merge(world, [gouda], zwolle.municipality)
    practice = fresh(practice)
    assert list(practice.partner_municipalities.all()) == [zwolle.municipality]
    draft = practice.get_latest_revision_as_object()
    assert list(draft.partner_municipalities.all()) == [zwolle.municipality]
    assert set(zwolle.municipality.neighbours.all()) == {apart, ede}
    assert list(apart.neighbours.all()) == [zwolle.municipality]


def test_who_is_given_the_old_municipality_later_gets_the_new_one(world: World) -> None:
    gouda, ede = world.gouda.municipality, world.ede.municipality
    merge(world, [gouda], ede)
    gouda.refresh_from_db()
    assert ensure_municipality_page(municipality=gouda) == world.ede
    set_municipalities(person=world["kim"], municipalities=[gouda])
    assert list(municipalities_of(world["kim"])) == [ede]


def restrict_page(world: World) -> None:
    PageViewRestriction.objects.create(page=world.gouda, restriction_type="login")


def retire_already(world: World) -> None:
    place = MunicipalityFactory(name="Elders")
    Municipality.objects.filter(pk=world.gouda.municipality.pk).update(merged_into=place)


def submit_page(world: World) -> None:
    world.gouda.save_revision()
    world.gouda.get_workflow().start(fresh(world.gouda), world["sam"])


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (restrict_page, "niet voor iedereen open"),
        (retire_already, "bestaat niet meer"),
        (submit_page, "zelf ligt nog ter beoordeling"),
    ],
)
def test_what_stands_in_the_way_is_said_and_nothing_happens(
    world: World, change: Any, said: str
) -> None:
    practice = world.published()
    change(world)
    with pytest.raises(steps.NotPossibleError, match=said):
        merge(world, [world.gouda.municipality], world.ede.municipality)
    assert fresh(practice).get_parent().pk == world.gouda.pk


def test_it_waits_for_its_date_and_is_then_carried_out_by_itself(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    practice = world.published()
    row = steps.prepare(
        old=[world.gouda.municipality], new=world.ede.municipality,
        takes_effect_on=TODAY.replace(year=2999), by=world["edith"],
    )  # fmt: skip
    with pytest.raises(steps.NotPossibleError):
        steps.carry_out(reorganisation=row.pk, by=world["edith"])
    assert steps.carry_out_due() == 0
    Reorganisation.objects.update(takes_effect_on=TODAY)
    assert steps.carry_out_due() == 1
    assert steps.carry_out_due() == 0
    assert fresh(practice).municipality == world.ede.municipality


def test_it_is_carried_out_once(world: World) -> None:
    row = merge(world, [world.gouda.municipality], world.ede.municipality)
    with pytest.raises(steps.NotPossibleError):
        steps.carry_out(reorganisation=row.pk, by=world["edith"])


def test_a_draft_leaves_no_redirect_that_would_tell_of_it(world: World) -> None:
    draft = world.draft(slug="geheim")
    merge(world, [world.gouda.municipality], world.ede.municipality)
    assert not Redirect.objects.filter(redirect_page=draft.pk).exists()
    assert Client().get(f"/gemeenten/{world.gouda.slug}/geheim/").status_code == 404
