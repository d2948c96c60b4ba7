"""Until it is final everything can be put back, and what was made since is kept."""

from typing import Any

import pytest
from django.test import Client

from practices.models import (
    Municipality,
    MunicipalityGroup,
    MunicipalityPage,
    PracticePage,
    ReorganisationState,
)
from practices.services.people.selectors import municipalities_of
from practices.services.reorganisation import steps
from practices.services.reorganisation.preview import undo_preview
from tests.factories import MunicipalityFactory, PracticePageFactory
from tests.practices.services.moderation.conftest import World, fresh
from tests.practices.services.reorganisation.conftest import document, merge, rows, undo


@pytest.fixture
def full(world: World, zwolle: MunicipalityPage) -> World:
    """Two municipalities with everything that a reorganisation touches."""
    gouda, ede = world.gouda.municipality, world.ede.municipality
    gouda.neighbours.set([ede, MunicipalityFactory(), zwolle.municipality])
    PracticePageFactory(parent=zwolle, slug="samen")
    world.submitted(slug="samen")
    world.published(slug="samen-2")
    world.draft("bo", parent=world.ede, slug="samen")
    both = world.published("bo", slug="los")
    for partners in ([gouda], [gouda, ede], [zwolle.municipality, gouda]):
        both.partner_municipalities = partners
        both.save()
        both.save_revision()
    for place in (gouda, ede):
        document(place)
    world["kim"].groups.add(MunicipalityGroup.objects.get(municipality=ede).group)
    return world


@pytest.mark.parametrize("is_made", [True, False])
def test_undoing_puts_everything_back_exactly(
    full: World, zwolle: MunicipalityPage, is_made: bool
) -> None:
    before = rows()
    old = [full.gouda.municipality, full.ede.municipality]
    new: Any = {"name": "Nieuwstad", "code": "GM9999", "slug": "nieuwstad"}
    row = merge(full, old, **new) if is_made else merge(full, old, zwolle.municipality)
    assert rows() != before
    undo(full, row)
    after = rows()
    for name, value in before.items():
        assert after[name] == value, name
    assert after.keys() == before.keys()
    row.refresh_from_db()
    assert row.state == ReorganisationState.UNDONE


def test_what_was_made_since_stays_and_the_preview_says_so(full: World) -> None:
    old = [full.gouda.municipality, full.ede.municipality]
    row = merge(full, old, name="Nieuwstad", code="GM9999", slug="nieuwstad")
    page = MunicipalityPage.objects.get(municipality=row.new)
    made = full.draft("sam", parent=page, title="Nieuw werk")
    told = undo_preview(row)
    assert told.stay == ["Nieuw werk"]
    assert not told.is_new_removed
    undo(full, row)
    assert fresh(made).get_parent().pk == page.pk
    assert [one.pk for one in page.get_children()] == [made.pk]
    assert Client().get("/gemeenten/nieuwstad/").status_code == 200


def test_the_preview_says_what_goes_back(full: World, zwolle: MunicipalityPage) -> None:
    addresses = {page.get_url() for page in PracticePage.objects.child_of(full.gouda)}
    row = merge(full, [full.gouda.municipality], zwolle.municipality)
    told = undo_preview(row)
    assert {line.new_address for line in told.practices} == addresses
    assert {person.username for person in told.officials} == {"sam", "kim"}
    undo(full, row)
    assert {page.get_url() for page in PracticePage.objects.child_of(full.gouda)} == addresses


def test_what_was_written_since_in_a_moved_practice_is_kept(
    full: World, zwolle: MunicipalityPage
) -> None:
    practice = PracticePage.objects.child_of(full.gouda).get(slug="samen-2")
    row = merge(full, [full.gouda.municipality], zwolle.municipality)
    full.write(practice, "sam", title="Nieuwe titel")
    undo(full, row)
    draft = fresh(practice).get_latest_revision_as_object()
    assert (draft.title, draft.slug) == ("Nieuwe titel", "samen-2")
    assert draft.municipality == full.gouda.municipality


def test_a_version_written_since_names_the_old_partners_again(
    full: World, zwolle: MunicipalityPage
) -> None:
    practice = full.published("bo", parent=full.ede)
    practice.partner_municipalities = [full.gouda.municipality]
    practice.save()
    practice.save_revision()
    row = merge(full, [full.gouda.municipality], zwolle.municipality)
    full.write(practice, "bo", summary="Anders.")
    undo(full, row)
    draft = fresh(practice).get_latest_revision_as_object()
    assert draft.summary == "Anders."
    assert list(draft.partner_municipalities.all()) == [full.gouda.municipality]


def test_an_official_who_was_taken_from_the_new_one_since_does_not_come_back(
    world: World, zwolle: MunicipalityPage
) -> None:
    row = merge(world, [world.gouda.municipality], zwolle.municipality)
    group = MunicipalityGroup.objects.get(municipality=zwolle.municipality).group
    world["kim"].groups.remove(group)
    undo(world, row)
    assert list(municipalities_of(world["sam"])) == [world.gouda.municipality]
    assert not municipalities_of(world["kim"]).exists()


def test_what_is_final_is_not_undone(world: World) -> None:
    row = merge(world, [world.gouda.municipality], world.ede.municipality)
    steps.confirm(reorganisation=row.pk, by=world["edith"])
    before = rows()
    with pytest.raises(steps.NotPossibleError, match="definitief"):
        undo(world, row)
    assert rows() == before
    assert not MunicipalityGroup.objects.filter(municipality=world.gouda.municipality).exists()
    assert Municipality.objects.filter(pk=world.gouda.municipality.pk).exists()


def test_what_another_went_on_from_is_undone_after_it(
    world: World, zwolle: MunicipalityPage
) -> None:
    practice = world.published()
    before = rows()
    first = merge(world, [world.gouda.municipality], world.ede.municipality)
    second = merge(world, [world.ede.municipality], zwolle.municipality)
    with pytest.raises(steps.NotPossibleError, match="eerst"):
        undo(world, first)
    undo(world, second)
    assert fresh(practice).municipality == world.ede.municipality
    undo(world, first)
    assert fresh(practice).municipality == world.gouda.municipality
    assert rows()["groups"] == before["groups"]
    assert rows()["PracticePage"] == before["PracticePage"]


def test_what_is_undone_can_be_done_again(world: World) -> None:
    practice = world.published()
    row = merge(world, [world.gouda.municipality], world.ede.municipality)
    undo(world, row)
    with pytest.raises(steps.NotPossibleError):
        undo(world, row)
    merge(world, [world.gouda.municipality], world.ede.municipality)
    assert fresh(practice).municipality == world.ede.municipality
