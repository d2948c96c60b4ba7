"""PostgreSQL crashes and returns, or another takes its place, under a steady load.

Visitors hear of it, and nobody has to act.
"""

import subprocess
import threading
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from itertools import cycle
from pathlib import Path
from urllib.parse import quote, unquote

import psycopg
import pytest

from tests.faults.conftest import ELSEWHERE, Site, give_static_files, prepare
from tests.faults.gunicorn import Answer, Gunicorn
from tests.faults.test_deliveries import must_be_equal, until, worker
from tests.services import missing
from tools.services import ServiceError
from tools.services.postgresql import NAME, Server, stop
from tools.services.processes import run, wait_until

pytestmark = pytest.mark.fault

VISITORS = 4
SEARCHES = ("/praktijken/?q=eerste", "/praktijken.json", "/praktijken/", "/praktijken.json?q=niets")
CALM, OUTAGE = 40, 60
"""Answers that are waited for before, during and after the outage."""


@pytest.fixture(scope="module")
def database() -> Iterator[Server]:
    """A server that only this module uses, and breaks."""
    try:
        server = Server()
    except ServiceError as error:
        missing(str(error))
    with server:
        yield server


@pytest.fixture(scope="module")
def address(database: Server) -> Path:
    """Where the site looks for its database: an address that can be given to another server."""
    link = database.folder / "at"
    link.symlink_to(database.folder)
    return link


@pytest.fixture(scope="module")
def grown(database: Server, address: Path, tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A site on that server, with one practice."""
    site = Site(tmp_path_factory.mktemp("grown"))
    url = database.url.replace(quote(str(database.folder)), quote(str(address)))
    assert str(address) in unquote(url)
    (site.folder / ELSEWHERE).write_text(url)
    site.manage("migrate", "--verbosity", "0")
    prepare(site)
    give_static_files(site.folder)
    return site


class Load:
    """Visitors who search one after another, until the end of a `with`."""

    def __init__(self, server: Gunicorn) -> None:
        self.server = server
        self.answers: list[Answer] = []
        self._is_over = threading.Event()

    @contextmanager
    def running(self) -> Iterator[None]:
        """Search meanwhile; what went wrong in a visitor is raised at the end."""
        with ThreadPoolExecutor(VISITORS) as pool:
            visitors: list[Future[None]] = [pool.submit(self._visit) for _ in range(VISITORS)]
            try:
                yield
            finally:
                self._is_over.set()
            for visitor in visitors:
                visitor.result()

    def _visit(self) -> None:
        for path in cycle(SEARCHES):
            if self._is_over.is_set():
                return
            self.answers.append(self.server.ask(path))

    def more(self, count: int, status: int | None = None) -> list[Answer]:
        """Wait for so many more answers (with a status); all answers meanwhile."""
        before = len(self.answers)

        def are_there() -> bool:
            new = self.answers[before:]
            return len([one for one in new if status in (None, one.status)]) >= count

        assert wait_until(are_there, seconds=60), statuses(self.answers[before:])
        return self.answers[before:]


def statuses(answers: list[Answer]) -> dict[int, int]:
    found = [one.status for one in answers]
    return {status: found.count(status) for status in set(found)}


def workers(server: Gunicorn) -> set[str]:
    asked = ["pgrep", "-P", str(server.process.pid)]
    return set(subprocess.run(asked, capture_output=True, text=True, check=True).stdout.split())


def test_a_crash_under_load_is_503_meanwhile_and_over_when_it_is_over(
    grown: Site, database: Server
) -> None:
    with Gunicorn(grown.folder, grown.environment) as server:
        load = Load(server)
        at_work = workers(server)
        with load.running():
            assert statuses(load.more(CALM)).keys() == {200}
            database.stop("immediate")
            try:
                load.more(OUTAGE, 503)
            finally:
                database.start()
            load.more(CALM, 200)
            assert statuses(load.more(CALM)).keys() == {200}, (
                "nobody is left with a dead connection"
            )
        assert statuses(load.answers).keys() == {200, 503}
        assert not [one for one in load.answers if "Traceback" in one.text]
        assert max(one.seconds for one in load.answers) < 10
        assert workers(server) == at_work, "recovered without a restart"


@contextmanager
def standby_of(primary: Server) -> Iterator[Server]:
    """A second server that follows the first, transaction by transaction."""
    standby = Server()
    command: list[str | Path] = [
        standby.programs / "pg_basebackup",
        "-h",
        primary.folder,
        "-U",
        NAME,
    ]
    command += ["-D", standby.data, "--write-recovery-conf", "--checkpoint=fast", "--no-sync"]
    try:
        run(command, standby.folder)
        standby.start()
        yield standby
    finally:
        stop(standby.folder)


def asked(server: Server, question: str) -> str:
    with psycopg.connect(server.url, autocommit=True) as connection:
        [answer] = connection.execute(question).fetchall()[0]
    return str(answer)


def has_caught_up(standby: Server, primary: Server) -> bool:
    written = asked(primary, "SELECT pg_current_wal_flush_lsn()")
    return asked(standby, f"SELECT pg_last_wal_replay_lsn() >= '{written}'") == "True"


def test_another_primary_takes_over_and_nobody_has_to_act(
    grown: Site, database: Server, address: Path
) -> None:
    with (
        standby_of(database) as standby,
        Gunicorn(grown.folder, grown.environment) as server,
        worker(grown) as process,
    ):
        assert grown.script("publish", "Ervoor") == 0
        load = Load(server)
        at_work = workers(server)
        with load.running():
            assert statuses(load.more(CALM)).keys() == {200}
            until(lambda: has_caught_up(standby, database))
            database.stop("immediate")
            load.more(OUTAGE, 503)
            run([standby.programs / "pg_ctl", "promote", "-s", "-w", "-D", standby.data], address)
            moved = address.with_name("moved")
            moved.symlink_to(standby.folder)
            moved.rename(address)
            load.more(CALM, 200)
            assert statuses(load.more(CALM)).keys() == {200}
        assert statuses(load.answers).keys() == {200, 503}
        assert workers(server) == at_work, "recovered without a restart"
        assert process.poll() is None
        assert grown.script("publish", "Erna") == 0
        titles = ["Eerste", "Erna", "Ervoor"]
        assert grown.titles() == titles
        until(lambda: server.ask("/praktijken.json").json()["total"] == len(titles))
        until(lambda: grown.pending() == 0)
        must_be_equal(grown)
