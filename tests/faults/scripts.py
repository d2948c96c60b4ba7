"""What the processes do that get killed; run as `python -m tests.faults.scripts NAME …`."""

import os
import signal
import sys
from datetime import timedelta
from typing import Any

import django


def die(*args: Any, **kwargs: Any) -> None:
    """End this process as a power cut would."""
    os.kill(os.getpid(), signal.SIGKILL)


def with_clock(seconds: str, name: str, *args: str) -> None:
    """Do another of these, or `worker`, on a machine whose clock is so far ahead (or behind)."""
    import time_machine
    from django.core.management import call_command
    from django.utils import timezone

    with time_machine.travel(timezone.now() + timedelta(seconds=int(seconds))):
        if name == "worker":
            call_command("worker")
        else:
            globals()[name](*args)


def claim_and_die() -> None:
    """Die with all that is pending claimed."""
    from practices.indexes.practices import PRACTICES
    from search.engines import engine_for
    from search.indexing.claims import claim

    assert claim(engine_for(PRACTICES).follower)
    die()


def draft(title: str) -> Any:
    """A draft of a practice in Gouda."""
    from practices.models import MunicipalityPage, PracticePage

    parent = MunicipalityPage.objects.get(slug="gouda")
    return parent.add_child(instance=PracticePage(title=title, live=False)).save_revision()


def publish(title: str) -> None:
    """Publish a practice in Gouda."""
    draft(title).publish()


def publish_and_die_after_the_commit(title: str) -> None:
    """Die between the commit and the delivery."""
    from search.indexing import delivery

    revision = draft(title)
    setattr(delivery, "after_commit", die)  # noqa: B010 (mypy)
    revision.publish()


def rename_and_die_after_the_commit(title: str) -> None:
    """Give the oldest practice another title, and die between the commit and the delivery."""
    from practices.models import PracticePage
    from search.indexing import delivery

    page = PracticePage.objects.order_by("pk")[0]
    page.title = title
    revision = page.save_revision()
    setattr(delivery, "after_commit", die)  # noqa: B010 (mypy)
    revision.publish()


def publish_and_die_in_the_commit_of_the_index(title: str) -> None:
    """Die when documents are written, before the index has them for good."""
    import tantivy

    from search.engines.tantivy import engine
    from search.indexing import claims

    class Writer:
        def __init__(self, writer: Any) -> None:
            self.writer = writer

        def __getattr__(self, name: str) -> Any:
            return die if name == "commit" else getattr(self.writer, name)

    class Index:
        open_index = staticmethod(tantivy.Index.open)

        @classmethod
        def open(cls, path: str) -> Any:
            index = cls.open_index(path)

            class Opened:
                def __getattr__(self, name: str) -> Any:
                    if name == "writer":
                        return lambda *args: Writer(index.writer(*args))
                    return getattr(index, name)

            return Opened()

    revision = draft(title)
    setattr(claims, "LEASE", timedelta(seconds=1))  # noqa: B010 (mypy)
    fake = type("module", (), {**vars(tantivy), "Index": Index})
    setattr(engine, "tantivy", fake)  # noqa: B010 (mypy)
    revision.publish()


def rebuild_and_die_before_the_swap() -> None:
    """Die with the new index finished beside the old one."""
    from practices.indexes.practices import PRACTICES
    from search.engines.elasticsearch.build import ElasticsearchBuilder
    from search.engines.tantivy.engine import _TantivyBuilder
    from search.indexing.rebuild import rebuild

    for builder in (_TantivyBuilder, ElasticsearchBuilder):
        setattr(builder, "swap", die)  # noqa: B010 (mypy)
    rebuild(PRACTICES)


def work_and_die_at_the_second_vectors() -> None:
    """Be a worker, and die when the model is asked for more than it can read at once."""
    from django.core.management import call_command

    from search.meaning import vectors
    from search.meaning.optional import loaded

    asked: list[int] = []

    def once() -> Any:
        asked.append(1)
        return loaded() if len(asked) == 1 else die()

    setattr(vectors, "loaded", once)  # noqa: B010 (mypy)
    call_command("worker")


def record_many(count: str) -> None:
    """Record changes of so many documents, most of which are gone: what is there, several times."""
    from practices.indexes.practices import PRACTICES, visible_ids
    from search.documents import batches
    from search.indexing.outbox import record

    first = 10_000_000
    for batch in batches([*visible_ids(), *range(first, first + int(count))]):
        record(PRACTICES, batch)


def let_a_day_pass() -> None:
    """Put back all moments of the search by a day."""
    from django.apps import apps
    from django.db.models import DateTimeField, F

    for model in apps.get_app_config("search").get_models():
        for field in model._meta.get_fields():
            if isinstance(field, DateTimeField):
                rows = model._default_manager.exclude(**{field.name: None})
                rows.update(**{field.name: F(field.name) - timedelta(days=1)})


