import json
import logging
import re
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.management import get_commands
from django.test import Client

from cms import logs
from search import engines
from search.documents import registered
from search.running import jobs
from tests.security.routes import routes

ID = "0123456789abcdef0123456789abcdef"
OTHER = "01234567-89ab-4def-8123-456789abcdef"


def event(message: str, *args: Any, **extra: Any) -> logging.LogRecord:
    record = logging.makeLogRecord(
        {"name": "x", "levelname": "ERROR", "msg": message, "args": args, "request_id": ID, **extra}
    )
    try:
        raise ValueError("van jan@gouda.nl\nen meer")
    except ValueError:
        record.exc_info = sys.exc_info()
    return record


def test_an_error_is_one_line_of_json_with_its_traceback_in_one_field() -> None:
    line = logs.JsonLines().format(event("Stuk: %s", "Één", request="<GET /?q=geheim>"))
    assert "\n" not in line
    found = json.loads(line)
    assert set(found) == {"timestamp", "level", "logger", "request_id", "message", "exc_info"}
    assert found["message"] == "Stuk: Één"
    assert found["request_id"] == ID
    assert found["exc_info"].startswith("Traceback")
    assert "geheim" not in line


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        ("/uitnodiging/geheim:abc/", "/uitnodiging/[link]/"),
        ("/uitnodiging/", "/uitnodiging/"),
        (
            "/beheer/password_reset/confirm/MQ/geheim-abc/",
            "/beheer/password_reset/confirm/MQ/[link]/",
        ),
    ],
)
def test_links_that_let_somebody_in_are_masked(path: str, shown: str) -> None:
    assert logs.masked(f"Internal Server Error: {path}") == f"Internal Server Error: {shown}"


def test_a13_no_token_in_any_address_of_the_site_reaches_a_log() -> None:
    """Every address with a parameter that is named like a secret, from the resolver."""
    secret = [route for route in routes() if {"token", "link"} & set(route.parameters)]
    assert len(secret) >= 5
    for route in secret:
        path = "/" + re.sub(r"<(?:\w+:)?(token|link)>", "g3h-eim:x", route.pattern)
        path = re.sub(r"<[^>]+>", "MQ", path)
        assert "g3h-eim" not in logs.masked(f"GET {path} 500"), route.pattern


@pytest.mark.parametrize("formatter", [logs.JsonLines(), logs.TextLines()])
def test_addresses_of_people_are_masked(formatter: logging.Formatter) -> None:
    line = formatter.format(event("Key (email)=(Kim.O'Neill+x@gemeente.example) bestaat"))
    assert "@" not in line
    assert "bestaat" in line


def test_no_name_of_ours_looks_like_an_address(settings: Any, tmp_path: Path, db: None) -> None:
    """Names of indexes, jobs, tasks and commands, which lines are about."""
    settings.SEARCH_URL = "http://127.0.0.1:9/prefix"
    settings.SEARCH_STANDBY = str(tmp_path)
    engines.forget()
    names = [job.name for source in jobs._sources for job in source()]
    names += [engine.follower for index in registered() for engine in engines.followers(index)]
    names += get_commands()
    engines.forget()
    assert any("tantivy/" in name for name in names)
    assert [logs.masked(name) for name in names] == names


def test_masking_a_long_text_takes_no_long_time() -> None:
    assert logs.masked("a" * 200_000 + "@") == "a" * 200_000 + "@"


def test_a_request_gets_an_id_that_it_is_answered_with(client: Client) -> None:
    first, second = (client.get("/gezondheid/levend")["X-Request-ID"] for _ in range(2))
    assert first != second
    assert len(first) == 32


@pytest.mark.parametrize("given", [ID, OTHER])
def test_the_id_of_a_trusted_proxy_is_kept(client: Client, settings: Any, given: str) -> None:
    settings.TRUSTED_PROXIES = 1
    assert (
        client.get("/gezondheid/levend", headers={"x-request-id": given})["X-Request-ID"] == given
    )


@pytest.mark.parametrize(
    ("proxies", "given"),
    [
        (0, ID),
        (1, f"{ID}0"),
        (1, ID.upper()),
        (1, f"{{{OTHER}}}"),
        (1, f"urn:uuid:{OTHER}"),
        (1, "x y"),
    ],
)
def test_another_id_is_forgotten(client: Client, settings: Any, proxies: int, given: str) -> None:
    settings.TRUSTED_PROXIES = proxies
    answer = client.get("/gezondheid/levend", headers={"x-request-id": given})
    assert answer["X-Request-ID"] != given
    assert len(answer["X-Request-ID"]) == 32
