"""A site that is backed up while people work on it, and put back, on both databases."""

import json
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from cms.backups.checksums import write_list
from tests.databases import new_database
from tests.faults.conftest import ELSEWHERE, Site, remove_database

pytestmark = [pytest.mark.fault, pytest.mark.slow]


def script(site: Site, *command: str) -> "subprocess.CompletedProcess[str]":
    return site.run("-m", "tests.faults.backup_scripts", *command)


def told(site: Site, *command: str) -> str:
    done = script(site, *command)
    assert done.returncode == 0, done.stdout + done.stderr[-3000:]
    return done.stdout


def everything(site: Site) -> Any:
    return json.loads(told(site, "tell_everything"))


def refused(site: Site, *command: str) -> str:
    done = site.run("manage.py", *command)
    assert done.returncode == 1, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    return done.stderr


def backups(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if path.name != ".lock")


@pytest.fixture
def elsewhere(any_site: Site, tmp_path: Path) -> Iterator[Site]:
    """An empty site with the same kind of database."""
    site = Site(tmp_path / "elsewhere")
    site.folder.mkdir()
    if not any_site.database.startswith("sqlite:"):
        (site.folder / ELSEWHERE).write_text(new_database(any_site.database))
    yield site
    remove_database(site)


@contextmanager
def people_at_work(site: Site, stop: Path) -> Iterator[None]:
    process = site.start("-m", "tests.faults.backup_scripts", "work_until", str(stop))
    try:
        yield
        assert process.poll() is None, process.communicate()
    finally:
        stop.touch()
        number, errors = process.communicate(timeout=60)
    assert int(number) > 10, errors


def test_a_backup_made_while_people_work_is_of_one_moment_and_comes_back(
    any_site: Site, elsewhere: Site, tmp_path: Path
) -> None:
    folder = tmp_path / "backups"
    assert not (any_site.folder / "media").exists()
    assert "0 uploads" in any_site.manage("backup", str(folder / "empty"))

    with people_at_work(any_site, tmp_path / "stop"):
        while len(everything(any_site)["uploads"]) < 20:
            pass
        any_site.manage("backup", str(folder))
    elsewhere.manage("restore", str(folder))

    assert int(told(elsewhere, "judge_documents")) >= 18
    assert "gelijk aan de database" in elsewhere.tell("settle_and_compare")


def test_what_comes_back_is_what_was_there_object_by_object_whatever_was_killed(
    any_site: Site, elsewhere: Site, tmp_path: Path
) -> None:
    folder = tmp_path / "backups"
    told(any_site, "upload", "gaat-weg")
    told(any_site, "upload", "blijft")
    any_site.tell("publish", "Nog een")
    assert script(any_site, "backup_and_die", str(folder)).returncode == -signal.SIGKILL
    [left] = backups(folder)
    assert left.endswith(".partial")
    assert "Er is geen kopie" in refused(elsewhere, "restore", str(folder))

    told(any_site, "backup_while_a_document_goes", str(folder))
    [made] = backups(folder)
    assert not made.endswith(".partial")
    expected = everything(any_site)
    assert [*expected["uploads"]] == ["documents/blijft.pdf"]

    assert script(elsewhere, "restore_and_die", str(folder)).returncode == -signal.SIGKILL
    assert (elsewhere.folder / "media/documents/blijft.pdf").exists()
    assert "2 documenten" in elsewhere.manage("restore", str(folder))
    found = everything(elsewhere)
    assert {name for name in expected | found if found[name] != expected[name]} == set()
    assert sum(map(len, expected.values())) > 1000
    assert elsewhere.found() == ["Eerste", "Nog een"]

    assert "De database is niet leeg" in refused(elsewhere, "restore", str(folder))
    assert everything(elsewhere) == found


def test_a_backup_that_was_touched_or_does_not_fit_is_not_put_back(
    embedded_site: Site, tmp_path: Path
) -> None:
    folder = tmp_path / "backups"
    told(embedded_site, "upload", "een")
    embedded_site.manage("backup", str(folder))
    [name] = backups(folder)
    upload, card = folder / name / "media/documents/een.pdf", folder / name / "backup.json"
    elsewhere = Site(tmp_path / "elsewhere")

    content = upload.read_bytes()
    upload.write_bytes(b"x" + content[1:])
    assert "een.pdf is veranderd" in refused(elsewhere, "restore", str(folder))
    upload.unlink()
    assert "een.pdf ontbreekt" in refused(elsewhere, "restore", str(folder))
    upload.write_bytes(content)
    upload.with_name("twee.pdf").touch()
    assert "twee.pdf hoort niet" in refused(elsewhere, "restore", str(folder))
    upload.with_name("twee.pdf").unlink()

    about = json.loads(card.read_text())
    for change, expected in (
        ({"migrations": [["cms", "9999_later"]]}, "nieuwere versie"),
        ({"database": "database.dump"}, "DATABASE_URL"),
    ):
        card.write_text(json.dumps(about | change))
        write_list(card.parent)
        assert expected in refused(elsewhere, "restore", str(folder))
    card.write_text(json.dumps(about))
    write_list(card.parent)

    other = elsewhere.folder / "media/ander.pdf"
    other.parent.mkdir()
    other.write_text("ander")
    assert "ander.pdf" in refused(elsewhere, "restore", str(folder))
    assert [*other.parent.iterdir()] == [other]
    assert elsewhere.rows("SELECT count(*) FROM sqlite_master") == [0]


def test_backups_are_listed_watched_and_kept_and_never_two_at_once(
    embedded_site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, stamp = tmp_path / "backups", tmp_path / "stamp"
    monkeypatch.setenv("BACKUP_STAMP", str(stamp))
    told(embedded_site, "upload_and_lose", "verloren")
    told(embedded_site, "upload", "een")
    old = [f"2026-01-0{day}T020000Z" for day in range(1, 5)]
    for name in old:
        (folder / name).mkdir(parents=True)
        (folder / name / "SHA256SUMS").touch()
    (folder / "van-mij").mkdir()

    with another_backup(folder):
        assert "andere kopie" in refused(embedded_site, "backup", str(folder))
    assert not stamp.exists()
    done = embedded_site.run("manage.py", "backup", str(folder))
    assert "documents/verloren.pdf" in done.stderr
    assert done.returncode == 0
    assert stamp.exists()
    [name] = {*backups(folder)} - {*old, "van-mij"}
    check = ["sha256sum", "--check", "--strict", "--quiet", "SHA256SUMS"]
    subprocess.run(check, cwd=folder / name, check=True)

    assert {*old} < {*backups(folder)}
    embedded_site.manage("backup", str(folder), "--keep", "2")
    assert len(backups(folder)) == 3
    assert {name, "van-mij"} < {*backups(folder)}
    assert "minstens 1" in refused(embedded_site, "backup", str(folder), "--keep", "0")
    assert "geen kopie gemaakt" in refused(embedded_site, "backup", str(stamp / "in"))


@contextmanager
def another_backup(folder: Path) -> Iterator[None]:
    """Somebody else is busy there."""
    lock = str(folder / ".lock")
    with subprocess.Popen(["flock", lock, "cat"], stdin=subprocess.PIPE) as other:
        while subprocess.run(["flock", "-n", lock, "true"], check=False).returncode == 0:
            pass
        yield
        other.communicate()
