"""The timed jobs of the plugin: a site needs no cron."""

from collections.abc import Iterator
from datetime import time, timedelta

from practices.models import RegisterStamp
from practices.services.alerts.sending import send_due
from practices.services.alerts.subscriptions import forget as forget_subscriptions
from practices.services.audit import chain
from practices.services.considerations.first import tell_of_first_practices
from practices.services.considerations.steps import tidy as tidy_considerations
from practices.services.mails.delivery import forget as forget_mails
from practices.services.moderation.reviews import send_due_reviews
from practices.services.people.accounts import remove_old_addresses
from practices.services.reorganisation.steps import carry_out_due
from practices.services.unanswered.counting import forget as forget_searches
from search.running.jobs import Job

AFTER_MIDNIGHT = time(0, 5)
"""Municipalities merge at midnight, and the salt of yesterday ends."""
MORNING = time(8, 0)


def jobs() -> Iterator[Job]:
    """What runs every so often, or at a time of the site's zone.

    The names stand in the database: under another one a job would begin anew.
    """
    yield Job("mail followers", send_due, every=timedelta(minutes=5))
    yield Job("tell of first practices", tell_of_first_practices, every=timedelta(hours=1))
    yield Job("seal events", chain.seal, every=timedelta(minutes=5))
    yield Job("check events", chain.check, at=time(3, 10))
    yield Job("forget events", chain.forget, at=time(3, 20))
    yield Job("reorganisations", carry_out_due, at=AFTER_MIDNIGHT)
    yield Job("forget searches", forget_searches, at=AFTER_MIDNIGHT)
    yield Job("tidy register stamps", RegisterStamp.tidy, at=time(0, 20))
    yield Job("forget mails", forget_mails, at=time(2, 40))
    yield Job("forget followers", forget_subscriptions, at=time(2, 30))
    yield Job("forget invitations", remove_old_addresses, at=time(2, 45))
    yield Job("tidy considerations", tidy_considerations, at=time(2, 50))
    yield Job("review due", send_due_reviews, at=MORNING)
