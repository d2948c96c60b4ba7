"""Keeps searches without results, so that nobody can be recognised; see decision 0038."""

import hmac
from datetime import date, timedelta
from hashlib import sha256
from threading import Lock

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.crypto import salted_hmac

from practices.models import DailySalt, SearchVisitor, UnansweredSearch
from practices.services.unanswered.sensitive import may_be_kept
from search import clock
from search.questions.dutch import fold

ENOUGH = 3
"""So many different visitors make a text readable."""
PENDING_DAYS = 30
KEPT_DAYS = 2 * 365
MOST_PENDING = 5_000
MOST_KEPT = 1_000
MOST_VISITORS = 20_000
"""Rows, so that a flood of nonsense cannot fill the database."""
KEY = "practices.figures.searches"

_writing = Lock()


def note_search(*, text: str, visitor: str, today: date | None = None) -> None:
    """Count a search that found nothing; its text is kept from the third visitor on.

    Nothing is done with a text that could name a person, nor while another search is being written
    by this process, so that at most one of its threads waits for the database.
    """
    readable = " ".join(text.lower().split())
    if not may_be_kept(" ".join(text.split())) or not _writing.acquire(blocking=False):
        return
    try:
        with transaction.atomic():
            _note(readable, visitor, today or timezone.localdate(clock.now()))
    finally:
        _writing.release()


def forget(today: date | None = None) -> None:
    """Destroy the salts of earlier days, and what was kept for long enough."""
    day = today or timezone.localdate(clock.now())
    DailySalt.objects.filter(day__lt=day).delete()
    searches = UnansweredSearch.objects
    searches.filter(text="", first_on__lte=day - timedelta(days=PENDING_DAYS)).delete()
    searches.filter(last_on__lte=day - timedelta(days=KEPT_DAYS)).delete()


def _note(text: str, visitor: str, today: date) -> None:
    salt = _salt_of(today)
    if SearchVisitor.objects.count() >= MOST_VISITORS:
        return
    text_hash = salted_hmac(KEY, fold(text), algorithm="sha256").hexdigest()
    search, is_new = UnansweredSearch.objects.get_or_create(
        text_hash=text_hash, defaults={"first_on": today, "last_on": today}
    )
    if is_new:
        _make_room(UnansweredSearch.objects.filter(text="").exclude(pk=search.pk), MOST_PENDING - 1)
    visitor_hash = hmac.new(bytes(salt.salt), f"{text_hash}\0{visitor}".encode(), sha256)
    _row, is_other = SearchVisitor.objects.get_or_create(
        visitor_hash=visitor_hash.hexdigest(), defaults={"search": search, "day": salt}
    )
    if is_other:
        _count(search, text, today)


def _count(search: UnansweredSearch, text: str, today: date) -> None:
    """One more visitor; the third makes the text readable."""
    rows = UnansweredSearch.objects.filter(pk=search.pk)
    rows.update(visitors=F("visitors") + 1, last_on=today)
    if rows.filter(text="", visitors__gte=ENOUGH).update(text=text):
        _make_room(UnansweredSearch.objects.exclude(text="").exclude(pk=search.pk), MOST_KEPT - 1)


def _make_room(rows: "QuerySet[UnansweredSearch]", most: int) -> None:
    """Leave out what the fewest visitors asked, longest ago, until so many are left."""
    surplus = rows.count() - most
    if surplus > 0:
        first = rows.order_by("visitors", "last_on", "pk").values_list("pk", flat=True)
        UnansweredSearch.objects.filter(pk__in=list(first[:surplus])).delete()


def _salt_of(today: date) -> DailySalt:
    """The salt of today; making it destroys those of earlier days, and what hangs on them."""
    salt, is_new = DailySalt.objects.get_or_create(day=today)
    if is_new:
        DailySalt.objects.filter(day__lt=today).delete()
    return salt
