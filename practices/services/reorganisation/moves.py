"""Practices move below another municipality, with slugs that are free there; and back."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.apps import apps
from django.contrib.auth.models import User
from django.db.models import Max
from wagtail.actions.move_page import MovePageAction
from wagtail.log_actions import log
from wagtail.models import Page, Revision

from practices.models import Municipality, MunicipalityPage, PracticeMove, PracticePage
from practices.models import Reorganisation as Row
from practices.services.reorganisation.revisions import rewrite
from practices.services.reorganisation.selectors import page_of, practices_below

LONGEST = 250
"""Of a slug, so that a number fits behind it."""

REDIRECT = "wagtailredirects.Redirect"
"""Wagtail's, where a site has that app."""


@dataclass(frozen=True)
class PlannedMove:
    """A practice that will move, and the slug that it gets."""

    page: PracticePage
    old: Municipality
    slug: str

    @property
    def is_renamed(self) -> bool:
        """Whether its slug was taken."""
        return self.slug != self.page.slug


def plan(old: Iterable[Municipality], new: Municipality | None) -> list[PlannedMove]:
    """What moves, in the order in which it does; nothing is written."""
    target = page_of(new)
    taken = set(practices_below(target).values_list("slug", flat=True)) if target else set()
    planned = []
    for municipality in old:
        page = page_of(municipality)
        for practice in practices_below(page) if page else ():
            slug = _free(practice.slug, taken, practice)
            taken.add(slug)
            planned.append(PlannedMove(practice, municipality, slug))
    return planned


def plan_back(row: Row) -> list[PlannedMove]:
    """What goes back if the reorganisation is undone: what is still below the new municipality.

    A slug that its author changed meanwhile stays.
    """
    target = page_of(row.new)
    planned, taken = [], set[tuple[int, str]]()
    moves = row.moves.select_related("page", "old_municipality").order_by("pk")
    for move in moves if target else ():
        if not move.page.is_child_of(target):
            continue
        slug = move.old_slug if move.page.slug == move.new_slug else move.page.slug
        used = {name for place, name in taken if place == move.old_municipality_id}
        slug = _free(slug, used, move.page)
        taken.add((move.old_municipality_id, slug))
        planned.append(PlannedMove(move.page, move.old_municipality, slug))
    return planned


def move_all(*, row: Row, old: Sequence[Municipality], user: User | None) -> None:
    """Move everything below the new municipality, and take the pages of the old from the site."""
    planned = plan(old, row.new)
    target = page_of(row.new)
    row.kept["below"] = list(practices_below(target).values_list("pk", flat=True)) if target else []
    _move(planned, {one.pk: row.new for one in old if row.new}, user)
    PracticeMove.objects.bulk_create(
        PracticeMove(
            reorganisation=row,
            page=move.page,
            old_municipality=move.old,
            old_slug=move.page.slug,
            new_slug=move.slug,
        )
        for move in planned
    )
    pages = MunicipalityPage.objects.filter(municipality__in=old, live=True)
    row.kept["live"] = list(pages.order_by("pk").values_list("pk", flat=True))
    _show(row.kept["live"], live=False, user=user)


def move_all_back(*, row: Row, user: User | None) -> None:
    """Put everything back that is still below the new municipality."""
    planned = plan_back(row)
    _show(row.kept["live"], live=True, user=user)
    _move(planned, {move.old.pk: move.old for move in planned}, user)


def _free(slug: str, taken: Iterable[str], page: Page) -> str:
    """The slug, or the first with a number that is free and was never this page's."""
    if slug not in taken:
        return slug
    used = set(taken)
    used.update(
        Revision.objects.for_instance(page)
        .order_by()
        .values_list("content__slug", flat=True)
        .distinct()
    )
    number = 2
    while f"{slug[:LONGEST]}-{number}" in used:
        number += 1
    return f"{slug[:LONGEST]}-{number}"


def _move(planned: Iterable[PlannedMove], to: dict[int, Municipality], user: User | None) -> None:
    """Move practices; `to` says by an old municipality's key where."""
    before = _newest_redirect()
    pages = []
    for move in planned:
        # Read anew each time: a move changes paths and numbers of children.
        page = Page.objects.get(pk=move.page.pk)
        if move.is_renamed:
            rewrite(Revision.objects.for_instance(page), "slug", {page.slug: move.slug})
            Page.objects.filter(pk=page.pk).update(slug=move.slug)
            page = Page.objects.get(pk=page.pk)
        target = MunicipalityPage.objects.get(municipality=to[move.old.pk])
        # Nobody may move what somebody else wrote; a reorganisation may.
        action = MovePageAction(page, target, pos="last-child", user=user)
        action.execute(skip_permission_checks=True)
        pages.append(page.pk)
    _forget_redirects(pages, since=before)


def _show(pages: Sequence[int], *, live: bool, user: User | None) -> None:
    MunicipalityPage.objects.filter(pk__in=pages).update(live=live)
    for page in MunicipalityPage.objects.filter(pk__in=pages):
        log(instance=page, action="wagtail.publish" if live else "wagtail.unpublish", user=user)


def _newest_redirect() -> int:
    if not apps.is_installed("wagtail.contrib.redirects"):
        return 0
    newest: int | None = apps.get_model(REDIRECT).objects.aggregate(newest=Max("pk"))["newest"]
    return newest or 0


def _forget_redirects(pages: Sequence[int], *, since: int) -> None:
    """Remove the redirects that Wagtail made for these moves; ours know what is public.

    Wagtail's would tell everybody that there is a draft of a certain name.
    """
    if apps.is_installed("wagtail.contrib.redirects"):
        made = apps.get_model(REDIRECT).objects.filter(pk__gt=since, automatically_created=True)
        made.filter(redirect_page__in=pages).delete()
