"""Machines on which the documents are followed."""

import fcntl
import shutil
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from playwright.sync_api import Browser, sync_playwright

from tests.documents.blocks import ROOT
from tests.documents.journeys import JOURNEYS
from tests.documents.machine import Machine
from tests.faults.gunicorn import free_port
from tests.journey.conftest import Mailbox
from tests.running.shared import made_once
from tests.services import missing
from tools.screenshots import ARGUMENTS, chromium

REPOSITORY = "/opt/wegwijzer"
"""Where a machine finds the code: what is in this folder, as two versions."""
FIRST, SECOND = "v1.0.0", "v1.1.0"
CHANGED = "cms/static/cms/css/site.css"
"""What the second version changes."""


LITERAL_PORTS = (80, 443, 5432, 8000)
"""Where what a document starts listens."""

FILL_IN = """
from cms.models import EditorialPage
for page in EditorialPage.objects.all():
    page.body = page.body.replace("[", "").replace("]", "")
    page.save_revision().publish()
"""
"""What an administrator writes in the texts that only this organisation can write."""


@pytest.fixture(scope="module")
def ports() -> Iterator[None]:
    """The ports that documents name are this test's; one at a time can have them."""
    with Path("/tmp/wegwijzer-ports.lock").open("w") as lock:  # noqa: S108 (for all runs)
        fcntl.flock(lock, fcntl.LOCK_EX)
        for port in LITERAL_PORTS:
            with socket.socket() as tried:
                tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                try:
                    tried.bind(("127.0.0.1", port))
                except OSError as error:
                    missing(f"Port {port} is not free on this machine: {error}")
        yield


@pytest.fixture(scope="module")
def mailbox() -> Iterator[tuple[Mailbox, str]]:
    """A mail server, and its `EMAIL_URL`."""
    box, port = Mailbox(), free_port()
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    yield box, f"smtp://127.0.0.1:{port}"
    controller.stop()


@pytest.fixture
def browser() -> Iterator[Browser]:
    """A browser for which every name under .example is this machine."""
    rule = "--host-resolver-rules=MAP *.example 127.0.0.1"
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium(), args=[*ARGUMENTS, rule])
        yield started
        started.close()


@pytest.fixture(scope="session")
def debian() -> Path:
    """What is on a machine with Debian's programs and the code, for any site: a layer."""

    def make(folder: Path) -> None:
        make_repository(folder / f"layer{REPOSITORY}")
        with Machine(folder) as machine:
            machine.values = {"REPO": REPOSITORY, "VERSION": FIRST}
            reader = JOURNEYS["debian"].reader()
            machine.follow(reader.take())
            assert not reader.unread()

    return made_once("debian", make) / "layer"


def make_repository(folder: Path) -> None:
    """The files of this project as they are now, with a tag for each of two versions."""
    listed = git(ROOT, "ls-files", "-z", "--cached", "--others", "--exclude-standard").split("\0")
    for name in filter(None, listed):
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, folder / name)
    git(folder, "init", "--quiet")
    commit(folder, FIRST)
    with (folder / CHANGED).open("a") as sheet:
        sheet.write("\n/* another version */\n.another-version { color: red }\n")
    commit(folder, SECOND)


def commit(folder: Path, version: str) -> None:
    who = ("-c", "user.name=Somebody", "-c", "user.email=somebody@example.org")
    git(folder, "add", "--all", "--force")
    git(folder, *who, "commit", "--quiet", "--message", version)
    git(folder, "tag", version)


def git(folder: Path, *command: str) -> str:
    return subprocess.run(
        ["git", *command], cwd=folder, check=True, capture_output=True, text=True
    ).stdout
