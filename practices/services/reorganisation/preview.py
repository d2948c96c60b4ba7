"""What carrying out or undoing a reorganisation will do, before anything is done."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db.models import Q

from practices.addresses import municipality_address, practice_address
from practices.models import Invitation, Reorganisation
from practices.services.reorganisation.belongings import (
    Belongings,
    belongings_of,
    has_new_files,
    newcomers,
    returning,
)
from practices.services.reorganisation.moves import PlannedMove, plan, plan_back
from practices.services.reorganisation.relations import count_partners, is_named_since
from practices.services.reorganisation.selectors import (
    old_of,
    page_of,
    practices_below,
    problems,
    reasons_not_to_undo,
)


@dataclass(frozen=True)
class Line:
    """One practice that moves, with both addresses."""

    title: str
    is_public: bool
    old_address: str
    new_address: str
    is_renamed: bool


@dataclass(frozen=True)
class Preview:
    """What carrying out will do."""

    problems: Sequence[str]
    practices: Sequence[Line]
    belongings: Sequence[Belongings]
    addresses: Sequence[tuple[str, str]]
    """Of the pages of the old municipalities, with where these lead."""
    partners: int
    """How many practices name an old municipality as their partner."""

    @property
    def renamed(self) -> int:
        """How many practices get another slug."""
        return sum(line.is_renamed for line in self.practices)


@dataclass(frozen=True)
class UndoPreview:
    """What undoing will do."""

    problems: Sequence[str]
    practices: Sequence[Line]
    officials: Sequence[User]
    stay: Sequence[str]
    """Titles of practices that were made for the new municipality since."""
    newcomers: Sequence[User]
    is_new_removed: bool
    """Whether the new municipality itself goes."""


def preview(row: Reorganisation) -> Preview:
    """What carrying out will do, as things are now."""
    old = old_of(row)
    slug = row.new.slug if row.new else row.new_slug
    return Preview(
        problems=problems(row),
        practices=[_line(move, move.old.slug, slug) for move in plan(old, row.new)],
        belongings=[belongings_of(one) for one in old],
        addresses=[
            (municipality_address(one.slug), municipality_address(slug))
            for one in old
            if page_of(one)
        ],
        partners=count_partners(old),
    )


def undo_preview(row: Reorganisation) -> UndoPreview:
    """What undoing will do, as things are now."""
    slug = row.new.slug if row.new else ""
    return UndoPreview(
        problems=reasons_not_to_undo(row),
        practices=[_line(move, slug, move.old.slug) for move in plan_back(row)],
        officials=returning(row),
        stay=new_work(row),
        newcomers=newcomers(row),
        is_new_removed=row.is_new_made and row.new is not None and not stays(row),
    )


def new_work(row: Reorganisation) -> list[str]:
    """Titles of what stands below the new municipality and was made there since."""
    page = page_of(row.new)
    before = {*row.kept["below"], *row.moves.values_list("page", flat=True)}
    below = practices_below(page).exclude(pk__in=before) if page else ()
    return [one.get_admin_display_title() for one in below]


def stays(row: Reorganisation) -> bool:
    """Whether a municipality that was made has to stay, because something hangs on it."""
    page = page_of(row.new)
    others = Reorganisation.objects.filter(Q(new=row.new) | Q(old=row.new)).exclude(pk=row.pk)
    is_used = (bool(new_work(row)) or page.revisions.count() > 1) if page else False
    return (
        is_used
        or bool(newcomers(row))
        or has_new_files(row)
        or is_named_since(row)
        or others.exists()
        or Invitation.objects.filter(municipalities=row.new).exists()
    )


def _line(move: PlannedMove, before: str, after: str) -> Line:
    return Line(
        title=move.page.get_admin_display_title(),
        is_public=move.page.live,
        old_address=practice_address(before, move.page.slug),
        new_address=practice_address(after, move.slug),
        is_renamed=move.is_renamed,
    )
