"""Asking, saying yes and stopping; what nobody confirmed is removed."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.http import QueryDict
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _

from practices.models import Alerted, Frequency, Subscription
from practices.services.alerts.links import DAYS, confirm_link
from practices.services.mails import outcomes
from practices.services.mails.making import mail, signature
from practices.services.mails.queue import put, take_back
from search import clock

HOUR = 7
"""Mails go out from seven in the morning, so that they lie there when work begins."""
REMEMBERED = timedelta(days=60)
"""So long after its publication nobody is told of a practice any more, and told is forgotten."""
ALERT = "alert"
"""The kind of the mails to a subscriber."""
GIVEN_UP = 3
"""So many mails in a row that no server takes end a subscription: the address is gone."""


@transaction.atomic
def ask(*, email: str, query: str, frequency: str, what: str) -> None:
    """Ask the owner of an address whether to follow a search; one mail.

    `what` says what was chosen, in words of the site: anybody can have this mailed to anybody, so
    the text that was typed is on the page behind the link only.

    It is the same whether the address follows the search already, so that nobody learns that.
    """
    row, _is_new = Subscription.objects.get_or_create(
        email=email.strip().lower(), query=query, defaults={"frequency": frequency}
    )
    context = {
        "what": what,
        "has_text": "q" in QueryDict(query),
        "link": confirm_link(row, frequency),
        "days": DAYS,
    }
    message = mail(
        to=row.email,
        subject=_("Confirm that you want to follow this search"),
        body=render_to_string("practices/services/alerts/confirm.txt", context | signature()),
    )
    put(message, kind="follow_question", key=row.pk)
    Subscription.objects.filter(pk=row.pk).update(asked_at=clock.now())


def confirm(*, subscription: Subscription, frequency: str) -> None:
    """The owner said yes: practices published from now on are mailed."""
    now = clock.now()
    subscription.confirmed_at = subscription.confirmed_at or now
    subscription.frequency = Frequency(frequency)
    subscription.due_at = next_turn(now, subscription.frequency)
    subscription.save(update_fields=["confirmed_at", "frequency", "due_at"])


def stop(*, subscription: int) -> None:
    """Stop, and remove the address; to do it twice is no error."""
    Subscription.objects.filter(pk=subscription).delete()
    take_back(kind=ALERT, key=subscription)


@outcomes.when_sent(ALERT)
def note_reached(subscription: int) -> None:
    """A mail reached the address."""
    Subscription.objects.filter(pk=subscription, unreached__gt=0).update(unreached=0)


@outcomes.when_given_up(ALERT)
def note_unreached(subscription: int) -> None:
    """A mail was given up, each time after days or refusals; the last of several ends it."""
    mine = Subscription.objects.filter(pk=subscription)
    mine.update(unreached=F("unreached") + 1)
    mine.filter(unreached__gte=GIVEN_UP).delete()


def next_turn(now: datetime, frequency: str) -> datetime:
    """When to look again: the next morning at seven, or that of a week later."""
    days = 7 if frequency == Frequency.WEEKLY else 1
    morning = timezone.localtime(now) + timedelta(days=days)
    return morning.replace(hour=HOUR, minute=0, second=0, microsecond=0)


def forget() -> None:
    """Remove addresses of which nobody said yes in time, and what old practices were told of."""
    now = clock.now()
    Subscription.objects.filter(confirmed_at=None, asked_at__lt=now - timedelta(days=DAYS)).delete()
    Alerted.objects.filter(practice__first_published_at__lt=now - REMEMBERED).delete()
