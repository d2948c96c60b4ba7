from datetime import timedelta
from typing import Any

import pytest

from practices.services.moderation import archive, decisions
from practices.services.moderation.due import due_on
from practices.services.moderation.states import (
    ALWAYS_PUBLIC,
    IN_REVIEW,
    WAITS_FOR_AUTHOR,
    WAITS_FOR_EDITOR,
    PracticeState,
    state_from,
    states_of,
)
from tests.practices.services.moderation.conftest import World, review_of


def test_the_states_of_many_pages_come_in_one_query(
    world: World, django_assert_max_num_queries: Any
) -> None:
    draft, submitted, public = world.draft(), world.submitted(), world.published()
    newer = world.write(world.published(), "sam", title="Nieuwer")
    update = world.submit(world.write(world.published(), "sam", title="Nieuwer"))
    asked, retired = world.submitted(), world.published()
    decisions.ask_for_changes(
        task_state=review_of(asked), user=world["edith"], checklist={}, text="Hoe lang?"
    )
    archive.retire(page=retired, user=world["edith"], reason="Bestaat niet meer.")
    expected = {
        draft: PracticeState.DRAFT,
        submitted: PracticeState.SUBMITTED,
        public: PracticeState.PUBLISHED,
        newer: PracticeState.PUBLISHED_WITH_DRAFT,
        update: PracticeState.SUBMITTED,
        asked: PracticeState.CHANGES_ASKED,
        retired: PracticeState.RETIRED,
    }
    states_of([draft.pk])
    with django_assert_max_num_queries(1):
        found = states_of([page.pk for page in expected])
    assert found == {page.pk: state for page, state in expected.items()}


def test_a_practice_is_due_two_years_after_publication(world: World) -> None:
    page = world.published()
    day = due_on(page.last_published_at)
    assert states_of([page.pk], now=day)[page.pk] == PracticeState.REVIEW_DUE
    before = day - timedelta(seconds=1)
    assert states_of([page.pk], now=before)[page.pk] == PracticeState.PUBLISHED


@pytest.mark.parametrize("live", [True, False])
@pytest.mark.parametrize("review", [None, "in_progress", "needs_changes"])
@pytest.mark.parametrize("retired", [True, False])
@pytest.mark.parametrize("due", [True, False])
def test_what_visitors_cannot_read_is_never_in_a_public_state(
    live: bool, review: str | None, retired: bool, due: bool
) -> None:
    state = state_from(live=live, changed=True, retired=retired, review=review, due=due)
    assert (state in ALWAYS_PUBLIC) <= live
    assert (state in IN_REVIEW) <= (review is not None)


def test_every_state_is_in_a_group() -> None:
    grouped = IN_REVIEW | WAITS_FOR_AUTHOR | WAITS_FOR_EDITOR | ALWAYS_PUBLIC
    assert grouped == set(PracticeState)
