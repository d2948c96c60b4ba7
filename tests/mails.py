"""The mails that a site sent: those in its queue are sent first, as its thread does."""

from django.core import mail
from django.core.mail import EmailMessage

from practices.services.mails.delivery import deliver_due


def delivered() -> list[EmailMessage]:
    """What was sent since this list was last cleared, or the test began."""
    deliver_due()
    return mail.outbox
