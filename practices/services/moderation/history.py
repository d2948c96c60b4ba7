"""What happened to a practice since it was published, in sentences for visitors."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from practices.models import HistoryEntry, PracticePage
from practices.services.moderation import confirmations
from practices.services.moderation.due import is_unconfirmed
from practices.services.moderation.versions import SECTIONS


@dataclass(frozen=True, slots=True)
class PublicHistory:
    """The sentences in order, and what a visitor must know before reading."""

    sentences: Sequence[str] = ()
    archived_on: datetime | None = None
    archived_reason: str = ""
    unconfirmed_since: datetime | None = None


def public_history(page: PracticePage) -> PublicHistory:
    """The history of a practice as everybody may read it; one query as long as nothing is due."""
    if not page.live or page.first_published_at is None:
        return PublicHistory()
    entries = list(page.history.all())
    archived = next((one for one in entries if one.kind == "retired" and not one.ended_at), None)
    first = (page.first_published_at, _("Published on %(day)s.") % _day(page.first_published_at))
    dated = [first, *(pair for entry in entries for pair in _sentences(entry))]
    dated.sort(key=lambda pair: pair[0])
    return PublicHistory(
        sentences=[sentence for _moment, sentence in dated],
        archived_on=archived.happened_at if archived else None,
        archived_reason=archived.reason if archived else "",
        unconfirmed_since=None if archived else _unconfirmed(page, entries),
    )


def _sentences(entry: HistoryEntry) -> list[tuple[datetime, str]]:
    day = _day(entry.happened_at)
    if entry.kind == HistoryEntry.Kind.CONFIRMED:
        sentence = _("Confirmed on %(day)s: it is still right.") % day
        return [(entry.happened_at, sentence)]
    if entry.kind == HistoryEntry.Kind.RETIRED:
        told = [(entry.happened_at, _("Moved to the archive on %(day)s.") % day)]
        if entry.ended_at:
            back = _("Back from the archive on %(day)s.") % _day(entry.ended_at)
            told.append((entry.ended_at, back))
        return told
    parts = joined([str(SECTIONS[name][0]) for name in entry.parts if name in SECTIONS])
    sentence = _("Updated on %(day)s: %(parts)s.") if parts else _("Updated on %(day)s.")
    return [(entry.happened_at, sentence % {**day, "parts": parts})]


def joined(words: Sequence[str]) -> str:
    """Words as a sentence lists them: a, b and c."""
    if len(words) < 2:
        return "".join(words)
    return _("%(words)s and %(last)s") % {"words": ", ".join(words[:-1]), "last": words[-1]}


def _unconfirmed(page: PracticePage, entries: Sequence[HistoryEntry]) -> datetime | None:
    """Ask the database only where the dates say that it may be so."""
    confirmed = [one.happened_at for one in entries if one.kind == HistoryEntry.Kind.CONFIRMED]
    since = max([page.last_published_at or page.first_published_at, *confirmed])
    if not is_unconfirmed(since, timezone.now()):
        return None
    return confirmations.unconfirmed_since(page)


def _day(moment: datetime) -> dict[str, str]:
    return {"day": date_format(timezone.localtime(moment), "j F Y")}
