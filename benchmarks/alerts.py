"""How long it takes to mail all subscribers to searches of what was published since yesterday.

10,000 addresses follow a search each, of those that visitors make (`queries.mixed`: 0 to 4 chosen
values, half of them with words; a tenth follows all practices); 100 practices are new. The mails go
over SMTP to a server in a process of its own on the same machine, which throws them away.
"""

import resource
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from random import Random

from django.db import transaction
from django.db.models.functions import Now
from django.test import override_settings
from django.utils import timezone

from benchmarks.figures import Figure
from benchmarks.queries import from_practices
from benchmarks.serving import free_port, wait_for
from practices.models import Frequency, PracticePage, Subscription
from practices.services.alerts.sending import send_due
from practices.services.record import record_practices

SUBSCRIBERS = 10_000
NEW = 100
SMTP = "django.core.mail.backends.smtp.EmailBackend"


def measure() -> Iterator[Figure]:
    """Seconds until everybody is served, of which processor time, and how many mails went out."""
    yesterday = timezone.now() - timedelta(days=1)
    ids = sorted(PracticePage.objects.live().values_list("pk", flat=True))
    with _published_now(Random(1).sample(ids, NEW)), _mail_server() as port:
        _follow(yesterday)
        with override_settings(EMAIL_BACKEND=SMTP, EMAIL_HOST="127.0.0.1", EMAIL_PORT=port):
            start, used = time.perf_counter(), _processor_seconds()
            mails = send_due()
            yield Figure("alerts.seconds", time.perf_counter() - start)
            yield Figure("alerts.processor", _processor_seconds() - used)
        yield Figure("alerts.mails", mails)
        left = Subscription.objects.filter(due_at__lte=timezone.now()).count()
        Subscription.objects.all().delete()
    if left:
        raise RuntimeError(f"{left} subscribers were not served.")


def _follow(since: datetime) -> None:
    queries = [query.at_page(1) for query in from_practices(SUBSCRIBERS)]
    Subscription.objects.bulk_create(
        Subscription(
            email=f"volger{number}@example.nl",
            query=query.query_string(),
            frequency=Frequency.DAILY,
            confirmed_at=since,
            due_at=since,
        )
        for number, query in enumerate(queries)
    )


@contextmanager
def _published_now(ids: Sequence[int]) -> Iterator[None]:
    """Let practices be new, in the database and in the index, and old again afterwards."""
    pages = PracticePage.objects.filter(pk__in=ids)
    before = dict(pages.values_list("pk", "first_published_at"))
    with transaction.atomic():
        pages.update(first_published_at=Now())
        record_practices(ids)
    try:
        yield
    finally:
        with transaction.atomic():
            for key, moment in before.items():
                PracticePage.objects.filter(pk=key).update(first_published_at=moment)
            record_practices(ids)


@contextmanager
def _mail_server() -> Iterator[int]:
    """The port of a mail server that throws away what it gets."""
    port = free_port()
    command = [sys.executable, "-m", "aiosmtpd", "-n", "-c", "aiosmtpd.handlers.Sink"]
    command += ["-l", f"127.0.0.1:{port}"]
    server = subprocess.Popen(command)  # noqa: S603 (our own programs)
    try:
        wait_for(server, port)
        yield port
    finally:
        server.terminate()
        server.wait()


def _processor_seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime
