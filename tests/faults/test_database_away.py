"""A real PostgreSQL that goes away and comes back under a real gunicorn."""

import os
import re
import signal
import subprocess
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import psycopg
import pytest

from tests.faults.conftest import Site
from tests.faults.gunicorn import Answer, Gunicorn
from tests.faults.test_deliveries import HEARTBEATS, must_be_equal, until, worker
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

MAILS = "SELECT count(*) FROM practices_queuedmail"
MAKE_SOMEBODY = """
from django.contrib.auth.models import User
User.objects.create_superuser("roos", "roos@example.nl", "drie blauwe fietsen")
"""


class Grown(Site):
    """A site of which the database is a server."""

    def __init__(self, folder: Path, database: postgresql.Server) -> None:
        super().__init__(folder)
        object.__setattr__(self, "postgresql", database)
        self.postgresql: postgresql.Server

    @property
    def environment(self) -> dict[str, str]:
        """The environment of a process on this site."""
        return {**super().environment, "DATABASE_URL": self.database}

    @property
    def database(self) -> str:
        """The address of its database."""
        return self.postgresql.url


@pytest.fixture(scope="module")
def grown(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Grown]:
    """A migrated site with one practice that has a contact."""
    try:
        database = postgresql.Server()
    except ServiceError as error:
        missing(str(error))
    with database:
        site = Grown(tmp_path_factory.mktemp("grown"), database)
        site.begin(contact_email="c@gouda.nl")
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


@contextmanager
def only_to_be_read(grown: Grown) -> Iterator[None]:
    """The database as a failover leaves it for a while."""

    def setting(value: str) -> None:
        with psycopg.connect(grown.postgresql.url, autocommit=True) as database:
            database.execute("SET transaction_read_only = off")
            database.execute(f"ALTER SYSTEM SET default_transaction_read_only = {value}")
            database.execute("SELECT pg_reload_conf()")

    setting("on")
    try:
        yield
    finally:
        setting("off")


def send(server: Gunicorn, path: str, **typed: str) -> Answer:
    """Fill in a form and send it, as a browser that has just come."""
    form = server.ask(path)
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]*)"', form.text)
    assert token, form.status
    headers = {
        "Cookie": form.headers["set-cookie"].partition(";")[0],
        "Content-Type": "application/x-www-form-urlencoded",
    }
    body = urlencode({"csrfmiddlewaretoken": token[1], **typed})
    return server.ask(path, headers, "POST", body)


def test_a_database_that_can_only_be_read_serves_pages_and_says_what_cannot_be_kept(
    grown: Grown, server: Gunicorn
) -> None:
    grown.manage("shell", "--no-imports", "-c", MAKE_SOMEBODY)
    login = {"username": "roos", "password": "drie blauwe fietsen"}
    alert = {"email": "v@example.nl", "frequency": "week"}
    server.wait_for("/gezondheid/klaar", 200, seconds=20)
    with worker(grown) as process:
        until(lambda: grown.rows(HEARTBEATS) == [1])
        with only_to_be_read(grown):
            found = {}

            def says_so() -> bool:
                found.update(server.ask("/gezondheid/klaar").json()["onderdelen"]["database"])
                return found == {"staat": "let op", "stand": "alleen lezen"}

            until(says_so, seconds=20)
            assert server.ask("/gezondheid/klaar").status == 200
            for page in PAGES:
                assert server.ask(page).status in (200, 404), page
            for path, typed in (("/beheer/login/", login), ("/volgen/", alert)):
                answer = send(server, path, **typed)
                assert answer.status == 503, path
                assert "kan even niets bewaren" in answer.text
                assert "Was u iets aan het versturen?" in answer.text
            assert process.poll() is None
        assert send(server, "/beheer/login/", **login).status == 302
        assert send(server, "/volgen/", **alert).status == 302
        until(lambda: grown.rows(MAILS) == [0])
        assert process.poll() is None


FULL_AND_RUN_OUT = """
INSERT INTO cms_shelf (cache_key, value, expires)
SELECT ':1:pdf-asked:' || n, '', now() - interval '1 hour' FROM generate_series(0, 19) n
UNION ALL SELECT ':1:other:' || n, '', now() + interval '1 day' FROM generate_series(1, 10000) n
"""
"""A shelf that is tidied up whenever somebody asks it, or keeps something on it."""


