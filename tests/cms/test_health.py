import threading
import time
from concurrent.futures import Future
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from cms.health import checks, queues, report
from cms.health.bounded import Bounded
from cms.health.findings import NO_ANSWER, Finding, Report, State
from cms.health.outbox import backlogs
from practices.indexes.lessons import LESSONS
from practices.indexes.practices import PRACTICES
from practices.models import QueuedMail
from search.engines import engine_for
from search.indexing.rebuild import rebuild
from search.models import Change, Follower, JobRun
from tests.factories import PracticePageFactory, SiteTree

GOOD = Finding(State.GOOD)
CONCERN = Finding(State.CONCERN)
ALL_GOOD = dict.fromkeys(("database", "migraties", "zoekmachine", "wachtrij"), GOOD)


@pytest.fixture(autouse=True)
def fresh_report(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test gets the report of another."""
    monkeypatch.setattr(report, "_remembered", None)


def test_alive_asks_nothing_of_the_database(client: Client) -> None:
    response = client.get("/gezondheid/levend")
    assert response.status_code == 200
    assert response.json() == {"staat": "goed"}
    assert response["Cache-Control"] == "no-store"
    assert response["X-Robots-Tag"] == "noindex"


def test_ready_tells_every_part(client: Client, db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    parts = {"database": lambda: GOOD, "migraties": lambda: GOOD, "zoekmachine": lambda: CONCERN}
    monkeypatch.setattr(report, "all_checks", lambda: parts)
    response = client.get("/gezondheid/klaar")
    assert response.status_code == 200
    assert response.json() == {
        "staat": "let op",
        "onderdelen": {
            "database": {"staat": "goed"},
            "migraties": {"staat": "goed"},
            "zoekmachine": {"staat": "let op"},
        },
    }
    assert response["Cache-Control"] == "no-store"


def test_a_check_that_fails_gives_its_reason_to_the_log_only(
    client: Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fails() -> Finding:
        raise OperationalError("geheim.example does not answer")

    parts = {"database": fails, "migraties": lambda: GOOD, "zoekmachine": lambda: GOOD}
    monkeypatch.setattr(report, "all_checks", lambda: parts)
    report._lines.clear()
    response = client.get("/gezondheid/klaar")
    assert response.status_code == 503
    assert response.json()["onderdelen"]["database"] == {"staat": "stuk", "reden": "geen antwoord"}
    assert "geheim" not in response.content.decode()
    assert "geheim.example does not answer" in caplog.text


@pytest.mark.parametrize("part", ["database", "migraties", "zoekmachine"])
def test_not_ready_without(part: str) -> None:
    found = Report({**ALL_GOOD, part: NO_ANSWER})
    assert not found.is_ready
    assert found.state is State.BROKEN


def test_ready_as_long_as_the_standby_answers_for_the_engine() -> None:
    assert Report({**ALL_GOOD, "zoekmachine": NO_ANSWER, "reserve": GOOD}).is_ready
    assert Report({**ALL_GOOD, "zoekmachine": GOOD, "reserve": NO_ANSWER}).is_ready
    assert not Report({**ALL_GOOD, "zoekmachine": NO_ANSWER, "reserve": NO_ANSWER}).is_ready


@pytest.mark.parametrize("finding", [CONCERN, NO_ANSWER])
def test_other_troubles_are_told_and_do_not_take_the_server_away(finding: Finding) -> None:
    found = Report({**ALL_GOOD, "wachtrij": finding})
    assert found.is_ready
    assert found.state is State.CONCERN


def test_nobody_waits_longer_than_agreed_and_a_question_that_hangs_costs_one_thread() -> None:
    goes_on = threading.Event()
    asked: Bounded[bool] = Bounded()
    before = threading.active_count()
    begun = time.monotonic()
    answers: list[Future[bool]] = [
        asked.ask({"hangs": goes_on.wait, "answers": lambda: True}, 0.05)["hangs"] for _ in range(5)
    ]
    assert time.monotonic() - begun < 2
    assert not any(answer.done() for answer in answers)
    assert threading.active_count() == before + 1
    goes_on.set()
    assert all(answer.result(timeout=5) for answer in answers)
    assert asked.ask({"hangs": lambda: True}, 5)["hangs"].done(), "and it is asked anew"


def test_the_database_and_its_migrations_are_good(db: None) -> None:
    assert checks.database().state is State.GOOD
    assert checks.migrations() == Finding(State.GOOD, {"ontbreken": 0})


def test_a_migration_that_was_not_applied_is_missed(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = {**checks.known_migrations(), ("practices", "9999_later"): ()}
    monkeypatch.setattr(checks, "known_migrations", lambda: known)
    assert checks.migrations() == Finding(State.BROKEN, {"ontbreken": 1})


def test_the_engine_without_an_index_is_broken_and_with_one_good(site_tree: SiteTree) -> None:
    kind = engine_for(PRACTICES).name
    assert checks.engine() == Finding(State.BROKEN, {"soort": kind, "reden": "geen index"})
    PracticePageFactory()
    rebuild(PRACTICES)
    facts = {"soort": kind, "documenten": 1, "schema": "onvolledig"}
    assert checks.engine() == Finding(State.CONCERN, facts), "while that of lessons is built"
    rebuild(LESSONS)
    assert checks.engine() == Finding(State.GOOD, {**facts, "schema": "actueel"})


def test_an_index_of_another_schema_goes_on_and_is_told(
    site_tree: SiteTree, monkeypatch: pytest.MonkeyPatch
) -> None:
    rebuild(PRACTICES)
    rebuild(LESSONS)
    engine = engine_for(PRACTICES)
    monkeypatch.setattr(type(engine), "schema_version", lambda self: "newer")
    found = checks.engine()
    assert found.state is State.CONCERN
    assert found.facts["schema"] == "verouderd"


def change(document: int, *, age: int = 0, **fields: Any) -> Change:
    recorded_at = timezone.now() - timedelta(seconds=age)
    return Change.objects.create(
        **{"follower": "practices:tantivy", "version": 2, "delivered": 1, **fields},
        document=document,
        recorded_at=recorded_at,
    )


def test_an_empty_outbox_is_good(db: None) -> None:
    change(1, delivered=2, age=3600)
    facts = {"wachtend": 0, "oudste_seconden": 0, "apart_gezet": 0, "alarm": 0, "onvolledig": 0}
    assert checks.outbox() == Finding(State.GOOD, facts)


def test_a_young_change_is_no_concern_and_an_old_one_is(db: None) -> None:
    change(1, age=2)
    assert checks.outbox().state is State.GOOD
    change(2, age=300)
    found = checks.outbox()
    assert found.state is State.CONCERN
    assert found.facts["wachtend"] == 2
    assert 300 <= found.facts["oudste_seconden"] < 400


def test_what_was_set_aside_is_a_concern_but_does_not_count_as_late(db: None) -> None:
    change(1, age=3600, is_set_aside=True)
    facts = {"wachtend": 0, "oudste_seconden": 0, "apart_gezet": 1, "alarm": 0, "onvolledig": 0}
    assert checks.outbox() == Finding(State.CONCERN, facts)


def test_an_index_of_a_machine_that_is_gone_is_no_concern_but_one_of_this_machine_is(
    db: None,
) -> None:
    """Also where a site went to another engine, or to another folder."""
    mine = engine_for(PRACTICES).follower
    minutes = {mine: 120, "p:elsewhere": 1, "p:tantivy/gone": 20, "p:another-engine": 20}
    for name, ago in minutes.items():
        seen_at = timezone.now() - timedelta(minutes=ago)
        Follower.objects.create(name=name, index="p", seen_at=seen_at, is_current=True)
        change(1, follower=name, age=300)
    late = {one.follower for one in backlogs() if one.waiting}
    assert late == {mine, "p:elsewhere"}


@pytest.mark.parametrize("trouble", [{"alarm": "Say so."}, {"is_current": False}])
def test_what_only_a_person_can_settle_and_what_is_not_built_is_a_concern(
    db: None, trouble: dict[str, Any]
) -> None:
    facts = {"index": "practices", "seen_at": timezone.now(), "is_current": True, **trouble}
    Follower.objects.create(name=engine_for(PRACTICES).follower, **facts)
    assert checks.outbox().state is State.CONCERN


def test_a_mail_that_waits_long_and_one_that_was_given_up_are_a_concern(db: None) -> None:
    assert queues.mails() == Finding(
        State.GOOD, {"wachtend": 0, "oudste_seconden": 0, "opgegeven": 0}
    )
    row = QueuedMail.objects.create(content={})
    assert queues.mails().state is State.GOOD
    row.made_at -= timedelta(minutes=16)
    row.save()
    assert queues.mails().state is State.CONCERN
    row.given_up_at = timezone.now()
    row.save()
    found = queues.mails()
    assert (found.state, found.facts["wachtend"], found.facts["opgegeven"]) == (State.CONCERN, 0, 1)
    row.given_up_at -= timedelta(days=2)
    row.save()
    assert queues.mails().state is State.GOOD, "one wrong address is no concern for weeks"


def test_a_task_that_waits_long_and_one_that_failed_are_a_concern(db: None) -> None:
    now = timezone.now()
    row = DBTaskResult.objects.create(
        args_kwargs={"args": [], "kwargs": {}},
        task_path="a.b",
        run_after=now,
        backend_name="default",
    )
    assert queues.tasks().state is State.GOOD
    DBTaskResult.objects.update(enqueued_at=now - timedelta(minutes=6))
    assert queues.tasks().state is State.CONCERN
    row.status, row.finished_at = "FAILED", now
    row.save()
    assert queues.tasks().facts["mislukt"] == 1
    assert queues.tasks().state is State.CONCERN


def test_a_worker_is_missed_when_it_was_not_seen_for_long(db: None) -> None:
    assert checks.worker() == Finding(State.CONCERN, {"reden": "nooit gezien"})
    beat = JobRun.objects.create(name="worker", last_run=timezone.now())
    assert checks.worker().state is State.GOOD
    beat.last_run -= timedelta(minutes=10)
    beat.save()
    assert checks.worker().state is State.CONCERN


def test_parts_that_a_site_does_not_have_are_not_asked(settings: Any, tmp_path: Path) -> None:
    always = {*ALL_GOOD, "inrichting", "mail", "taken"}
    assert set(checks.all_checks()) == always
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    settings.SEARCH_URL = "http://127.0.0.1:9"
    settings.SEARCH_STANDBY = str(tmp_path)
    assert {"werker", "reserve", "zekering"} <= set(checks.all_checks())


def test_robots_stay_away(client: Client, db: None) -> None:
    text = client.get("/robots.txt").content.decode()
    assert "Disallow: /gezondheid/" in text
    assert "Disallow: /intern/" in text
