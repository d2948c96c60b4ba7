"""Who delivers what: claims on pending changes, for a short while, by any number of processes.

No row stays locked while an engine is talked to: a claim is a moment in `not_before`, so what a
killed process had claimed comes free by itself, and recording never waits for a delivery.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Q, QuerySet

from search import clock
from search.documents import BATCH, batches
from search.models import Change

LEASE = timedelta(seconds=20)
ATTEMPTS = 5
"""After so many refusals a document is set aside."""
LONGEST_WAIT = timedelta(seconds=2**ATTEMPTS)
"""Nothing is put off for longer; what is, was put off by a wrong clock."""


@dataclass(frozen=True, slots=True)
class Claim:
    """Documents, with their versions, that this process alone delivers until `until`."""

    follower: str
    versions: Mapping[int, int]
    until: datetime


def pending(follower: str) -> QuerySet[Change]:
    """All that was not delivered yet, set aside or not."""
    return Change.objects.filter(follower=follower, version__gt=F("delivered"))


def waiting(follower: str) -> QuerySet[Change]:
    """All that will be delivered without anybody asking for it."""
    return pending(follower).filter(is_set_aside=False)


def claim(follower: str) -> Claim | None:
    """The oldest changes that nobody else is delivering; None if there are none.

    What a running transaction is recording is left to the next claim.
    """
    now = clock.now()
    too_late = now + LONGEST_WAIT + clock.SLACK
    free = waiting(follower).filter(
        Q(not_before=None) | Q(not_before__lte=now) | Q(not_before__gt=too_late)
    )
    if not free.exists():
        return None
    until = now + LEASE
    with transaction.atomic():
        rows = free.order_by("recorded_at", "id").select_for_update(skip_locked=True)[:BATCH]
        found = list(rows.values_list("pk", "document", "version"))
        Change.objects.filter(pk__in=[pk for pk, *_ in found]).update(not_before=until)
    versions = {document: version for _pk, document, version in found}
    return Claim(follower, versions, until) if versions else None


def give_back(claimed: Claim) -> None:
    """Let others, or this process later, deliver what was claimed."""
    rows = Change.objects.filter(follower=claimed.follower, not_before=claimed.until)
    with transaction.atomic():
        held = rows.filter(document__in=claimed.versions).select_for_update(skip_locked=True)
        Change.objects.filter(pk__in=list(held.values_list("pk", flat=True))).update(
            not_before=None
        )


def mark_delivered(follower: str, versions: Mapping[int, int]) -> None:
    """Note up to which version documents were delivered; a newer version stays pending.

    What is being recorded at this moment is skipped: it gets a newer version, or is delivered
    once more. Waiting for it could end in a deadlock that fails a publication.
    """
    for batch in batches(versions):
        by_version: dict[int, list[int]] = {}
        with transaction.atomic():
            rows = Change.objects.filter(follower=follower, document__in=batch)
            held = rows.select_for_update(skip_locked=True)
            for key in list(held.values_list("document", flat=True)):
                by_version.setdefault(versions[key], []).append(key)
            for version, keys in by_version.items():
                rows.filter(document__in=keys, delivered__lt=version).update(delivered=version)


def refuse(follower: str, versions: Mapping[int, int], reasons: Mapping[int, str]) -> None:
    """Note why documents were refused; they wait longer each time, and are set aside at last."""
    with transaction.atomic():
        rows = Change.objects.filter(follower=follower, document__in=reasons)
        for row in list(rows.select_for_update(skip_locked=True)):
            if row.version != versions[row.document]:
                continue  # There is a newer version, which deserves attempts of its own.
            row.attempts += 1
            row.error = reasons[row.document]
            row.is_set_aside = row.attempts >= ATTEMPTS
            row.not_before = clock.now() + timedelta(seconds=2**row.attempts)
            row.save(update_fields=["attempts", "error", "is_set_aside", "not_before"])


def set_aside(follower: str, reasons: Mapping[int, str]) -> None:
    """Set documents aside at once, as a rebuild must: it cannot wait for more attempts."""
    now = clock.now()
    rows = [Change(follower=follower, document=key, recorded_at=now) for key in sorted(reasons)]
    Change.objects.bulk_create(rows, ignore_conflicts=True)
    for key in sorted(reasons):
        Change.objects.filter(follower=follower, document=key).update(
            version=F("version") + 1, attempts=ATTEMPTS, error=reasons[key], is_set_aside=True
        )


def known_versions(follower: str, ids: Sequence[int]) -> dict[int, int]:
    """The newest version of each document; 0 for one that never changed."""
    rows = Change.objects.filter(follower=follower, document__in=ids)
    return dict.fromkeys(ids, 0) | dict(rows.values_list("document", "version"))
