"""Random people do random things: four eyes hold, only what was approved is public, and no comment
is lost.

The model beside the site is kept by hand, from what people did; it asks none of the rules.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count
from typing import Any, ClassVar

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    rule,
    run_state_machine_as_test,
)
from wagtail.actions.copy_page import CopyPageAction
from wagtail.models import Comment, Page

from practices.models import PracticePage, ReviewTaskState
from practices.services.moderation import archive, confirmations, decisions
from practices.services.moderation.permissions import current_review
from practices.services.moderation.versions import fingerprint_of
from tests.practices.services.moderation.conftest import EVERYTHING, World, fresh

OFFICIALS = {"sam": "gouda", "bo": "ede"}
REVIEWERS = ("edith", "ernst", "admin")
EVERYBODY = st.sampled_from([*OFFICIALS, *REVIEWERS])
PAGES = st.integers(0, 2)
TOO_LATE = (decisions.AlreadyDecidedError, decisions.VersionChangedError, PermissionDenied)


@dataclass
class Told:
    """What people did to one practice."""

    pk: int
    place: str
    text: str
    writers: set[str] = field(default_factory=set)
    """Since it was last published."""
    ever: set[str] = field(default_factory=set)
    submitters: set[str] = field(default_factory=set)
    """Of the submission that is not finished."""
    waits: str = ""
    approved: set[str] = field(default_factory=set)
    public: str = ""
    archived: bool = False
    comments: set[str] = field(default_factory=set)
    seen: dict[str, tuple[str, str]] = field(default_factory=dict)
    """The version and the text that a reviewer has on the screen."""


class Walk(RuleBasedStateMachine):
    """One walk; everything is undone at its end."""

    world: ClassVar[World]

    def __init__(self) -> None:
        super().__init__()
        self.block = transaction.atomic()
        self.block.__enter__()
        self.numbers = count(1)
        self.told: list[Told] = []
        for name in ("sam", "bo", "edith"):
            place = OFFICIALS.get(name, "gouda")
            page = self.world.draft(name, parent=getattr(self.world, place), title=f"Begin {name}")
            self.told.append(Told(page.pk, place, page.title, {name}, {name}))

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.block.__exit__(None, None, None)

    def page(self, number: int) -> tuple[Any, Told]:
        told = self.told[number]
        return fresh(Page.objects.get(pk=told.pk)), told

    def may_edit(self, page: Any, name: str) -> bool:
        """As the form of Wagtail finds out before it saves."""
        user = self.world[name]
        lock = page.get_lock()
        return page.permissions_for_user(user).can_edit() and not (lock and lock.for_user(user))

    @contextmanager
    def refused(self) -> Iterator[None]:
        """Something that is always refused, or changes nothing."""
        with suppress(PermissionDenied), transaction.atomic():
            yield

    @rule(number=PAGES, name=EVERYBODY)
    def write(self, number: int, name: str) -> None:
        page, told = self.page(number)
        expected = name in REVIEWERS or (OFFICIALS[name] == told.place and told.waits != "editor")
        assert self.may_edit(page, name) == expected
        if expected:
            text = f"Tekst {next(self.numbers)} van {name}"
            self.world.write(page, name, title=text)
            told.text = text
            told.writers.add(name)
            told.ever.add(name)

    @rule(number=PAGES, name=EVERYBODY)
    def submit(self, number: int, name: str) -> None:
        page, told = self.page(number)
        can = page.permissions_for_user(self.world[name])
        if self.may_edit(page, name) and can.can_submit_for_moderation():
            assert told.waits != "editor"
            assert not told.archived
            if not told.waits:
                told.submitters = set()
            self.world.submit(page, name)
            told.submitters.add(name)
            told.waits = "editor"

    @rule(number=PAGES, name=EVERYBODY)
    def withdraw(self, number: int, name: str) -> None:
        page, told = self.page(number)
        state = page.current_workflow_state
        if state and state.user_can_cancel(self.world[name]):
            state.cancel(user=self.world[name])
            told.waits, told.submitters = "", set()

    @rule(number=PAGES, name=st.sampled_from(REVIEWERS))
    def look(self, number: int, name: str) -> None:
        page, told = self.page(number)
        told.seen[name] = (fingerprint_of(page), told.text)

    @rule(number=PAGES, name=EVERYBODY, looks_again=st.booleans())
    def approve(self, number: int, name: str, looks_again: bool) -> None:
        page, told = self.page(number)
        review = current_review(page)
        assert (review is not None) == (told.waits == "editor")
        if review is None:
            return
        if looks_again:
            self.look(number, name)
        version, text = told.seen.get(name, ("nooit bekeken", ""))
        expected = (
            name in REVIEWERS
            and name not in told.submitters
            and name not in told.writers
            and text == told.text
        )
        done = False
        with suppress(*TOO_LATE), transaction.atomic():
            decisions.approve(
                task_state=review, user=self.world[name], checklist=EVERYTHING, seen=version
            )
            done = True
        assert done == expected
        if done:
            told.approved.add(text)
            told.public, told.waits = text, ""
            told.writers, told.submitters = set(), set()

    @rule(number=PAGES, name=EVERYBODY)
    def ask_for_changes(self, number: int, name: str) -> None:
        page, told = self.page(number)
        review = current_review(page)
        if review is None:
            return
        done = False
        with suppress(*TOO_LATE), transaction.atomic():
            decisions.ask_for_changes(
                task_state=review,
                user=self.world[name],
                checklist={},
                text="Hoe lang?",
                seen=fingerprint_of(page),
            )
            done = True
        assert done == (name in REVIEWERS)
        told.waits = "author" if done else told.waits

    @rule(number=PAGES, name=EVERYBODY)
    def decide_again(self, number: int, name: str) -> None:
        """A decision that was taken, or that was withdrawn, is not taken once more."""
        closed = ReviewTaskState.objects.exclude(status="in_progress").filter(
            workflow_state__object_id=str(self.told[number].pk)
        )
        for review in closed:
            with pytest.raises(TOO_LATE), transaction.atomic():
                decisions.approve(task_state=review, user=self.world[name], checklist=EVERYTHING)

    @rule(number=PAGES, name=EVERYBODY)
    def comment(self, number: int, name: str) -> None:
        page, told = self.page(number)
        if self.may_edit(page, name):
            text = f"Opmerking {next(self.numbers)}"
            latest = page.get_latest_revision_as_object()
            latest.wagtail_admin_comments.add(
                Comment(user=self.world[name], text=text, contentpath="title")
            )
            latest.save_revision(user=self.world[name])
            told.comments.add(text)

    @rule(number=PAGES, name=EVERYBODY, skip=st.booleans())
    def forge_a_publication(self, number: int, name: str, skip: bool) -> None:
        page, _told = self.page(number)
        with self.refused():
            page.get_latest_revision().publish(user=self.world[name], skip_permission_checks=skip)

    @rule(number=PAGES, name=EVERYBODY, action=st.sampled_from(["publish", "unpublish"]))
    def bulk(self, number: int, name: str, action: str) -> None:
        address = f"/beheer/bulk/wagtailcore/page/{action}/?id={self.told[number].pk}"
        response = self.world.client(name).post(address, {"include_descendants": "on"})
        assert response.status_code < 500

    @rule(number=PAGES, name=EVERYBODY)
    def schedule(self, number: int, name: str) -> None:
        page, told = self.page(number)
        if not self.may_edit(page, name):
            return
        latest = page.get_latest_revision_as_object()
        latest.go_live_at = timezone.now() - timedelta(minutes=2)
        past = timezone.now() - timedelta(minutes=1)
        latest.title = told.text = f"Gepland {next(self.numbers)} door {name}"
        latest.save_revision(user=self.world[name], approved_go_live_at=past)
        told.writers.add(name)
        told.ever.add(name)
        call_command("publish_scheduled")

    @rule(number=PAGES, name=EVERYBODY)
    def copy(self, number: int, name: str) -> None:
        page, told = self.page(number)
        slug = f"kopie-{next(self.numbers)}"
        made: Any = None
        with self.refused():
            made = CopyPageAction(
                page, user=self.world[name], keep_live=False, update_attrs={"slug": slug}
            ).execute()
        with self.refused():
            CopyPageAction(page, user=self.world[name], keep_live=True).execute()
        if made:
            assert not fresh(made).live
            who = told.ever | {name}
            text = fresh(made).get_latest_revision_as_object().title
            self.told[2] = Told(made.pk, told.place, text, set(who), who)

    @rule(number=PAGES, name=EVERYBODY, place=st.sampled_from(["gouda", "ede"]))
    def move(self, number: int, name: str, place: str) -> None:
        page, told = self.page(number)
        with self.refused():
            page.move(fresh(getattr(self.world, place)), pos="last-child", user=self.world[name])
            told.place = place

    @rule(number=PAGES, name=EVERYBODY, back=st.booleans())
    def archive(self, number: int, name: str, back: bool) -> None:
        page, told = self.page(number)
        with suppress(PermissionDenied, archive.UnderReviewError), transaction.atomic():
            if back:
                archive.bring_back(page=page, user=self.world[name])
            else:
                archive.retire(page=page, user=self.world[name], reason="Bestaat niet meer.")
                told.waits = ""
            assert name in REVIEWERS
            told.archived = not back

    @rule(number=PAGES)
    def confirm(self, number: int) -> None:
        page, _told = self.page(number)
        if since := confirmations.since_of(page):
            assert confirmations.confirm(page=page, since=since)
            assert not confirmations.confirm(page=page, since=since)

    @invariant()
    def only_what_was_approved_is_public(self) -> None:
        known = {told.pk: told for told in self.told}
        for page in PracticePage.objects.filter(pk__in=known):
            told = known[page.pk]
            assert page.live == bool(told.public)
            if page.live:
                assert page.title == told.public
                assert page.title in told.approved

    @invariant()
    def no_comment_is_lost(self) -> None:
        for told in self.told:
            kept = set(Comment.objects.filter(page=told.pk).values_list("text", flat=True))
            assert kept >= told.comments


def test_random_people_do_random_things(world: World) -> None:
    for name in ("sam", "bo", *REVIEWERS):
        world.client(name)
    Walk.world = world
    run_state_machine_as_test(
        Walk,
        settings=settings(
            max_examples=8,
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
