"""Which practices or lessons a request means, in which order, and where its page begins.

Without text and order the order is that of the ids. It never changes, so a reader gets everything
that is public from the first page to the last exactly once, whatever is published or removed
meanwhile. In the orders of a search a page goes on after the last practice of the page before it
that is still found; if none of the last few is, it says so instead of leaving something out.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from practices.api.problems import RefusedError
from practices.indexes.registers import Registers
from practices.indexes.searching import log_failure, standby_notices
from practices.models import PracticePage
from practices.selectors import public_pages
from practices.selectors.retirement import not_archived
from search.engines.base import EngineError, Reader
from search.questions.facets import Facet
from search.questions.query import Query
from search.questions.text import Synonyms
from search.results import answers

ANCHORS = 5
"""So many ids of a page its cursor holds."""

MOST_TOTALS = 100
_totals: dict[tuple[tuple[int, int], object], int] = {}
"""How many there are, by the stamp for which it holds and what was counted."""


@dataclass(frozen=True, slots=True)
class Found:
    """The ids of a page, those in the cursor of the next (none on the last), and the total."""

    ids: Sequence[int]
    next: Sequence[int]
    total: int
    notices: Sequence[str] = ()


class Asked(NamedTuple):
    """A search: what is asked, of what, and who answers."""

    query: Query
    facets: Mapping[str, Facet]
    synonyms: Synonyms
    reader: Reader


def all_practices(
    known: Registers, since: datetime | None, after: Sequence[int], size: int
) -> Found:
    """Those without any condition: the database knows them, also while no engine answers.

    Two queries, one while nothing changes.
    """
    pages = _changed(not_archived(public_pages(PracticePage)).order_by("pk"), since)
    following = pages.filter(pk__gt=after[-1]) if after else pages
    ids = list(following.values_list("pk", flat=True)[: size + 1])
    total = counted(known, since, pages.count)
    return Found(ids[:size], ids[size - 1 : size] if len(ids) > size else (), total)


def counted(known: Registers, what: object, count: Callable[[], int]) -> int:
    """A total, counted once as long as nothing changes: all pages of a list have the same."""
    key = known.stamp, what
    total = _totals.get(key)
    if total is None:
        total = count()
        if len(_totals) >= MOST_TOTALS:
            _totals.clear()
        _totals[key] = total
    return total


def forget() -> None:
    """Drop the totals: for tests, whose databases go back to an old stamp."""
    _totals.clear()


def searched(
    asked: Asked, after: Sequence[int], size: int, among: Collection[int] | None = None
) -> Found:
    """Those that a search finds, `among` these if they are given.

    Raises `RefusedError` where no engine can answer.
    """
    ids, notices = _ids(asked)
    if among is not None:
        ids = [key for key in ids if key in among]
    if asked.query.text or asked.query.sort:
        start = _after(ids, after)
        page = ids[start : start + size]
        anchors: Sequence[int] = page[-ANCHORS:]
        has_more = start + size < len(ids)
    else:
        ordered = sorted(key for key in ids if not after or key > after[-1])
        page, has_more = ordered[:size], len(ordered) > size
        anchors = page[-1:]
    return Found(page, anchors if has_more else (), len(ids), notices)


def changed_practices(since: datetime | None) -> Collection[int] | None:
    """The public practices that were published since; None without a moment. One query."""
    if since is None:
        return None
    pages = _changed(public_pages(PracticePage).order_by(), since)
    return frozenset(pages.values_list("pk", flat=True))


def _ids(asked: Asked) -> tuple[Sequence[int], list[str]]:
    """All that is found, and what there is to say about it."""
    try:
        ids = answers.all_ids(asked.reader, asked.query, asked.facets, asked.synonyms)
    except EngineError as error:
        log_failure(error)
        raise RefusedError(
            503,
            _(
                "The search is not available now. Please try again in a few minutes. Without"
                " conditions you get the whole list."
            ),
        ) from error
    return ids, standby_notices(asked.reader)


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