def make_pdf_and_die_while_keeping() -> None:
    """Die with a PDF written, before that is committed."""
    from django.db import connection

    from practices.frontend.pdf import making
    from practices.services.pdf.typesetting import typeset

    def typeset_and_die_in_the_next_commit(source: Any) -> bytes:
        content = typeset(source)
        setattr(connection, "_commit", die)  # noqa: B010 (mypy)
        return content

    setattr(making, "typeset", typeset_and_die_in_the_next_commit)  # noqa: B010 (mypy)
    make_pdf()


def make_pdf() -> None:
    """Do the task of the PDF of the only practice; the size of what is kept in bytes, or 0."""
    from practices.frontend.pdf import making
    from practices.frontend.pdf.source import read_source
    from practices.models import PracticePage

    practice = PracticePage.objects.get().pk
    making.make.call(practice)
    source = read_source(practice)
    kept = making.find(source) if source else None
    sys.stdout.write(str(len(kept.content)) if kept else "0")


def ask_for_pdf() -> None:
    """Ask for the PDF of the oldest practice, as the view does; whether it is there."""
    from practices.frontend.pdf import making
    from practices.frontend.pdf.source import public_practice, source_of

    kept = making.find_or_ask(source_of(public_practice("gouda", "eerste")))
    assert kept is None or kept.content.rstrip().endswith(b"%%EOF")
    sys.stdout.write("there" if kept else "asked for")


def let_claims_run_out() -> None:
    """Let a minute pass for whatever was claimed on the shelf."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE cms_shelf SET expires = '2026-01-01' WHERE cache_key LIKE '%%pdf-%%'", []
        )


def publish_many(prefix: str, count: str) -> None:
    """Publish one practice after another."""
    for number in range(int(count)):
        publish(f"{prefix} {number}")


def change_many(prefix: str, count: str) -> None:
    """Publish practices; change the title of each third again, and delete each fifth."""
    from practices.models import PracticePage

    for number in range(int(count)):
        title = f"{prefix} {number}"
        publish(title)
        if number % 3 == 0:
            page = PracticePage.objects.get(title=title)
            page.title = f"{title} gewijzigd"
            page.save_revision().publish()
        elif number % 5 == 0:
            PracticePage.objects.get(title=title).delete()


def publish_same(slug: str, prefix: str, count: str) -> None:
    """Publish one practice again and again, under other titles."""
    from practices.models import PracticePage

    for number in range(int(count)):
        page = PracticePage.objects.get(slug=slug)
        page.title = f"{prefix}{number}"
        page.save_revision().publish()


def schedule(title: str, minutes: str = "-1") -> None:
    """A practice that goes live so many minutes from now, and all jobs are due.

    For a while only, so that nobody else would do a job whose turn is long past.
    """
    from django.utils import timezone

    from search.models import JobRun
    from search.running import jobs
    from tests.factories import approve

    revision = draft(title)
    approve(revision)
    moment = timezone.now() + timedelta(minutes=int(minutes))
    revision.approved_go_live_at = moment
    revision.content["go_live_at"] = moment.isoformat()
    revision.save()
    for job in (one for source in jobs._sources for one in source()):
        ago = timedelta(days=2) if job.is_local else timedelta(minutes=10)
        JobRun.objects.update_or_create(name=job.name, defaults={"last_run": timezone.now() - ago})


def settle_and_compare() -> None:
    """Deliver what is pending, and fail unless the index equals the database.

    It has exactly the public practices, at their versions, each under the words of its title.
    """
    from django.core.management import call_command

    from practices.indexes.practices import PRACTICES, visible_ids
    from practices.models import PracticePage
    from search.engines import engine_for
    from search.engines.base import Request
    from search.questions.parsing import parse_text

    call_command("search_drain")
    call_command("search_check")
    engine = engine_for(PRACTICES)
    public = set(visible_ids())
    found = set(engine.search(Request(limit=100_000)).ids)
    if found != public:
        sys.exit(f"missing: {public - found}, surplus: {found - public}")
    for page in PracticePage.objects.filter(pk__in=public):
        request = Request(parse_text(f'"{page.title}"'), limit=100_000)
        if page.pk not in engine.search(request).ids:
            sys.exit(f"{page.pk} is not found as {page.title}")


def most_used_theme() -> None:
    """The slug of the theme that most practices have."""
    from django.db.models import Count

    from practices.models import PracticePage, Term

    themes = Term.objects.filter(vocabulary="thema")
    through = PracticePage.themes.through.objects
    counts = through.values_list("term").annotate(number=Count("pk")).order_by("-number", "term")
    sys.stdout.write(str(themes.get(pk=counts[0][0]).slug))


def count_found(text: str) -> None:
    """How many practices are found by a text."""
    from practices.indexes.practices import PRACTICES
    from search.engines import engine_for
    from search.engines.base import Request
    from search.questions.parsing import parse_text

    sys.stdout.write(str(engine_for(PRACTICES).total(Request(parse_text(text)))))


def spoil() -> None:
    """Delete five documents of the index and give five another version, behind its back."""
    from practices.indexes.practices import PRACTICES
    from search.engines import engine_for

    engine = engine_for(PRACTICES)
    keys = sorted(engine.versions())
    engine.apply(
        [document.at_version(99) for document in PRACTICES.load(keys[5:10])],
        [(key, 1000) for key in keys[:5]],
    )


def write_many(threads: str, writes: str) -> None:
    """Write from many threads at once: each reads in a transaction, and writes what it read."""
    from concurrent.futures import ThreadPoolExecutor

    from django.db import connection, transaction
    from wagtail.models import Site

    def write(_number: int) -> None:
        for _ in range(int(writes)):
            with transaction.atomic():
                site = Site.objects.get()
                site.port += 1
                site.save()
        connection.close()

    with ThreadPoolExecutor(int(threads)) as pool:
        list(pool.map(write, range(int(threads))))


def follow(number: str, title: str) -> None:
    """Let so many addresses follow all practices, their turn long past, and publish one."""
    from django.utils import timezone

    from practices.models import Subscription

    past = timezone.now() - timedelta(days=1)
    Subscription.objects.bulk_create(
        Subscription(email=f"volger{one}@example.nl", confirmed_at=past, due_at=past)
        for one in range(int(number))
    )
    publish(title)


def deliver_mails() -> None:
    """Send what waits, as a server's thread does; how many were sent."""
    from practices.services.mails.delivery import deliver_due

    print(deliver_due())  # noqa: T201 (for the test)


