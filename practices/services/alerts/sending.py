"""Tells subscribers of new practices: each practice once, also when the process is killed.

A subscriber is taken for some minutes before anything is looked for; the mail enters the queue in
the transaction that writes down what was told. So of two processes one mails, and what a killed one
left is taken up again.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from functools import cached_property
from itertools import islice
from typing import Any

from django.core.mail import EmailMessage
from django.db import transaction
from django.http import QueryDict
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from practices.addresses import absolute, site_name
from practices.indexes import registers
from practices.indexes.former_values import renewed_query
from practices.indexes.readers import practice_reader
from practices.indexes.searching import ADDRESSES, sort_labels
from practices.models import Alerted, PracticePage, Subscription
from practices.selectors import public_pages
from practices.selectors.exported import Exported, exported
from practices.services.alerts.links import stop_link
from practices.services.alerts.subscriptions import ALERT, REMEMBERED, next_turn
from practices.services.mails.making import AUTOMATIC, mail, signature
from practices.services.mails.queue import put
from search import clock
from search.questions.query import NEWEST, Query, parse
from search.results import answers
from search.results.presenter import search_title

TAKEN = timedelta(minutes=10)
"""So long nobody else takes a subscriber; no search takes longer."""
AT_ONCE = 200
"""So many subscribers are read at a time."""
READ_AT_ONCE = 400
MOST_NAMED = 20
"""So many practices a mail names; of more it gives the address of the search."""


def send_due() -> int:
    """Mail all subscribers whose turn has come; how many mails went out.

    Raises `EngineError` if no search is possible: the turns stay for later.
    """
    return sum(Round(clock.now()))


class Round:
    """One time of looking: what is new is read once, and the same search is made once."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        self.known = registers.current()
        self._found: dict[str, Sequence[int]] = {}
        self._read: dict[int, Exported | None] = {}

    def __iter__(self) -> Iterator[bool]:
        """Whether each due subscriber was mailed."""
        while due := self._due():
            # What was public a while ago may not be so now.
            self._read.clear()
            yield from map(self._serve, due)

    def _due(self) -> list[Subscription]:
        rows = Subscription.objects.filter(due_at__lte=self.now).exclude(confirmed_at=None)
        return list(rows.order_by("due_at", "pk")[:AT_ONCE])

    @cached_property
    def published(self) -> dict[int, datetime]:
        """The public practices of the last weeks, the newest first, with when that was."""
        recent = public_pages(PracticePage).filter(first_published_at__gt=self.now - REMEMBERED)
        newest = recent.order_by("-first_published_at")
        return dict(newest.values_list("pk", "first_published_at"))

    def _serve(self, row: Subscription) -> bool:
        """Mail one subscriber, if there is anything new and nobody else does."""
        if not (self._take(row) and self._renew(row)):
            return False
        query = self._query(row)
        new = self._new(row, query)
        message = self._message(row, query, new) if new and query is not None else None
        with transaction.atomic():
            if message:
                put(message, kind=ALERT, key=row.pk)
            Alerted.objects.bulk_create(
                [Alerted(subscription=row, practice_id=key) for key in new], ignore_conflicts=True
            )
            turn = next_turn(self.now, row.frequency)
            Subscription.objects.filter(pk=row.pk).update(due_at=turn)
        return bool(new)

    def _take(self, row: Subscription) -> bool:
        mine = Subscription.objects.filter(pk=row.pk, due_at=row.due_at)
        return bool(mine.update(due_at=self.now + TAKEN))

    def _renew(self, row: Subscription) -> bool:
        """Let a search have the values of now; False if the address follows that search already."""
        query = renewed_query(QueryDict(row.query), self.known.former)
        if query is None:
            return True
        if Subscription.objects.filter(email=row.email, query=query).exists():
            row.delete()
            return False
        row.query = query
        row.save(update_fields=["query"])
        return True

    def _query(self, row: Subscription) -> Query | None:
        """The search as it is now; None if something in it is gone, as the rest would be wider."""
        query, not_understood = parse(
            QueryDict(row.query), self.known.facets.values(), sort_labels()
        )
        return None if not_understood else query

    def _new(self, row: Subscription, query: Query | None) -> list[int]:
        """What was published since the subscriber said yes and is untold yet, newest first."""
        if query is None or row.confirmed_at is None:
            return []
        since = row.confirmed_at
        fresh = [key for key in self._matching(query) if self.published.get(key, since) > since]
        if not fresh:
            return []
        # An address may follow several searches, and is told once of what is in more of them.
        told = Alerted.objects.filter(subscription__email=row.email)
        known = set(told.values_list("practice_id", flat=True))
        return [key for key in fresh if key not in known]

    def _matching(self, query: Query) -> Sequence[int]:
        text = query.query_string()
        if text not in self._found:
            newest = query.sorted_by(NEWEST)
            self._found[text] = answers.first_ids(
                practice_reader(),
                newest,
                self.known.facets,
                self.known.synonyms,
                most=len(self.published),
            )
        return self._found[text]

    def _named(self, ids: Sequence[int]) -> list[Exported]:
        """The practices as a mail names them; many subscribers hear of the same ones."""
        if not self._read.keys() >= set(ids):
            # The next subscriber will hear of other new ones.
            keys = [*dict.fromkeys([*ids, *islice(self.published, READ_AT_ONCE)])]
            self._read |= dict.fromkeys(keys) | {one.id: one for one in exported(keys)}
        return [one for key in ids if (one := self._read[key])]

    def _message(self, row: Subscription, query: Query, new: Sequence[int]) -> EmailMessage:
        stop = stop_link(row)
        context: dict[str, Any] = {
            "practices": self._named(new[:MOST_NAMED]),
            "more": max(0, len(new) - MOST_NAMED),
            "what": search_title(query, self.known.facets),
            "search": absolute(ADDRESSES.of(query.sorted_by(NEWEST))),
            "stop": stop,
            **signature(),
        }
        count = len(new)
        subject = ngettext("%(count)d new practice", "%(count)d new practices", count)
        return mail(
            to=row.email,
            subject=_("%(news)s on %(site)s")
            % {"news": subject % {"count": count}, "site": site_name()},
            body=render_to_string("practices/services/alerts/alert.txt", context),
            headers=AUTOMATIC
            | {
                "List-Unsubscribe": f"<{stop}>",
                "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            },
        )