def test_a_shelf_that_cannot_be_tidied_up_breaks_no_page(grown: Grown, server: Gunicorn) -> None:
    practice = contact_address(server).removesuffix("contact/")
    with psycopg.connect(grown.postgresql.url, autocommit=True) as database:
        database.execute("SET default_transaction_read_only = off")
        database.execute(FULL_AND_RUN_OUT)
        with only_to_be_read(grown):
            until(lambda: "alleen lezen" in server.ask("/gezondheid/klaar").text, seconds=20)
            picture = server.ask(f"{practice}beeld.png", method="HEAD")
            assert (picture.status, picture.headers["content-type"]) == (200, "image/png")
            # Where this machine can make PDFs.
            assert server.ask(f"{practice.rstrip('/')}.pdf").status in (202, 404)
        database.execute("DELETE FROM cms_shelf")


@contextmanager
def another_to_be_written(grown: Grown) -> Iterator[None]:
    """Who has a connection still has the old server, which can be read; new ones are the new's."""
    role = "ALTER ROLE CURRENT_USER"
    with psycopg.connect(grown.postgresql.url, autocommit=True) as database:
        database.execute(f"{role} SET default_transaction_read_only = off")
        try:
            with only_to_be_read(grown):
                yield
        finally:
            database.execute(f"{role} RESET default_transaction_read_only")


def test_who_still_has_a_connection_to_a_server_that_can_only_be_read_takes_a_new_one(
    grown: Grown, server: Gunicorn
) -> None:
    alert = {"email": "w@example.nl", "frequency": "week"}
    server.wait_for("/gezondheid/klaar", 200, seconds=20)
    with worker(grown) as process:
        until(lambda: grown.rows(HEARTBEATS) == [1])
        with another_to_be_written(grown):
            assert grown.script("rename_and_die_after_the_commit", "Overgezet") == -9
            until(lambda: grown.pending() == 0)
            # Each of the threads may find out once.
            statuses = [0]
            while statuses[-1] != 302 and len(statuses) < 9:
                statuses.append(send(server, "/volgen/", **alert).status)
            assert set(statuses[1:]) <= {302, 503}
            assert statuses[-1] == 302
            until(lambda: grown.rows(MAILS) == [0])
            assert process.poll() is None
        assert grown.titles() == ["Overgezet"]
    must_be_equal(grown)


def test_whoever_finds_all_connections_taken_hears_that_the_site_is_away_for_a_moment(
    grown: Grown, server: Gunicorn
) -> None:
    with ExitStack() as taken:
        with suppress(psycopg.OperationalError):
            while True:
                taken.enter_context(psycopg.connect(grown.postgresql.url))
        answers = [server.ask("/praktijken/") for _ in range(8)]
        assert {answer.status for answer in answers} <= {200, 503}
    server.wait_for("/praktijken/", 200, seconds=20)


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


@contextmanager
def locked(grown: Grown, table: str) -> Iterator[None]:
    """Nobody else can read a table, as while it is moved or mended."""
    with psycopg.connect(grown.postgresql.url) as transaction:
        transaction.execute(f"LOCK TABLE {table} IN ACCESS EXCLUSIVE MODE")
        yield
        transaction.rollback()


WITHIN_TWO = "&options=" + quote("-c statement_timeout=2s -c lock_timeout=0")


@pytest.mark.parametrize(
    ("limit", "most"),
    [(WITHIN_TWO, 2), pytest.param("", 10, marks=pytest.mark.soak)],
    ids=["statement_timeout", "lock_timeout, as the site sets it"],
)
def test_a_statement_that_takes_too_long_is_503_in_time_and_over_when_it_is_over(
    grown: Grown, limit: str, most: float
) -> None:
    environment = {**grown.environment, "DATABASE_URL": grown.database + limit}
    with Gunicorn(grown.folder, environment) as server, ThreadPoolExecutor(4) as pool:
        practice = contact_address(server).removesuffix("contact/")
        pages = ("/praktijken/", practice, "/sitemap.xml", "/praktijken.json")
        before = {page: server.ask(page).status for page in pages}
        assert set(before.values()) == {200}
        quick = max(server.ask("/gezondheid/levend").seconds for _ in range(4))
        with locked(grown, "practices_practicepage"):
            answers = dict(zip(pages, pool.map(server.ask, pages), strict=True))
            assert {page: one.status for page, one in answers.items()} == dict.fromkeys(pages, 503)
            assert "De site is er even niet" in answers["/praktijken/"].text
            assert answers["/sitemap.xml"].headers["retry-after"] == "30"
            assert max(one.seconds for one in answers.values()) < 3 * most + 20 * quick
            assert server.ask("/gezondheid/levend").status == 200
        for _round in range(2):
            assert {page: server.ask(page).status for page in pages} == before
    must_be_equal(grown)


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
