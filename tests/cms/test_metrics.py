import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.checks import run_checks
from django.test import Client, override_settings
from django.utils import timezone
from django_tasks import task

from cms.metrics import database, files
from practices.indexes.practices import PRACTICES
from search import engines
from search.engines.breaker import State
from search.engines.failover import BreakerState
from search.indexing.rebuild import rebuild
from search.models import Change, Follower, JobRun
from tests.factories import PracticePageFactory, SiteTree

TOKEN = "0123456789abcdef0123456789abcdef"


@pytest.fixture
def token(settings: Any) -> str:
    settings.METRICS_TOKEN = TOKEN
    return TOKEN


def read(client: Client) -> dict[str, float]:
    """All samples by their name with labels."""
    response = client.get("/intern/metrics", headers={"authorization": f"Bearer {TOKEN}"})
    assert response.status_code == 200
    assert response["Cache-Control"] == "no-store"
    lines = response.content.decode().splitlines()
    samples = (line.rpartition(" ") for line in lines if not line.startswith("#"))
    return {name: float(value) for name, _space, value in samples}


def risen(before: dict[str, float], after: dict[str, float], name: str) -> float:
    return after[name] - before.get(name, 0)


@pytest.mark.parametrize(
    "given", ["", "Bearer ", "Bearer wrong", f"Basic {TOKEN}", TOKEN, "Bearer é"]
)
def test_without_the_token_there_is_no_such_page(
    client: Client, db: None, token: str, given: str
) -> None:
    assert client.get("/intern/metrics", headers={"authorization": given}).status_code == 404


@pytest.mark.parametrize("given", ["Bearer ", "Bearer", ""])
def test_a_site_without_a_token_has_no_such_page(client: Client, db: None, given: str) -> None:
    assert client.get("/intern/metrics", headers={"authorization": given}).status_code == 404


def test_requests_are_counted_by_route_and_never_by_address(
    client: Client, site_tree: SiteTree, token: str
) -> None:
    rebuild(PRACTICES)
    before = read(client)
    client.get("/praktijken/", {"q": "geheime vraag"})
    client.get("/gemeenten/geheim/")
    client.get("/beheer/login/")
    client.generic("GEHEIM", "/praktijken/")
    after = read(client)
    for method, route, status in (
        ("GET", "practices:search", 200),
        ("GET", "practices:municipality", 404),
        ("GET", "beheer", 200),
        ("other", "practices:search", 405),
    ):
        name = f'wegwijzer_requests_total{{method="{method}",route="{route}",status="{status}"}}'
        assert risen(before, after, name) == 1
    assert not re.search("geheim", " ".join(after), re.IGNORECASE)
    assert risen(before, after, 'wegwijzer_request_seconds_count{route="practices:search"}') == 2


def test_searches_are_measured_by_engine(client: Client, site_tree: SiteTree, token: str) -> None:
    engine = engines.engine_for(PRACTICES).name
    last = "standby" if engines.standby_for(PRACTICES) else engine
    before = read(client)
    client.get("/praktijken.json")
    rebuild(PRACTICES)
    client.get("/praktijken.json")
    after = read(client)
    for asked, outcome in ((last, "failed"), (engine, "answered")):
        name = f'wegwijzer_search_seconds_count{{engine="{asked}",outcome="{outcome}"}}'
        assert risen(before, after, name) == 1


def test_publications_are_counted(client: Client, site_tree: SiteTree, token: str) -> None:
    page = PracticePageFactory(draft=True)
    before = read(client)
    page.save_revision().publish()
    page.refresh_from_db()
    page.unpublish()
    after = read(client)
    for action in ("published", "unpublished"):
        assert risen(before, after, f'wegwijzer_publications_total{{action="{action}"}}') == 1


