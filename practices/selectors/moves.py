"""Where municipalities and practices are now that a reorganisation moved."""

from django.db.models import Q

from practices.models import (
    IN_FORCE,
    Municipality,
    PracticeMove,
    PracticePage,
    Reorganisation,
    ReorganisationState,
)
from practices.selectors.public import public_pages

UNDONE = ReorganisationState.UNDONE


def slugs_now(*, municipality: str, practice: str = "") -> dict[str, str] | None:
    """The present slugs of an address that is gone; None if it never was, or is not public."""
    if practice:
        page = practice_moved_from(municipality=municipality, practice=practice)
        return page and {"municipality": page.municipality.slug, "practice": page.slug}
    found = municipality_moved_from(slug=municipality)
    return {"municipality": found.slug} if found else None


def practice_moved_from(*, municipality: str, practice: str) -> PracticePage | None:
    """The public practice that once stood at an address; the latest that a reorganisation moved.

    A draft is not found: its address was never anybody's.
    """
    merged = Q(
        reorganisation__state__in=IN_FORCE, old_municipality__slug=municipality, old_slug=practice
    )
    put_back = Q(reorganisation__state=UNDONE, new_slug=practice) & (
        Q(reorganisation__new__slug=municipality) | Q(reorganisation__new_slug=municipality)
    )
    move = (
        PracticeMove.objects.filter(merged | put_back, page__in=public_pages(PracticePage))
        .select_related("page__municipality")
        .order_by("-reorganisation__carried_out_at", "-pk")
        .first()
    )
    return move.page if move else None


def municipality_moved_from(*, slug: str) -> Municipality | None:
    """The municipality of which another, or one undone, is part now."""
    old = Municipality.objects.filter(slug=slug).exclude(merged_into=None).first()
    if old is None:
        undone = Reorganisation.objects.filter(state=UNDONE, new=None, new_slug=slug).last()
        old = undone.old.order_by("-inhabitants").first() if undone else None
    return old.current if old else None
