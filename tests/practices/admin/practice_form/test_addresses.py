"""The address of a practice that is being written."""

import pytest
from django.urls import reverse

from practices.models import PracticePage
from tests.practices.services.moderation.conftest import World, edit_url, fields_of

pytestmark = pytest.mark.django_db


def add(world: World, slug: str) -> list[str]:
    address = reverse("wagtailadmin_pages:add", args=["practices", "practicepage", world.gouda.pk])
    client = world.client("sam")
    data = fields_of(client.get(address)) | {"title": "Samen aan tafel", "slug": slug}
    client.post(address, data)
    return list(PracticePage.objects.order_by("pk").values_list("slug", flat=True))


@pytest.mark.parametrize("slug", ["samen-aan-tafel", ""])
def test_two_practices_may_have_one_title(world: World, slug: str) -> None:
    add(world, slug)
    add(world, slug)
    numbered = ["samen-aan-tafel", "samen-aan-tafel-2", "samen-aan-tafel-3"]
    assert add(world, slug) == numbered


def test_an_address_that_somebody_typed_is_not_changed_but_refused(world: World) -> None:
    add(world, "aan-tafel")
    assert add(world, "aan-tafel") == ["aan-tafel"]


def test_a_practice_keeps_its_number_when_it_is_saved_again(world: World) -> None:
    add(world, "samen-aan-tafel")
    add(world, "samen-aan-tafel")
    page = PracticePage.objects.get(slug="samen-aan-tafel-2")
    client = world.client("sam")
    data = fields_of(client.get(edit_url(page)))
    assert data["slug"] == ["samen-aan-tafel-2"]
    # As the form that made it still has it, without having been loaded again.
    assert client.post(edit_url(page), data | {"slug": "samen-aan-tafel"}).status_code == 302
    page = page.get_latest_revision_as_object()
    assert page.slug == "samen-aan-tafel-2"