def let_mails_be_due() -> None:
    """Let the time pass for which mails were taken or put off."""
    from django.utils import timezone

    from practices.models import QueuedMail

    QueuedMail.objects.update(due_at=timezone.now() - timedelta(hours=1))


def do_and_die(path: str, arguments: str) -> None:
    """Do a task of the small site, and die when all its work is done but that this is noted."""
    import json

    from django.db import connection, transaction
    from django.utils.module_loading import import_string
    from django_tasks_db.models import DBTaskResult

    setattr(DBTaskResult, "set_successful", die)  # noqa: B010 (mypy)
    with transaction.atomic():
        import_string(path).enqueue(*json.loads(arguments))
    sys.exit(f"it lived: {connection.vendor}")


def make_author() -> None:
    """An official of Gouda with an address, whose practice is public."""
    from django.contrib.auth.models import User

    User.objects.create_user("noor", "noor@gouda.example", "drie blauwe fietsen")


def make_accounts(number: str) -> None:
    """So many people with an address, who are mailed in tasks of the queue."""
    from django.contrib.auth.models import User

    from practices.services.people.passwords import send_link

    for one in range(int(number)):
        person = User.objects.create_user(
            f"lid{one}", f"lid{one}@gouda.example", "drie blauwe fietsen"
        )
        send_link.enqueue([person.pk])


def do_what_was_left() -> None:
    """Let a few minutes pass, and do what a thread of each server does then."""
    from django.utils import timezone
    from django_tasks_db.models import DBTaskResult

    from search.running.tasks import look

    past = timezone.now() - timedelta(minutes=5)
    DBTaskResult.objects.update(enqueued_at=past)
    DBTaskResult.objects.filter(status="RUNNING").update(started_at=past)
    look(lambda: False)


def mail_followers(minutes: str) -> None:
    """Queue the mails to those whose turn has come so many minutes from now; how many."""
    from django.utils import timezone

    from practices.services.alerts.sending import Round

    print(sum(Round(timezone.now() + timedelta(minutes=int(minutes)))))  # noqa: T201 (for the test)


def ask_each_command(*left_out: str) -> None:
    """Print how each command of ours refuses that gets no more than it needs: JSON, by its name.

    Those that are left out are null. What is no refusal ends this.
    """
    import argparse
    import json

    from django.conf import settings
    from django.core.management import CommandError, call_command, get_commands, load_command_class

    from search.management.piping import PipedCommand

    told: dict[str, str | None] = {}
    for name, app in get_commands().items():
        command = load_command_class(app, name)
        if not isinstance(command, PipedCommand):
            continue
        told[name] = None
        if name in left_out:
            continue
        needed = [
            "1" if action.type is int else f"{settings.DATA_DIR}/given"
            for action in command.create_parser("manage.py", name)._actions
            if not action.option_strings and action.nargs != argparse.SUPPRESS
        ]
        try:
            call_command(command, *needed, stdout=sys.stderr)
            told[name] = ""
        except CommandError as error:
            told[name] = str(error)
    print(json.dumps(told))  # noqa: T201 (for the test)


def print_written() -> None:
    """Print how often `write_many` wrote."""
    from wagtail.models import Site

    print(Site.objects.get().port - 80)  # noqa: T201 (for the test)


if __name__ == "__main__":
    django.setup()
    globals()[sys.argv[1]](*sys.argv[2:])
