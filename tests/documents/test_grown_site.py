"""The grown site, made on three machines as docs/operations.md says, and used while one is away."""

import os
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from urllib.request import Request, urlopen
from uuid import uuid4

import pytest
from playwright.sync_api import Browser

from tests.documents import journey
from tests.documents.blocks import Block
from tests.documents.conftest import FILL_IN, FIRST, REPOSITORY
from tests.documents.journeys import JOURNEYS
from tests.documents.machine import Machine
from tests.documents.visitor import get
from tests.journey.conftest import Mailbox
from tests.services import elasticsearch_url

# Three machines, two of which get all packages, and six people in browsers: minutes of one core.
pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.soak]

SITE = "wegwijzer.provincie.example"
ADMIN = "ada@provincie.example"
MEDIA = "/var/lib/wegwijzer/media"


@dataclass(frozen=True)
class Machines:
    """Those of the grown site, each with its own `DATA_DIR`; they share the uploads."""

    centre: Machine
    """The database and the proxy."""
    first: Machine
    second: Machine

    @property
    def servers(self) -> tuple[Machine, Machine]:
        """The web servers."""
        return self.first, self.second


@pytest.fixture
def machines(debian: Path, tmp_path: Path, ports: None) -> Iterator[Machines]:
    uploads = tmp_path / "uploads"
    uploads.mkdir(mode=0o700)
    owner = (debian / MEDIA.lstrip("/")).stat()
    os.chown(uploads, owner.st_uid, owner.st_gid)
    with ExitStack() as stack:
        yield Machines(
            stack.enter_context(Machine(tmp_path / "centre", debian)),
            *(
                stack.enter_context(Machine(tmp_path / name, debian, shared=f"{uploads}:{MEDIA}"))
                for name in ("first", "second")
            ),
        )


@pytest.fixture
def search() -> Iterator[str]:
    """A `SEARCH_URL` of its own on a real Elasticsearch."""
    server, prefix = elasticsearch_url().rstrip("/"), f"documents-{uuid4().hex[:8]}"
    yield f"{server}/{prefix}"
    with urlopen(f"{server}/_cat/indices/{prefix}*?h=index") as answer:  # noqa: S310 (our own)
        names = answer.read().decode().split()
    for name in names:
        urlopen(Request(f"{server}/{name}", method="DELETE")).close()  # noqa: S310 (our own)


def test_who_follows_the_document_has_a_site_that_goes_on_when_a_server_is_away(
    machines: Machines, mailbox: tuple[Mailbox, str], search: str, browser: Browser
) -> None:
    box, mail = mailbox
    reader = JOURNEYS["grown site"].reader()
    centre, first, second = machines.centre, machines.first, machines.second
    [values] = reader.take("1. Uw eigen waarden, op elke server")
    own = {
        "SITE": SITE, "ADMIN": ADMIN, "MAIL": mail, "FROM": "site@provincie.example",
        "REPO": REPOSITORY, "VERSION": FIRST, "WEB1": "127.0.0.1", "WEB2": "127.0.0.2",
        "DATABASE_SERVER": "127.0.0.1", "DATABASE_PASSWORD": uuid4().hex, "SEARCH": search,
        "SECRET": uuid4().hex * 2,
    }  # fmt: skip
    for machine in (centre, first, second):
        machine.set_values(values, own)
    first.values["OWN"], second.values["OWN"] = own["WEB1"], own["WEB2"]

    centre.follow(reader.take("2. PostgreSQL, op de databaseserver"))
    each = reader.take("4. Elke webserver")
    for server in machines.servers:
        server.follow(each)
    first.follow(reader.take("5. Vullen, op één webserver"))
    start, with_backups, without = reader.take("6. Starten, op elke webserver")
    with first.told(), second.told():
        first.follow([start, with_backups])
        second.follow([start, without])
    certificate = JOURNEYS["small site"].reader().take("8. nginx en een certificaat")[0]
    centre.do("rm -r /srv/wegwijzer /etc/wegwijzer /var/lib/wegwijzer")
    programs, configuration = reader.take("7. De proxy")
    centre.follow([programs, certificate, configuration])

    site = journey.Site(
        f"https://{SITE}", lambda: box.mails, browser, options={"ignore_https_errors": True}
    )
    with first.told(), second.told():
        practice = journey.walk(site, site.link(ADMIN, "/uitnodiging/")).removeprefix(site.base)
        first.do("wegwijzer shell --verbosity 0", given=FILL_IN)
        first.do("systemctl start wegwijzer-backup wegwijzer-check")
        second.do("systemctl start wegwijzer-check")

    for server in machines.servers:
        server.do("systemctl stop wegwijzer-web")
        assert [get(SITE, practice)[0].status for _ in range(6)] == [200] * 6
        server.follow([start])

    put_back(machines, reader.take("De grote site terugzetten"))
    assert journey.TITLE in get(SITE, practice)[1]
    assert '"total": 1' in get(SITE, "/praktijken.json?q=rollenspel")[1]

    out_of_the_proxy, away = reader.take("Een webserver weghalen")
    centre.follow([out_of_the_proxy])
    second.follow([away])
    assert [get(SITE, practice)[0].status for _ in range(6)] == [200] * 6
    assert not reader.unread()


def put_back(machines: Machines, blocks: Sequence[Block]) -> None:
    stop, database, restore, start = blocks
    for server in machines.servers:
        server.follow([stop])
    answer, page = get(SITE, "/")
    assert answer.status == 502
    assert "De site doet het even niet" in page
    machines.centre.follow([database])
    machines.first.follow([restore])
    for server in machines.servers:
        server.follow([start])
