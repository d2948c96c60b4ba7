"""What this way of running a site needs besides, and the page that tells administrators."""

import json
import os
import shutil
import time
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files.storage import FileSystemStorage
from django.db import connection
from django.test import Client
from django.utils import timezone

from cms.health import readiness as health
from cms.health import report
from cms.models import EditorialPage
from cms.readiness import reporting, running
from cms.readiness.mail import mail_goes_out
from cms.readiness.questions import QUESTIONS
from cms.readiness.texts import filled_in
from cms.static_files import SHEET, Storage
from cms.tree.editorial import make_editorial_pages
from practices.models import MailRecord
from practices.services import mail_record
from practices.services.mail_record import note_mail
from practices.services.readiness import plugin, questions
from practices.services.readiness.questions import Answer, State
from search.models import JobRun
from tests.factories import SiteTree
from tests.mails import delivered
from tests.silent import silent_server

GROWN_TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


@pytest.fixture(autouse=True)
def nothing_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "_remembered", None)
    monkeypatch.setattr(report, "_remembered", None)


@pytest.fixture
def administrator(client: Client, db: None) -> Client:
    user = User.objects.create_superuser("ada", "ada@voorbeeld.example")
    client.force_login(user)
    return client


def is_ready(answer: Answer) -> bool:
    assert bool(answer.cure) == (answer.state is not State.READY)
    return answer.state is State.READY


def test_all_questions_are_known_each_under_a_name_of_its_own() -> None:
    names = [one.name for one in (*plugin.QUESTIONS, *QUESTIONS)]
    assert names == list(questions._known)
    assert len(names) == len(set(names))


def test_uploads_are_tried_and_nothing_is_left(
    settings: Any, tmp_path: Path, monkeypatch: Any
) -> None:
    folder = tmp_path / "media"
    monkeypatch.setattr(running, "default_storage", FileSystemStorage(folder))
    assert is_ready(running.uploads())
    assert list(folder.iterdir()) == []
    shut = tmp_path / "shut"
    shut.write_text("no folder")
    monkeypatch.setattr(running, "default_storage", FileSystemStorage(shut / "media"))
    assert not is_ready(running.uploads())


