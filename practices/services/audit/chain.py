"""Chains what is remembered, so that who changes or removes a row of the database is found out.

Each row gets a number and a seal: a code over its own text and the seal before it, made with the
secret key. Rows are sealed soon after they were written, not within their transaction: those would
wait for each other. The newest seal is logged each night, so that a missing end shows too.
"""

import json
import logging
from collections.abc import Iterator
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.utils.crypto import constant_time_compare, salted_hmac

from practices.models.audit import AuditEvent
from search import clock

SALT = "practices.audit"
AT_ONCE = 1000
KEPT = timedelta(days=365)
"""Long enough to look into what is found out late, and no longer."""
SEALED_WITHIN = timedelta(hours=1)

logger = logging.getLogger("practices.security")


class BrokenChainError(Exception):
    """Rows were changed or removed; the text says from which number on."""


def seal() -> int:
    """Give each new row its place; how many. Of two processes that do so at once one does."""
    count = 0
    while done := _seal_some():
        count += done
    return count


@transaction.atomic
def _seal_some() -> int:
    last = AuditEvent.objects.filter(number__isnull=False).order_by("-number")
    before = last.select_for_update().first()
    number, previous = (before.number or 0, before.seal) if before else (0, "")
    new = list(AuditEvent.objects.filter(number=None).order_by("pk")[:AT_ONCE])
    for event in new:
        number += 1
        event.number, event.previous = number, previous
        event.seal = previous = _seal_of(event, settings.SECRET_KEY)
    AuditEvent.objects.bulk_update(new, ["number", "previous", "seal"])
    return len(new)


def check() -> int:
    """Walk the chain; how many rows it has. Raises `BrokenChainError`."""
    if problem := next(problems(), ""):
        raise BrokenChainError(problem)
    sealed = AuditEvent.objects.filter(number__isnull=False)
    if last := sealed.order_by("number").last():
        logger.info("The newest event is number %d, with the seal %s.", last.number, last.seal)
    return sealed.count()


def problems(*, newest: int | None = None) -> Iterator[str]:
    """What does not fit, by number, of all or of so many; nothing where all is as written."""
    before: AuditEvent | None = None
    events = AuditEvent.objects.filter(number__isnull=False).order_by("number")
    last = events.last()
    if newest is not None and last is not None:
        events = events.filter(number__gt=(last.number or 0) - newest)
    for event in events.iterator():
        if before is not None and event.number != (before.number or 0) + 1:
            yield f"Events are missing between {before.number} and {event.number}."
        elif before is not None and event.previous != before.seal:
            yield f"Event {event.number} does not follow what stands before it."
        if not _is_sealed(event):
            yield f"Event {event.number} was changed."
        before = event
    late = AuditEvent.objects.filter(number=None, at__lt=clock.now() - SEALED_WITHIN)
    if late.exists():
        yield f"{late.count()} events have no place in the chain."


def forget() -> int:
    """Remove what is older than `KEPT`, from the beginning of the chain; how many."""
    old = AuditEvent.objects.filter(at__lt=clock.now() - KEPT, number__isnull=False)
    last = old.aggregate(last=Max("number"))["last"]
    if last is None:
        return 0
    return AuditEvent.objects.filter(number__lte=last).delete()[0]


def _is_sealed(event: AuditEvent) -> bool:
    keys = map(str, (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS))
    return any(constant_time_compare(event.seal, _seal_of(event, key)) for key in keys)


def _seal_of(event: AuditEvent, key: str) -> str:
    text = json.dumps(
        [
            event.number,
            event.previous,
            event.at.isoformat(),
            event.act,
            event.by,
            event.kind,
            event.key,
            event.network,
            event.details,
        ],
        sort_keys=True,
    )
    return salted_hmac(SALT, text, secret=key, algorithm="sha256").hexdigest()
