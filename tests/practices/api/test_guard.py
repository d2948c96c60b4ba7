"""Who may ask, how, and how often."""

from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test import Client

from practices import limits
from practices.api import ROOT, parameters
from practices.api.parameters import SEARCH
from practices.indexes import registers
from practices.indexes.lesson_kinds import lesson_facets
from practices.limits import MINUTE, Allowance, MinuteLimit
from tests.practices.api.conftest import Published

LESSONS = "/api/v1/lessen"


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "TRACE", "HACK"])
@pytest.mark.parametrize("path", [LESSONS, "/api/v1/praktijken/1", "/api/v1/bestaat-niet"])
def test_it_is_for_reading_only(db: None, path: str, method: str) -> None:
    response = Client(enforce_csrf_checks=True).generic(method, path)
    assert response.status_code == 405
    assert response["Allow"] == "GET, HEAD, OPTIONS"
    assert response["Content-Type"] == "application/problem+json"
    assert "alleen lezen" in response.json()["detail"]


def test_the_head_of_an_answer_is_that_of_the_answer(published: Published, client: Client) -> None:
    whole, head = client.get(LESSONS), client.head(LESSONS)
    assert head.content == b""
    assert head["ETag"] == whole["ETag"]
    assert head["Content-Length"] == whole["Content-Length"]


@pytest.mark.parametrize(
    "path", [LESSONS, "/api/v1/openapi.json", "/api/v1/onzin", f"{LESSONS}?x="]
)
def test_a_page_of_any_site_may_read_it(published: Published, client: Client, path: str) -> None:
    response = client.get(path, headers={"origin": "https://elders.example"})
    assert response["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in response
    assert "ETag" in response["Access-Control-Expose-Headers"]
    assert response["X-Robots-Tag"] == "noindex"
    assert response["API-Version"]


def test_a_browser_may_ask_beforehand(db: None, client: Client) -> None:
    response = client.options(
        LESSONS,
        headers={
            "origin": "https://elders.example",
            "access-control-request-method": "GET",
            "access-control-request-headers": "if-none-match",
        },
    )
    assert response.status_code == 204
    assert response["Access-Control-Allow-Origin"] == "*"
    assert response["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
    assert "If-None-Match" in response["Access-Control-Allow-Headers"]


def test_the_answer_is_the_same_for_everybody(published: Published, admin_client: Client) -> None:
    response = admin_client.get(LESSONS)
    assert response["Cache-Control"] == "public, no-cache"
    assert "Cookie" not in response.get("Vary", "")
    assert not response.cookies


def test_an_unknown_address_is_a_404_in_json(db: None, client: Client) -> None:
    response = client.get("/api/v1/bestaat/niet")
    assert response.status_code == 404
    assert response["Content-Type"] == "application/problem+json"
    assert response.json() == {
        "status": 404,
        "title": "Niet gevonden",
        "detail": "Op dit adres staat niets. Alle adressen staan uitgelegd op /api/v1/.",
    }
    assert client.get("/api/v1")["Location"] == ROOT


def test_who_asks_too_often_hears_when_to_go_on(db: None, client: Client, settings: Any) -> None:
    settings.WEGWIJZER = {**settings.WEGWIJZER, "API_LIMIT": 3}
    remaining = [client.get(LESSONS)["RateLimit"].split(";")[1] for _number in range(3)]
    assert remaining == ["r=2", "r=1", "r=0"]
    refused = client.get(LESSONS)
    assert refused.status_code == 429
    seconds = int(refused["Retry-After"])
    assert 0 < seconds <= MINUTE
    assert refused["RateLimit-Policy"] == '"minuut";q=3;w=60'
    assert refused["RateLimit"] == f'"minuut";r=0;t={seconds}'
    assert f"Ga over {seconds} seconden verder" in refused.json()["detail"]
    assert refused["Access-Control-Allow-Origin"] == "*"
    # Neither somebody else nor a browser that only asks beforehand is held up.
    assert client.get(LESSONS, REMOTE_ADDR="192.0.2.7").status_code == 200
    assert client.options(LESSONS).status_code == 204
    assert client.get(ROOT).status_code == 200


def test_who_is_refused_does_not_reach_the_database(
    db: None, client: Client, settings: Any, django_assert_num_queries: Any
) -> None:
    settings.WEGWIJZER = {**settings.WEGWIJZER, "API_LIMIT": 1}
    client.get(LESSONS)
    client.get(LESSONS)
    with django_assert_num_queries(0):
        assert client.get(LESSONS).status_code == 429


def test_processes_share_one_count(db: None) -> None:
    processes = [MinuteLimit("test"), MinuteLimit("test"), MinuteLimit("test")]
    asked = [one.ask("een", times=26) for _round in range(30) for one in processes]
    assert sum(one.is_allowed for one in asked) == 26
    assert asked[-1] == Allowance(False, 26, 0, asked[-1].seconds)


def test_nobody_counts_one_time_twice_who_loses_a_race(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All read that nothing was taken before any of them takes."""
    monkeypatch.setattr(type(limits.shared()), "get_many", lambda *_arguments: {})
    processes = [MinuteLimit("test") for _number in range(5)]
    asked = [one.ask("een", times=24) for _round in range(10) for one in processes]
    assert sum(one.is_allowed for one in asked) == 24


def _fail(*_arguments: Any) -> None:
    raise OperationalError("database is locked")


@pytest.mark.parametrize(("method", "answer"), [("get_many", _fail), ("add", lambda *_all: False)])
def test_where_nothing_can_be_written_a_process_counts_alone(
    db: None, monkeypatch: pytest.MonkeyPatch, method: str, answer: Any
) -> None:
    monkeypatch.setattr(type(limits.shared()), method, answer)
    process = MinuteLimit("test")
    asked = [process.ask("een", times=24) for _number in range(40)]
    assert sum(one.is_allowed for one in asked) == 24


def test_a_new_minute_gives_all_turns_back(
    db: None, client: Client, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.WEGWIJZER = {**settings.WEGWIJZER, "API_LIMIT": 1}
    monkeypatch.setattr(limits, "time", lambda: 6_000_000.0)
    assert [client.get(LESSONS).status_code for _number in range(2)] == [200, 429]
    monkeypatch.setattr(limits, "time", lambda: 6_000_060.0)
    assert client.get(LESSONS).status_code == 200


def counted() -> list[str]:
    """What lies in the shared cache."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key, value FROM cms_sharedcache")
        return [str(row) for row in cursor.fetchall()]


def test_nobody_can_read_who_asked(db: None, client: Client) -> None:
    client.get(LESSONS, REMOTE_ADDR="192.0.2.7")
    (row,) = counted()
    assert "192.0.2.7" not in row


def test_a_site_may_have_no_limit(db: None, client: Client, settings: Any) -> None:
    settings.WEGWIJZER = {**settings.WEGWIJZER, "API_LIMIT": 0}
    assert "RateLimit" not in client.get(LESSONS)
    assert counted() == []


def test_the_page_says_what_the_description_says_and_asks_no_other_site(
    published: Published, client: Client
) -> None:
    document = client.get("/api/v1/openapi.json").json()
    assert document["openapi"].startswith("3.1")
    html = client.get(ROOT).content.decode()
    for path, methods in document["paths"].items():
        assert path in html
        for parameter in methods["get"]["parameters"]:
            assert f"<code>{parameter['name']}</code>" in html
    for name, kind in document["components"]["schemas"].items():
        assert f'id="veld-{name.lower()}"' in html
        for attribute in kind["properties"]:
            assert f"<code>{attribute}</code>" in html
    assert "swagger" not in html
    assert "<script>" not in html
    assert "style=" not in html


def test_the_description_has_every_parameter_of_a_search(published: Published) -> None:
    known = registers.current()
    texts = {"q", "sorteer", "jaar_van", "jaar_tot"}
    assert {one["name"] for one in SEARCH} == {*known.facets, *texts}
    assert {one["name"] for one in parameters.LESSONS} == {*lesson_facets(known), *texts}
