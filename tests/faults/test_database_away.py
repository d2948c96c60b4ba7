"""A real PostgreSQL that goes away and comes back under a real gunicorn."""

import os
import re
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest

from tests.faults.conftest import Site, give_static_files
from tests.faults.gunicorn import Gunicorn
from tests.services import missing
from tools.services import ServiceError, postgresql

pytestmark = pytest.mark.fault

PAGES = (
    "/",
    "/praktijken/",
    "/gemeenten/gouda/",
    "/beheer/login/",
    "/bestaat/niet/",
    "/sitemap.xml",
)


class Grown(Site):
    """A site of which the database is a server."""

    def __init__(self, folder: Path, database: postgresql.Server) -> None:
        super().__init__(folder)
        object.__setattr__(self, "postgresql", database)
        self.postgresql: postgresql.Server

    @property
    def environment(self) -> dict[str, str]:
        """The environment of a process on this site."""
        return {**super().environment, "DATABASE_URL": self.postgresql.url}


@pytest.fixture(scope="module")
def grown(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Grown]:
    """A migrated site with one practice that has a contact."""
    try:
        database = postgresql.Server()
    except ServiceError as error:
        missing(str(error))
    with database:
        site = Grown(tmp_path_factory.mktemp("grown"), database)
        for command in ("migrate", "reference"):
            site.manage(command, "--verbosity", "0")
        code = (
            "import django; django.setup()\n"
            "from tests.factories import PracticePageFactory, make_tree\n"
            "make_tree()\n"
            "PracticePageFactory(complete=True, contact_email='c@gouda.nl')\n"
        )
        done = site.run("-c", code)
        assert done.returncode == 0, done.stderr
        site.manage("search_rebuild")
        give_static_files(site.folder)
        yield site


@pytest.fixture
def server(grown: Grown) -> Iterator[Gunicorn]:
    """Gunicorn on the grown site."""
    environment = {**grown.environment, "LOG_FORMAT": "json", "LOG_LEVEL": "INFO"}
    with Gunicorn(grown.folder, environment) as running:
        yield running


def test_all_pages_say_so_in_dutch_and_come_back_by_themselves(
    grown: Grown, server: Gunicorn
) -> None:
    for page in PAGES:
        assert server.ask(page).status in (200, 404), page
    form = server.ask(contact_address(server))
    token = re.findall(r'name="(csrfmiddlewaretoken|token)" value="([^"]*)"', form.text)
    message = {
        "name": "J. Jansen",
        "email": "j@gouda.nl",
        "message": "Hoe ging dat?",
        "website": "",
    }
    sending: dict[str, Any] = {
        "path": contact_address(server),
        "headers": {
            "Cookie": form.headers["set-cookie"].partition(";")[0],
            "Content-Type": "application/x-www-form-urlencoded",
        },
        "method": "POST",
        "body": urlencode({**dict(token), **message}),
    }
    grown.postgresql.stop("immediate")
    try:
        for page in PAGES:
            answer = server.ask(page)
            assert answer.status == 503, page
            assert "De site is er even niet" in answer.text
            assert answer.headers["retry-after"] == "30"
            assert "Was u iets aan het versturen?" not in answer.text
        answer = server.ask("/praktijken.json")
        assert answer.status == 503
        assert answer.headers["content-type"] == "application/json"
        answer = server.ask(**sending)
        assert answer.status == 503
        assert "Was u iets aan het versturen?" in answer.text
        assert server.ask("/gezondheid/levend").status == 200
        found = server.ask("/gezondheid/klaar")
        assert found.status == 503
        assert found.json()["onderdelen"]["database"]["staat"] == "stuk"
        assert str(grown.postgresql.folder) not in found.text
    finally:
        grown.postgresql.start()
    for page in PAGES:
        assert server.ask(page).status in (200, 404), page
    server.wait_for("/gezondheid/klaar", 200, seconds=20)
    deadline = time.monotonic() + 20
    while (answer := server.ask(**sending)).status == 400 and time.monotonic() < deadline:
        time.sleep(0.5)  # the form refuses what comes within three seconds
    assert answer.headers["location"].endswith("/verstuurd/")

    server.stop()
    assert "j@gouda.nl" not in server.output.read_text().partition("Subject:")[0]


def contact_address(server: Gunicorn) -> str:
    (found,) = server.ask("/praktijken.json").json()["results"]
    return f"{found['url']}contact/"


def test_an_outage_is_one_traceback_for_each_process(grown: Grown, server: Gunicorn) -> None:
    grown.postgresql.stop("immediate")
    try:
        for _ in range(20):
            assert server.ask("/praktijken/").status == 503
    finally:
        grown.postgresql.start()
    server.stop()
    told = [line for line in server.lines() if line["logger"] == "cms.database_away"]
    assert 1 <= len(told) <= 2
    assert all("OperationalError" in line["exc_info"] for line in told)
    assert all(line["request_id"] for line in told)


def test_health_answers_in_time_when_the_database_hangs(grown: Grown, server: Gunicorn) -> None:
    server.wait_for("/gezondheid/klaar", 200, seconds=20)
    leader = int((grown.postgresql.data / "postmaster.pid").read_text().split()[0])
    children = subprocess.run(["pgrep", "-P", str(leader)], capture_output=True, text=True)
    processes = [leader, *map(int, children.stdout.split())]
    for process in processes:
        os.kill(process, signal.SIGSTOP)
    try:
        for _ in range(3):
            # Each process may repeat for a second what it found before.
            answer = server.wait_for("/gezondheid/klaar", 503, seconds=20)
            alive = server.ask("/gezondheid/levend")
            assert alive.status == 200
            assert answer.seconds < 2 + 10 * alive.seconds, "measured against a busy machine"
    finally:
        for process in processes:
            os.kill(process, signal.SIGCONT)
    server.wait_for("/gezondheid/klaar", 200, seconds=20)


def test_unapplied_migrations_are_not_ready(grown: Grown, server: Gunicorn) -> None:
    grown.manage("migrate", "practices", "zero", "--fake", "--verbosity", "0")
    try:
        found = server.wait_for("/gezondheid/klaar", 503, seconds=20).json()
    finally:
        grown.manage("migrate", "practices", "--fake", "--verbosity", "0")
    assert found["onderdelen"]["migraties"]["staat"] == "stuk"
    assert found["onderdelen"]["migraties"]["ontbreken"] >= 1
    assert found["onderdelen"]["database"]["staat"] == "goed"


def test_twenty_threads_that_write_to_sqlite_all_get_their_turn(embedded_site: Site) -> None:
    site = embedded_site
    writers = [site.start("-m", "tests.faults.scripts", "write_many", "10", "50") for _ in range(2)]
    errors = [writer.communicate()[1] for writer in writers]
    assert [writer.returncode for writer in writers] == [0, 0], errors
    done = site.run("-m", "tests.faults.scripts", "print_written")
    assert done.stdout.strip() == str(2 * 10 * 50), done.stderr


def test_a_sqlite_that_cannot_be_read_is_a_database_that_is_away(embedded_site: Site) -> None:
    site = embedded_site
    with Gunicorn(site.folder, {**site.environment, "LOG_FORMAT": "json"}) as server:
        for file in site.folder.glob("wegwijzer.sqlite3*"):
            file.rename(file.with_name(f"away-{file.name}"))
        (site.folder / "wegwijzer.sqlite3").mkdir()
        answer = server.wait_for("/praktijken/", 503)
        assert 'lang="nl"' in answer.text, "also without static files, as here"
        assert server.ask("/gezondheid/klaar").status == 503
        assert server.ask("/gezondheid/levend").status == 200
