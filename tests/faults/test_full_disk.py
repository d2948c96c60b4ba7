"""The disk of DATA_DIR, which the logs are on too, is full: visitors notice nothing."""

import errno
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from cms.metrics.files import KINDS
from tests.faults.conftest import Site, copy_site, give_static_files, remove_database
from tests.faults.gunicorn import Gunicorn
from tests.faults.test_deliveries import must_be_equal, until
from tests.services import missing

pytestmark = pytest.mark.fault

PUBLIC = ("/", "/praktijken/", "/praktijken/?q=eerste", "/gemeenten/gouda/", "/lessen/")
METRICS = {"METRICS_TOKEN": "made-up-for-the-test-0123456789abcdef"}


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A small disk of its own."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=96m", "tmpfs", folder])
    if mounted.returncode:
        missing("A disk that is full needs the right to mount one.")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", folder], check=True)


@contextmanager
def filled(disk: Path) -> Iterator[None]:
    """Nothing can be written to the disk."""
    filler = disk / "filler"
    with filler.open("wb", buffering=0) as file:
        try:
            for size in (1_000_000, 4096, 1):
                try:
                    while True:
                        file.write(b"x" * size)
                except OSError as error:
                    if error.errno != errno.ENOSPC:
                        raise
            yield
        finally:
            file.truncate(0)
            filler.unlink()


# Of the small site all is on that disk; the grown one takes as long, and has less there to lose.
@pytest.fixture(
    params=["prepared_embedded", pytest.param("prepared_grown", marks=pytest.mark.soak)]
)
def site(request: pytest.FixtureRequest, disk: Path) -> Iterator[Site]:
    """All of it is on the disk, or all but the database."""
    made = copy_site(request.getfixturevalue(request.param), disk / "data")
    give_static_files(made.folder)
    yield made
    remove_database(made)


def total(server: Gunicorn) -> int:
    return int(server.ask("/praktijken.json").json()["total"])


def test_visitors_are_served_from_a_full_disk_and_nothing_is_lost(site: Site, disk: Path) -> None:
    has_database = site.database.startswith("sqlite:")
    with Gunicorn(site.folder, site.environment | METRICS) as server:
        server.wait_for("/praktijken.json", 200)
        assert total(server) == 1
        kinds = {file.name.rpartition("_")[0] for file in site.folder.glob("metrics/*/*.db")}
        assert kinds == set(KINDS), "for each of them room was taken"
        with filled(disk):
            for _time in range(3):
                for page in PUBLIC:
                    assert server.ask(page).status == 200, page
            # An editor cannot save where the database is on it, and is told so.
            assert (site.script("publish", "Terwijl het vol is") == 0) is not has_database
            for page in PUBLIC:
                assert server.ask(page).status == 200, page
        # Nobody gives a command; what was published comes by itself.
        until(lambda: total(server) == len(site.titles()))
        assert site.script("publish", "Daarna") == 0
        until(lambda: total(server) == len(site.titles()))
        assert len(site.titles()) == (2 if has_database else 3)
    must_be_equal(site)
