"""The signed links in mails to subscribers: to say yes, and to stop."""

from django.core import signing

from practices.addresses import absolute
from practices.models import Subscription

CONFIRM, STOP = "practices.alerts.confirm", "practices.alerts.stop"
DAYS = 7
"""So long a question waits for its answer; after that the address is removed."""


def confirm_link(subscription: Subscription, frequency: str) -> str:
    """The whole address of the page on which the owner of the address says yes."""
    token = signing.dumps([subscription.pk, frequency], salt=CONFIRM)
    return absolute(f"/volgen/bevestig/{token}/")


def stop_link(subscription: Subscription) -> str:
    """The whole address at which one request stops the mails; it works as long as they come."""
    return absolute(f"/volgen/stop/{signing.dumps(subscription.pk, salt=STOP)}/")


def read_confirm(token: str) -> tuple[Subscription, str] | None:
    """What a link to say yes is about; None if it is not ours, too old, or already of no use."""
    try:
        key, frequency = signing.loads(token, salt=CONFIRM, max_age=DAYS * 24 * 3600)
    except signing.BadSignature:
        return None
    subscription = Subscription.objects.filter(pk=key).first()
    return (subscription, frequency) if subscription else None


def read_stop(token: str) -> int | None:
    """The id that a link to stop is about, which may be gone already; None if it is not ours."""
    try:
        key: int = signing.loads(token, salt=STOP)
    except signing.BadSignature:
        return None
    return key
