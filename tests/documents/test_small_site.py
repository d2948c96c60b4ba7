"""The small site, made on a machine with only Debian as docs/operations.md says, and used.

One site goes through all of it: tests stand in the order of the document.
"""

import re
import socket
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.documents import journey
from tests.documents.conftest import FILL_IN, FIRST, REPOSITORY, SECOND
from tests.documents.journeys import JOURNEYS
from tests.documents.machine import Machine
from tests.documents.visitor import Visitor, get, until
from tests.journey.conftest import Mailbox

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SITE = "wegwijzer.gemeente.example"
ADMIN = "ada@gemeente.example"
FOUND = "/praktijken.json?q=rollenspel"
CONFIGURATION = "/etc/nginx/sites-available/wegwijzer"
reader = JOURNEYS["small site"].reader()


@pytest.fixture(scope="module")
def machine(
    debian: Path,
    tmp_path_factory: pytest.TempPathFactory,
    ports: None,
    mailbox: tuple[Mailbox, str],
) -> Iterator[Machine]:
    """The machine when nginx serves the site, and nobody was there yet."""
    [values] = reader.take("1. Uw eigen waarden")
    own = {
        "SITE": SITE, "ADMIN": ADMIN, "MAIL": mailbox[1], "FROM": "site@gemeente.example",
        "REPO": REPOSITORY, "VERSION": FIRST,
    }  # fmt: skip
    with Machine(tmp_path_factory.mktemp("small"), debian) as machine:
        machine.set_values(values, own)
        machine.follow(reader.take("5. Instellingen"))
        machine.follow(reader.take("6. Vullen"))
        machine.follow(reader.take("7. Starten"))
        machine.follow(reader.take("8. nginx en een certificaat"))
        yield machine


def log(machine: Machine, file: str) -> str:
    return machine.do(f"cat /var/log/{file}")


def test_its_units_are_right_and_its_processes_may_do_little(machine: Machine) -> None:
    assert not machine.do("systemd-analyze verify /etc/systemd/system/wegwijzer-* 2>&1")
    judged = "/etc/systemd/system/wegwijzer-*.service"
    machine.do(f"systemd-analyze security --offline=true --threshold=20 {judged}")
    status = machine.do("for p in $(pgrep gunicorn); do cat /proc/$p/status; done")
    assert set(re.findall(r"CapBnd:\s*(\w+)", status)) == {"0" * 16}
    assert set(re.findall(r"NoNewPrivs:\s*(\w+)", status)) == {"1"}
    assert "Uid:\t0" not in status
    for secret in ("/var/lib/wegwijzer/wegwijzer.sqlite3", "/etc/wegwijzer/wegwijzer.env"):
        assert machine.run(f"runuser -u www-data -- cat {secret}").returncode != 0


def test_what_is_not_for_everybody_does_not_reach_the_site(machine: Machine) -> None:
    for path in ("/intern/metrics", "/media/documents/geheim.pdf", "/intern/../intern/metrics"):
        assert get(SITE, path)[0].status == 404
    assert "/intern/" not in log(machine, "units/wegwijzer-web.service")
    with pytest.raises(OSError, match="UNRECOGNIZED_NAME"):
        get("ander.example", "/")


def test_plain_http_leads_to_https_and_https_stays(machine: Machine) -> None:
    said = machine.do(f"curl --silent --include --header 'Host: {SITE}' http://127.0.0.1/a?b=c")
    assert f"Location: https://{SITE}/a?b=c" in said
    answer, _page = get(SITE, "/")
    assert "max-age=31536000" in answer.headers["Strict-Transport-Security"]


def test_a_visitor_cannot_say_who_it_is(machine: Machine) -> None:
    left = []
    for number in range(6):
        forged = f"198.51.100.{number}"
        headers = {
            "X-Forwarded-For": forged, "Forwarded": f"for={forged}", "X-Real-IP": forged,
            "X-Forwarded-Host": "ander.example", "X-Request-ID": "0" * 32,
        }  # fmt: skip
        answer, page = get(SITE, "/api/v1/praktijken", headers)
        left.append(int(re.findall(r"r=(\d+)", answer.headers["RateLimit"])[0]))
        assert "ander.example" not in page
        assert answer.headers["X-Request-ID"] != "0" * 32
        assert answer.headers["X-Request-ID"] in log(machine, "nginx/wegwijzer.log")
    # Six visitors would each have as much left; each process counts for itself what it gives out.
    assert len(set(left)) > 1


def test_an_endless_address_is_refused_before_it_is_all_there(machine: Machine) -> None:
    with Visitor(SITE) as visitor:
        visitor.connect()
        visitor.sock.sendall(b"GET /praktijken/?q=" + b"a" * 70_000)
        said = visitor.sock.recv(10_000).decode()
    assert said.startswith("HTTP/1.1 414 ")
    assert "Dit adres is te lang" in said
    assert "aaaa" not in log(machine, "units/wegwijzer-web.service")


def test_an_upload_that_is_too_large_is_refused_before_it_is_sent(machine: Machine) -> None:
    with Visitor(SITE) as visitor:
        visitor.putrequest("POST", "/beheer/documents/add/")
        visitor.putheader("Content-Length", str(21 * 1024 * 1024))
        visitor.endheaders()
        answer = visitor.getresponse()
        page = answer.read().decode()
    assert answer.status == 413
    assert "Dit bestand is te groot" in page


