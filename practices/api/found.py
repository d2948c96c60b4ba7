"""Which practices a request means, in which order, and where its page begins.

Without text and order the order is that of the ids. It never changes, so a reader gets everything
that is public from the first page to the last exactly once, whatever is published or removed
meanwhile. In the orders of a search a page goes on after the last practice of the page before it
that is still found; if none of the last few is, it says so instead of leaving something out.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from practices.api.problems import RefusedError
from practices.models import PracticePage
from practices.moderation.retirement import in_practice
from practices.presenters.search import standby_notices
from practices.readers import practice_reader
from practices.registers import Registers
from practices.selectors import public_pages
from search import run
from search.query import MAX_DEPTH, Query

ANCHORS = 5
"""So many ids of a page its cursor holds."""


_totals: dict[tuple[tuple[int, int], datetime | None], int] = {}
"""The total that was counted last, by the stamp that it holds for."""


@dataclass(frozen=True, slots=True)
class Found:
    """The ids of a page, those in the cursor of the next (none on the last), and the total."""

    ids: Sequence[int]
    next: Sequence[int]
    total: int
    notices: Sequence[str] = ()


def all_practices(
    known: Registers, since: datetime | None, after: Sequence[int], size: int
) -> Found:
    """Those without any condition: the database knows them, also while no engine answers.

    Two queries; one while nothing changes, as all pages of a list then have the same total.
    """
    pages = _changed(in_practice(public_pages(PracticePage)).order_by("pk"), since)
    following = pages.filter(pk__gt=after[-1]) if after else pages
    ids = list(following.values_list("pk", flat=True)[: size + 1])
    key = known.stamp, since
    total = _totals.get(key)
    if total is None:
        _totals.clear()
        total = _totals[key] = pages.count()
    return Found(ids[:size], ids[size - 1 : size] if len(ids) > size else (), total)


def forget() -> None:
    """Drop the total: for tests, whose databases go back to an old stamp."""
    _totals.clear()


def searched(
    query: Query, known: Registers, since: datetime | None, after: Sequence[int], size: int
) -> Found:
    """Those that a search finds; one query with `since`, else none. Raises `EngineError`."""
    reader = practice_reader()
    ids = run.all_ids(reader, query, known.facets, known.synonyms)
    notices = standby_notices(reader)
    if len(ids) >= MAX_DEPTH:
        text = _("A search gives %(max)d practices at most. Choose more conditions for the rest.")
        notices.append(text % {"max": MAX_DEPTH})
    if since:
        pages = _changed(public_pages(PracticePage).order_by(), since)
        changed = set(pages.values_list("pk", flat=True))
        ids = [key for key in ids if key in changed]
    if query.text or query.sort:
        start = _after(ids, after)
        page = ids[start : start + size]
        anchors: Sequence[int] = page[-ANCHORS:]
        has_more = start + size < len(ids)
    else:
        ordered = sorted(key for key in ids if not after or key > after[-1])
        page, has_more = ordered[:size], len(ordered) > size
        anchors = page[-1:]
    return Found(page, anchors if has_more else (), len(ids), notices)


def _after(ids: Sequence[int], anchors: Sequence[int]) -> int:
    """The place after the last of the anchors that is still found."""
    if not anchors:
        return 0
    places = {key: place for place, key in enumerate(ids)}
    for key in reversed(anchors):
        if key in places:
            return places[key] + 1
    raise RefusedError(
        400,
        _("The last practices of your page are not found any more. Start again without cursor."),
    )


def _changed(pages: "QuerySet[PracticePage]", since: datetime | None) -> "QuerySet[PracticePage]":
    return pages.filter(last_published_at__gte=since) if since else pages