def test_styles_that_were_not_collected_are_told(
    settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A restored site answered each page with an error, and found itself ready."""
    settings.DEBUG = False
    for manifest, expected in (({}, False), ({SHEET: "cms/css/site.1.css"}, True)):
        (tmp_path / "staticfiles.json").write_text(
            json.dumps({"version": "1.1", "paths": manifest})
        )
        monkeypatch.setattr(running, "staticfiles_storage", Storage(location=tmp_path))
        assert is_ready(running.styles()) == expected


def test_a_disk_that_is_nearly_full_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    for free, expected in ((running.ROOM, True), (running.ROOM - 1, False)):
        usage = SimpleNamespace(free=free)
        monkeypatch.setattr(shutil, "disk_usage", lambda _path, usage=usage: usage)
        assert is_ready(running.disk()) == expected


def test_backups_are_watched_where_a_file_is_named(settings: Any, tmp_path: Path) -> None:
    assert is_ready(running.backup())
    stamp = tmp_path / "stamp"
    settings.BACKUP_STAMP = str(stamp)
    assert not is_ready(running.backup())
    stamp.touch()
    assert is_ready(running.backup())
    old = time.time() - running.DAY.total_seconds() - 1
    os.utime(stamp, (old, old))
    assert "1,0 dagen" in running.backup().sentence.replace("1.0", "1,0")
    assert not is_ready(running.backup())


def test_a_worker_is_needed_where_tasks_are_queued(settings: Any, db: None) -> None:
    assert is_ready(running.worker())
    settings.TASKS = GROWN_TASKS
    assert not is_ready(running.worker())
    JobRun.objects.create(name="worker", last_run=timezone.now())
    assert is_ready(running.worker())
    JobRun.objects.update(last_run=timezone.now() - timedelta(minutes=5))
    assert not is_ready(running.worker())


def test_the_reserve_is_needed_where_the_engine_is_elsewhere(
    settings: Any, db: None, tmp_path: Path
) -> None:
    assert is_ready(running.standby())
    settings.SEARCH_URL = "http://127.0.0.1:1/nothing"
    settings.SEARCH_STANDBY = str(tmp_path / "standby")
    assert not is_ready(running.standby())


def test_the_clock_is_compared_with_that_of_postgresql(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert is_ready(running.clock())
    if connection.vendor == "postgresql":
        ahead = timezone.now() + timedelta(minutes=10)
        monkeypatch.setattr(timezone, "now", lambda: ahead)
        assert not is_ready(running.clock())
        assert "59" in running.clock().sentence or "600" in running.clock().sentence


def test_texts_of_a_new_site_are_to_be_filled_in(site_tree: SiteTree) -> None:
    make_editorial_pages()
    answer = filled_in()
    assert not is_ready(answer)
    assert "Privacy, Toegankelijkheid, Colofon" in answer.sentence
    for page in EditorialPage.objects.filter(body__contains="["):
        page.body = page.body.replace("[", "").replace("]", "")
        page.save_revision().publish()
    assert is_ready(filled_in())


def test_mail_is_ready_when_one_went_out_and_none_failed_since(settings: Any, db: None) -> None:
    assert not is_ready(mail_goes_out())
    note_mail(is_sent=True)
    assert is_ready(mail_goes_out())
    note_mail(is_sent=False)
    assert not is_ready(mail_goes_out())
    note_mail(is_sent=True)
    assert is_ready(mail_goes_out()), "a success after a failure is noted, however soon"
    settings.EMAIL_DELIVERY_BACKEND = "django.core.mail.backends.console.EmailBackend"
    assert not is_ready(mail_goes_out())


def test_hundreds_of_mails_write_the_record_once(db: None, django_assert_num_queries: Any) -> None:
    note_mail(is_sent=True)
    first = MailRecord.objects.get().sent_at
    note_mail(is_sent=True)
    assert MailRecord.objects.get().sent_at == first
    MailRecord.objects.update(sent_at=timezone.now() - mail_record.OFTEN_ENOUGH * 2)
    note_mail(is_sent=True)
    assert MailRecord.objects.get().sent_at != first


def test_the_page_names_what_lacks_with_its_cure(administrator: Client) -> None:
    body = administrator.get("/beheer/klaar/").content.decode()
    assert "Er zijn geen redacteuren" in body
    assert "Een beheerder nodigt redacteuren uit" in body
    assert body.index("Te doen") < body.index('id="redactie"') < body.index("In orde")
    assert body.index("In orde") < body.index('id="uploads"')


def test_every_question_stands_on_the_page_once(administrator: Client) -> None:
    body = administrator.get("/beheer/klaar/").content.decode()
    for name in (*questions._known, "proxy"):
        assert body.count(f'<dt id="{name}">') == 1, name


def test_the_first_page_of_an_administrator_leads_there(administrator: Client) -> None:
    body = administrator.get("/beheer/").content.decode()
    assert "Er zijn geen redacteuren" in body
    assert 'href="/beheer/klaar/"' in body


def test_the_button_sends_one_mail_to_whoever_presses_it(administrator: Client) -> None:
    assert (
        "Er is nog nooit een mail verstuurd" in administrator.get("/beheer/klaar/").content.decode()
    )
    body = administrator.post("/beheer/klaar/mail/", follow=True).content.decode()
    assert "heeft de mail aangenomen" in body
    (message,) = delivered()
    assert message.to == ["ada@voorbeeld.example"]
    assert "Er is nog nooit" not in body


def test_a_mail_that_fails_is_told_and_remembered(administrator: Client, settings: Any) -> None:
    settings.EMAIL_DELIVERY_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    body = administrator.post("/beheer/klaar/mail/", follow=True).content.decode()
    assert "De mail is niet verstuurd" in body
    assert "De laatste mail is niet verstuurd" in body


@pytest.mark.parametrize(
    ("headers", "trusted", "said"),
    [
        ({"x-forwarded-for": "203.0.113.5"}, 0, "TRUSTED_PROXIES is 0"),
        ({"x-forwarded-for": "203.0.113.5"}, 1, "zo kwam deze pagina"),
        ({"x-forwarded-for": "203.0.113.5, 10.0.0.1"}, 2, "zo kwam deze pagina"),
        ({}, 1, "maar deze pagina kwam via 0"),
        ({}, 0, "zo kwam deze pagina"),
    ],
)
def test_the_page_compares_the_proxies_with_how_it_came(
    administrator: Client, settings: Any, headers: Mapping[str, str], trusted: int, said: str
) -> None:
    settings.TRUSTED_PROXIES = trusted
    assert said in administrator.get("/beheer/klaar/", headers=headers).content.decode()


def test_health_gives_the_names_only_and_takes_no_server_away(client: Client, db: None) -> None:
    response = client.get("/gezondheid/klaar")
    assert response.json()["onderdelen"]["inrichting"]["staat"] == "let op"
    lacking = response.json()["onderdelen"]["inrichting"]["ontbreekt"]
    assert "redactie" in lacking
    assert set(lacking) <= set(questions._known)


def test_health_looks_once_a_minute(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = iter([[], pytest.fail])
    monkeypatch.setattr(questions, "answers", lambda: next(asked))
    assert health.readiness() == health.readiness()


def test_nobody_waits_long_for_a_mail_server_that_is_silent(
    administrator: Client, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.EMAIL_DELIVERY_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_TIMEOUT = "127.0.0.1", 1
    with silent_server() as settings.EMAIL_PORT:
        body = administrator.post("/beheer/klaar/mail/", follow=True).content.decode()
    assert "De mail is niet verstuurd" in body


@pytest.mark.parametrize(
    ("contact", "days", "ready"),
    [
        ("mailto:lek@wegwijzer.example", 200, True),
        ("https://wegwijzer.example/lek/", 31, True),
        ("mailto:lek@wegwijzer.example", 29, False),
        ("mailto:lek@wegwijzer.example", 0, False),
        ("mailto:lek@wegwijzer.example", 400, False),
        ("mailto:lek@wegwijzer.example", None, False),
        ("lek@wegwijzer.example", 200, False),
        ("", 200, False),
    ],
)
def test_whom_to_tell_of_a_weakness_is_watched(
    settings: Any, contact: str, days: int | None, *, ready: bool
) -> None:
    settings.SECURITY_CONTACT = contact
    today = timezone.localdate()
    settings.SECURITY_EXPIRES = None if days is None else today + timedelta(days=days)
    assert is_ready(reporting.weaknesses()) == ready