def test_half_requests_do_not_stop_the_site(machine: Machine) -> None:
    with ExitStack() as stack:
        for number in range(60):
            visitor = stack.enter_context(Visitor(SITE))
            visitor.connect()
            half = b"POST /volgen/ HTTP/1.1\r\nHost: " + SITE.encode() + b"\r\n"
            body = b"Content-Length: 1000\r\n\r\n" + b"x" * 500
            visitor.sock.sendall(half + (body if number % 2 else b""))
        for _ in range(5):
            assert get(SITE, "/praktijken/")[0].status == 200


def test_static_files_come_from_nginx_and_stay_in_the_browser(machine: Machine) -> None:
    _answer, page = get(SITE, "/")
    [sheet] = re.findall(r'href="(/static/cms/css/site\.[^"]+)"', page)
    answer, _text = get(SITE, sheet)
    assert answer.status == 200
    assert "immutable" in answer.headers["Cache-Control"]
    with Visitor(SITE) as visitor:
        visitor.request("GET", sheet, headers={"Accept-Encoding": "gzip"})
        assert visitor.getresponse().headers["Content-Encoding"] == "gzip"
    assert sheet not in log(machine, "units/wegwijzer-web.service")
    assert get(SITE, "/static/cms/css/none.css")[0].status == 404


@contextmanager
def in_place_of_the_site(machine: Machine) -> Iterator[None]:
    """Something that takes connections and says nothing."""
    machine.do(f"sed -i.kept 's/proxy_read_timeout 60s/proxy_read_timeout 1s/' {CONFIGURATION}")
    machine.do("systemctl restart nginx")
    try:
        with socket.create_server(("127.0.0.1", 8000)):
            yield
    finally:
        machine.do(f"mv {CONFIGURATION}.kept {CONFIGURATION}", "systemctl restart nginx")


def test_a_site_that_says_nothing_or_is_away_is_explained_without_a_word_of_who_asked(
    machine: Machine,
) -> None:
    machine.do("systemctl stop wegwijzer-web")
    try:
        with in_place_of_the_site(machine):
            answer, page = until(lambda: get(SITE, "/"), lambda one: one[0].status == 504)
            assert "De site doet het even niet" in page
        answer, page = get(SITE, "/uitnodiging/geheim/?q=tekst")
        assert answer.status == 502
        assert "De site doet het even niet" in page
    finally:
        machine.do("systemctl start wegwijzer-web")
    until(lambda: get(SITE, "/"), lambda one: one[0].status == 200)
    written = log(machine, "nginx/*")
    assert "GET /uitnodiging/[link] 502" in written
    assert "geheim/" not in written
    assert "q=tekst" not in written


def test_who_follows_the_document_has_a_site_that_publishes_is_backed_up_and_is_updated(
    machine: Machine, mailbox: tuple[Mailbox, str], browser: Browser
) -> None:
    site = journey.Site(
        f"https://{SITE}",
        lambda: mailbox[0].mails,
        browser,
        options={"ignore_https_errors": True},
    )
    with machine.told():
        practice = journey.walk(site, site.link(ADMIN, "/uitnodiging/"))
        machine.do("wegwijzer shell --verbosity 0", given=FILL_IN)
        machine.follow(reader.take("9. De eerste beheerder"))
    for text in (log(machine, "nginx/wegwijzer.log"), log(machine, "units/wegwijzer-web.service")):
        assert "/uitnodiging/[link]" in text
        assert "q=rollenspel" not in text

    machine.follow(reader.take("Een kopie maken"))
    machine.do("chown --recursive root: /var/backups/wegwijzer/2*")
    refused = machine.run("wegwijzer restore /var/backups/wegwijzer")
    assert refused.returncode == 1
    assert "mag /var/backups/wegwijzer/2" in refused.stdout
    assert "Traceback" not in refused.stdout
    machine.follow(reader.take("De kleine site terugzetten"))
    path = practice.removeprefix(site.base)
    answer = until(lambda: get(SITE, path), lambda one: one[0].status == 200)
    assert journey.TITLE in answer[1]

    prepare, switch, back = reader.take("Bijwerken naar een nieuwe versie")
    with somebody_looks() as seen:
        machine.follow([prepare], VERSION=SECOND)
        machine.follow([switch], VERSION=SECOND)
        until(seen, lambda sheets: len(set(sheets)) == 2)
        sheet = seen()[-1]
        machine.follow([back], OLD_VERSION=FIRST)
        until(seen, lambda sheets: sheets[-1] == sheets[0])
    assert "another-version" in get(SITE, sheet)[1]

    without, with_model = reader.take("Zonder model, of er weer mee")
    machine.follow([without])
    assert "er is geen model" in machine.do("wegwijzer search_status")
    assert '"total": 1' in until(lambda: get(SITE, FOUND), lambda one: one[0].status == 200)[1]
    machine.follow([with_model])
    assert "er is geen model" not in machine.do("wegwijzer search_status")
    assert not reader.unread()


@contextmanager
def somebody_looks() -> Iterator[Callable[[], Sequence[str]]]:
    """Somebody opens the front page again and again: whenever there is one, it has its styles.

    Gives a function that tells the addresses of the styles that were seen.
    """
    seen: list[str] = []
    wrong: list[str] = []
    stop = threading.Event()

    def look() -> None:
        while not stop.wait(0.1):
            answer, page = get(SITE, "/")
            if answer.status == 200:
                [sheet] = re.findall(r'href="(/static/cms/css/site\.[^"]+)"', page)
                seen.append(sheet)
                if get(SITE, sheet)[0].status != 200:
                    wrong.append(sheet)
            elif answer.status != 502 or "even niet" not in page:
                wrong.append(f"{answer.status} {page}")

    looking = threading.Thread(target=look)
    looking.start()
    try:
        yield lambda: seen
    finally:
        stop.set()
        looking.join()
    assert not wrong
    assert seen
