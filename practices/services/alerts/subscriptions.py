"""Asking, saying yes and stopping; what nobody confirmed is removed."""

import logging
from datetime import datetime, timedelta

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _

from practices.models import Alerted, Frequency, Subscription
from practices.services.alerts.links import DAYS, confirm_link
from practices.services.mails import MAIL_ERRORS, mail

HOUR = 7
"""Mails go out from seven in the morning, so that they lie there when work begins."""
REMEMBERED = timedelta(days=60)
"""So long after its publication nobody is told of a practice any more, and told is forgotten."""

logger = logging.getLogger(__name__)


class NotSentError(Exception):
    """The mail server did not take the question; nothing was kept."""


def ask(*, email: str, query: str, frequency: str, what: str) -> None:
    """Ask the owner of an address whether to follow a search (`what` in words); one mail.

    It is the same whether the address follows the search already, so that nobody learns that.
    Raises `NotSentError`.
    """
    row, is_new = Subscription.objects.get_or_create(
        email=email.strip().lower(), query=query, defaults={"frequency": frequency}
    )
    context = {"what": what, "link": confirm_link(row, frequency), "days": DAYS}
    message = mail(
        to=row.email,
        subject=_("Confirm that you want to follow this search"),
        body=render_to_string(
            "practices/services/alerts/confirm.txt", context | {"site": settings.BASE_URL}
        ),
    )
    try:
        message.send()
    except MAIL_ERRORS as error:
        # Without the traceback: the server's answer may hold the address.
        logger.error("A question to a subscriber was not sent: %s.", type(error).__name__)
        if is_new:
            row.delete()
        raise NotSentError from None
    Subscription.objects.filter(pk=row.pk).update(asked_at=timezone.now())


def confirm(*, subscription: Subscription, frequency: str) -> None:
    """The owner said yes: practices published from now on are mailed."""
    now = timezone.now()
    subscription.confirmed_at = subscription.confirmed_at or now
    subscription.frequency = Frequency(frequency)
    subscription.due_at = next_turn(now, subscription.frequency)
    subscription.save(update_fields=["confirmed_at", "frequency", "due_at"])


def stop(*, subscription: int) -> None:
    """Stop, and remove the address; to do it twice is no error."""
    Subscription.objects.filter(pk=subscription).delete()


def next_turn(now: datetime, frequency: str) -> datetime:
    """When to look again: the next morning at seven, or that of a week later."""
    days = 7 if frequency == Frequency.WEEKLY else 1
    morning = timezone.localtime(now) + timedelta(days=days)
    return morning.replace(hour=HOUR, minute=0, second=0, microsecond=0)


def forget() -> None:
    """Remove addresses of which nobody said yes in time, and what old practices were told of."""
    now = timezone.now()
    Subscription.objects.filter(confirmed_at=None, asked_at__lt=now - timedelta(days=DAYS)).delete()
    Alerted.objects.filter(practice__first_published_at__lt=now - REMEMBERED).delete()
