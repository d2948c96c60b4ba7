"""`make services` finds what runs, starts what doesn't, and stops nothing else."""

import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.services import database_url, elasticsearch_url
from tools.services import ServiceError, postgresql, processes, state
from tools.services.__main__ import VARIABLES, find, needed
from tools.services.state import Started


@pytest.fixture(autouse=True)
def nothing_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(state, "FILE", tmp_path / "services.json")
    for variable in VARIABLES.values():
        monkeypatch.delenv(variable, raising=False)


@pytest.fixture
def sleeper(tmp_path: Path) -> Iterator["subprocess.Popen[bytes]"]:
    code = "import time; time.sleep(60)"
    with subprocess.Popen([sys.executable, "-c", code, str(tmp_path)]) as process:
        yield process
        process.kill()


def test_what_the_environment_names_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    state.write({"postgresql": Started("postgres:///other")})
    monkeypatch.setenv("TEST_DATABASE_URL", "postgres://given/")
    assert find("postgresql") == database_url() == "postgres://given/"


def test_what_was_started_is_found_only_while_it_answers(tmp_path: Path) -> None:
    state.write(
        {
            "elasticsearch": Started("http://127.0.0.1:1", str(tmp_path)),
            "postgresql": Started("postgres:///gone", str(tmp_path)),
        }
    )
    assert find("elasticsearch") == find("postgresql") == ""


def test_what_is_missing_is_said_with_the_cure() -> None:
    with pytest.raises(ServiceError, match="run `make services`, or set TEST_DATABASE_URL"):
        needed("postgresql")


def test_a_test_without_its_service_is_skipped_at_home_and_fails_in_ci(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("CI", raising=False)
    with pytest.raises(pytest.skip.Exception):
        elasticsearch_url()
    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception):
        elasticsearch_url()


def test_a_process_of_somebody_else_is_not_ended(
    tmp_path: Path, sleeper: "subprocess.Popen[bytes]"
) -> None:
    processes.end(sleeper.pid, tmp_path / "of-another")
    assert sleeper.poll() is None


def test_a_process_that_was_started_for_a_folder_is_ended(
    tmp_path: Path, sleeper: "subprocess.Popen[bytes]"
) -> None:
    assert processes.wait_until(lambda: processes.is_running(sleeper.pid, tmp_path), seconds=5)
    processes.end(sleeper.pid, tmp_path)
    assert sleeper.wait(timeout=5) == -15


def test_ports_in_use_are_not_given() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert port not in processes.free_ports(2, port)


def test_a_server_of_postgresql_is_gone_with_its_folder_after_it() -> None:
    try:
        server = postgresql.Server()
    except ServiceError as error:
        pytest.skip(str(error))
    with server:
        assert postgresql.is_running(server.folder)
        assert len(str(server.folder / ".s.PGSQL.5432")) < 100
    assert not postgresql.is_running(server.folder)
    assert not server.folder.exists()