def test_breakers_are_read_with_every_answer(
    client: Client, db: None, token: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def states(state: State, failures: int, fallbacks: int) -> None:
        now = {"p:x": BreakerState(state, failures, fallbacks)}
        monkeypatch.setattr(engines, "breaker_states", lambda: now)

    opened, failures, fallbacks = (
        f'wegwijzer_{name}{{follower="p:x"}}'
        for name in ("breaker_open", "engine_failures_total", "fallbacks_total")
    )
    states(State.OPEN, 3, 5)
    client.get("/gezondheid/levend")
    states(State.HALF_OPEN, 4, 7)
    found = read(client)
    assert (found[opened], found[failures], found[fallbacks]) == (1, 4, 7)
    states(State.CLOSED, 1, 0)
    found = read(client)
    assert (found[opened], found[failures], found[fallbacks]) == (0, 4, 7), "an engine made anew"
    states(State.CLOSED, 2, 1)
    found = read(client)
    assert (found[failures], found[fallbacks]) == (5, 8)


@task()
def goes_well() -> None:
    """Does nothing."""


@task()
def goes_wrong() -> None:
    """Fails."""
    raise RuntimeError("stuk")


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_tasks_that_fail_are_counted(
    client: Client, token: str, caplog: pytest.LogCaptureFixture
) -> None:
    before = read(client)
    goes_well.enqueue()
    goes_wrong.enqueue()
    after = read(client)
    for outcome in ("succeeded", "failed"):
        assert risen(before, after, f'wegwijzer_tasks_total{{outcome="{outcome}"}}') == 1


def test_a_database_that_is_away_leaves_the_other_measurements(
    client: Client, db: None, token: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "backlogs", lambda: 1 / 0)
    found = read(client)
    assert found["wegwijzer_database_up"] == 0
    assert any(name.startswith("wegwijzer_requests_total") for name in found)


def test_the_database_tells_of_outbox_worker_and_queue(db: None) -> None:
    now = timezone.now()
    JobRun.objects.create(name="worker", last_run=now)
    Follower.objects.create(name="p:x", index="p", seen_at=now, alarm="Say so.", is_current=True)
    for document, is_set_aside in ((1, False), (2, False), (3, True)):
        Change.objects.create(
            follower="p:x",
            document=document,
            version=1,
            recorded_at=now - timedelta(minutes=5),
            is_set_aside=is_set_aside,
        )
    known = database.read()
    families = [*database._outbox(known.backlogs), *database._work(known)]
    values = {
        family.name: [
            sample.value
            for sample in family.samples
            if sample.labels.get("follower", "p:x") == "p:x"
        ]
        for family in families
    }
    assert values["wegwijzer_outbox_size"] == [2]
    assert values["wegwijzer_outbox_alarm"] == [1]
    assert 300 <= values["wegwijzer_outbox_age_seconds"][0] < 400
    assert values["wegwijzer_outbox_set_aside"] == [1]
    assert values["wegwijzer_worker_seen_seconds"][0] < 100
    assert values["wegwijzer_queued_tasks"] == []


def test_files_of_processes_that_are_gone_are_swept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(files.VARIABLE, "")
    folder = files.share(tmp_path)
    gone, running = folder / "counter_999999999.db", folder / "counter_1.db"
    gone.touch()
    running.touch()
    assert files.share(tmp_path) == folder
    assert not gone.exists()
    assert running.exists()


def test_an_ended_worker_keeps_its_counts_and_loses_its_state(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(files.VARIABLE, str(tmp_path))
    for name in ("gauge_livesum_12.db", "gauge_livesum_123.db", "counter_12.db"):
        (tmp_path / name).touch()
    files.forget(12)
    assert {file.name for file in tmp_path.iterdir()} == {"gauge_livesum_123.db", "counter_12.db"}


@pytest.mark.parametrize(("length", "warnings"), [(0, 0), (31, 1), (32, 0)])
def test_a_short_token_is_warned_of(length: int, warnings: int) -> None:
    with override_settings(METRICS_TOKEN="x" * length):
        found = run_checks(tags=["security"], include_deployment_checks=True)
    assert len([one for one in found if one.id == "cms.W001"]) == warnings
