from datetime import datetime, timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Comment

from practices.models import ReviewTaskState, Term
from practices.services.moderation import decisions, selectors
from practices.services.moderation.states import PracticeState
from tests.practices.services.moderation.conftest import World, review_of

QUEUE = reverse("practices_queue")


def submitted_at(page: Any, moment: datetime) -> None:
    ReviewTaskState.objects.filter(pk=review_of(page).pk).update(started_at=moment)


def titles(response: Any) -> list[str]:
    return [entry.title for entry in response.context["entries"]]


def test_the_oldest_stands_first_with_how_long_it_waits(world: World) -> None:
    new, old = world.submitted(title="Nieuw"), world.submitted(title="Oud")
    submitted_at(old, timezone.now() - timedelta(days=30))
    response = world.client("edith").get(QUEUE)
    assert titles(response) == ["Oud", "Nieuw"]
    first, second = response.context["entries"]
    assert first.is_overdue
    assert not second.is_overdue
    body = response.content.decode()
    assert body.count("te laat</strong>") >= 1
    assert "Sam" in body
    assert new.municipality.name in body


def test_what_was_decided_or_withdrawn_leaves_the_queue(world: World) -> None:
    world.published()
    withdrawn = world.submitted()
    withdrawn.current_workflow_state.cancel(user=world["sam"])
    assert titles(world.client("edith").get(QUEUE)) == []


def test_what_waits_for_its_author_is_another_state(world: World) -> None:
    page = world.submitted(title="Terug")
    decisions.ask_for_changes(
        task_state=review_of(page), user=world["edith"], checklist={}, text="Hoe lang?"
    )
    client = world.client("edith")
    assert titles(client.get(QUEUE)) == []
    asked = PracticeState.CHANGES_ASKED.value
    assert titles(client.get(QUEUE, {"toestand": asked})) == ["Terug"]


def test_choices_narrow_the_queue(world: World) -> None:
    ours = world.submitted(title="Gouda", terms={"formats": ["training"]})
    world.submitted("bo", title="Ede", parent=world.ede)
    client = world.client("edith")
    slug = ours.municipality.slug
    assert titles(client.get(QUEUE, {"gemeente": slug})) == ["Gouda"]
    assert titles(client.get(QUEUE, {"vorm": "formats-1"})) == ["Gouda", "Ede"]
    assert titles(client.get(QUEUE, {"vorm": "onbekend"})) == []
    client.post(reverse("practices_review_take", args=[review_of(ours).pk]))
    assert titles(client.get(QUEUE, {"wie": "ik"})) == ["Gouda"]
    assert titles(client.get(QUEUE, {"wie": "niemand"})) == ["Ede"]
    assert titles(world.client("ernst").get(QUEUE, {"wie": "ik"})) == []


def test_a_choice_that_was_merged_leads_to_what_it_is_now(world: World) -> None:
    world.submitted()
    term = Term.objects.get(slug="formats-1")
    term.slug = "cursus"
    term.save()
    response = world.client("edith").get(QUEUE, {"vorm": "formats-1", "wie": "niemand"})
    assert response["Location"] == f"{QUEUE}?vorm=cursus&wie=niemand"
    refusal = world.client("sam").get(QUEUE, {"vorm": "formats-1"})
    assert "cursus" not in refusal["Location"]


def test_one_editor_takes_it_up_and_another_is_told(world: World) -> None:
    page = world.submitted()
    key = review_of(page).pk
    address = reverse("practices_review_take", args=[key])
    world.client("edith").post(address)
    response = world.client("ernst").post(address, follow=True)
    assert "Edith is er al mee bezig." in response.content.decode()
    assert ReviewTaskState.objects.get(pk=key).taken_by == world["edith"]
    # Who saw that Edith is on it, may take over.
    world.client("ernst").post(address, {"van": world["edith"].pk})
    assert ReviewTaskState.objects.get(pk=key).taken_by == world["ernst"]
    world.client("edith").post(reverse("practices_review_give_back", args=[key]))
    assert ReviewTaskState.objects.get(pk=key).taken_by == world["ernst"]
    world.client("ernst").post(reverse("practices_review_give_back", args=[key]))
    assert ReviewTaskState.objects.get(pk=key).taken_by is None


@pytest.mark.parametrize("name", ["practices_review_take", "practices_review_give_back"])
def test_taking_up_is_a_post_by_an_editor(world: World, name: str) -> None:
    page = world.submitted()
    address = reverse(name, args=[review_of(page).pk])
    assert world.client("edith").get(address).status_code == 405
    world.client("sam").post(address)
    assert ReviewTaskState.objects.get(pk=review_of(page).pk).taken_by is None


def test_the_way_back_stays_on_the_site(world: World) -> None:
    page = world.submitted()
    address = reverse("practices_review_take", args=[review_of(page).pk])
    response = world.client("edith").post(address, {"terug": "https://elders.example/"})
    assert response["Location"] == QUEUE


def test_the_menu_shows_editors_how_much_waits(world: World) -> None:
    world.submitted()
    home = reverse("wagtailadmin_home")
    assert "Te beoordelen (1)" in world.client("edith").get(home).content.decode()
    assert "Te beoordelen" not in world.client("sam").get(home).content.decode()


def test_the_number_of_queries_does_not_grow(
    world: World, django_assert_max_num_queries: Any
) -> None:
    for number in range(12):
        world.submitted(title=f"Praktijk {number}")
    selectors.queue()
    with django_assert_max_num_queries(6):
        entries = selectors.queue()
    assert len(entries) == 12
    client = world.client("edith")
    client.get(QUEUE)
    with django_assert_max_num_queries(25):
        client.get(QUEUE)


def test_a_comment_is_counted_until_it_is_resolved(world: World) -> None:
    page = world.submitted()
    Comment(page=page, user=world["edith"], text="Hoe lang?", contentpath="duration").save()
    assert selectors.queue()[0].comments == 1
    response = world.client("edith").get(reverse("practices_review", args=[review_of(page).pk]))
    assert "Hoe lang?" in response.content.decode()


def test_an_update_can_be_compared_with_what_is_public(world: World) -> None:
    page = world.published(title="Eerst")
    page = world.submit(world.write(page, "sam", title="Daarna"))
    response = world.client("edith").get(QUEUE)
    (entry,) = response.context["entries"]
    assert entry.title == "Daarna"
    compare = reverse(
        "wagtailadmin_pages:revisions_compare", args=[page.pk, "live", entry.revision_id]
    )
    assert compare in response.content.decode()
    shown = world.client("edith").get(compare).content.decode()
    assert "Eerst" in shown
    assert "Daarna" in shown
