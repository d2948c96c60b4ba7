import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from django.test import RequestFactory

from practices.models import PracticePage, ReviewTask
from practices.models.given import Given, NotGivenError
from practices.wiring import all_is_given
from tests import databases
from tests.faults.gunicorn import free_port

ROOT = Path(__file__).resolve().parents[3]
EARLY = """
from django.apps import AppConfig


class Early(AppConfig):
    name = "early"

    def ready(self):
        from wagtail.admin.panels import get_edit_handler

        from practices.models import PracticePage
        from practices.models.given import NotGivenError

        {what}
"""
CAUGHT = """try:
            get_edit_handler(PracticePage)
        except NotGivenError:
            pass
"""


@pytest.fixture(params=Given.known, ids=lambda one: f"{one.owner.__name__}.{one.name}")
def forgotten(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Given:
    """One attribute as it is before the app is ready."""
    one: Given = request.param
    monkeypatch.setattr(one.owner, one.name, one)
    return one


def test_everything_is_given() -> None:
    assert len(Given.known) >= 9
    assert all_is_given() == []


def test_what_was_forgotten_stops_the_start(forgotten: Given) -> None:
    [error] = all_is_given()
    assert error.id == "practices.E001"
    assert f"{forgotten.owner.__name__}.{forgotten.name}" in error.msg


def test_who_asks_for_it_hears_why(forgotten: Given) -> None:
    with pytest.raises(NotGivenError, match=rf"{forgotten.name} is given when"):
        getattr(forgotten.owner, forgotten.name)


@pytest.mark.django_db
def test_a_page_without_presenter_is_no_empty_page(monkeypatch: pytest.MonkeyPatch) -> None:
    [one] = [g for g in Given.known if (g.owner, g.name) == (PracticePage, "presenter")]
    monkeypatch.setattr(PracticePage, "presenter", one)
    with pytest.raises(NotGivenError):
        PracticePage(title="x").get_context(RequestFactory().get("/"))


@pytest.mark.django_db
def test_a_review_without_conduct_decides_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    [one] = [g for g in Given.known if g.owner is ReviewTask]
    monkeypatch.setattr(ReviewTask, "conduct", one)
    with pytest.raises(NotGivenError):
        ReviewTask().get_actions(PracticePage(), None)


def host(folder: Path, what: str) -> dict[str, str]:
    """The environment of a site with an app that stands before ours and asks when it is ready."""
    app = folder / "early/__init__.py"
    app.parent.mkdir()
    app.write_text(EARLY.format(what=what))
    (folder / "host_settings.py").write_text(
        "from cms.settings.test import *\nINSTALLED_APPS = ['early.Early', *INSTALLED_APPS]\n"
    )
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "host_settings",
        "DATABASE_URL": f"sqlite:///{folder}/site.sqlite3",
        "DATA_DIR": str(folder / "data"),
        "PYTHONPATH": os.pathsep.join([str(folder), str(ROOT)]),
    }


def run(environment: dict[str, str], code: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", f"import django; django.setup(); {code}"],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def test_a_host_that_asks_early_hears_what_to_do(tmp_path: Path) -> None:
    done = run(host(tmp_path, "get_edit_handler(PracticePage)"), "")
    assert done.returncode != 0
    assert "PracticePage.edit_handler is given when the app `practices` is ready" in done.stderr


def test_a_host_that_asked_early_has_our_form_later(tmp_path: Path) -> None:
    code = (
        "from practices.models import PracticePage as P; form = P.get_edit_handler(); "
        "print(len(form.children), issubclass(form.get_form_class(), P.base_form_class))"
    )
    done = run(host(tmp_path, CAUGHT), code)
    assert done.stderr == ""
    assert done.stdout.split() == ["10", "True"]


class Developing:
    """A development server, which starts again by itself when a file changes."""

    def __init__(self, folder: Path) -> None:
        self.environment = host(folder, "pass")
        self.file, self.log = folder / "early/__init__.py", folder / "log"
        self.address = f"127.0.0.1:{free_port()}"
        (folder / "site.sqlite3").write_bytes(databases.sqlite_template().read_bytes())

    def __enter__(self) -> "Developing":
        command = [sys.executable, "manage.py", "runserver", "--skip-checks", self.address]
        with self.log.open("w") as log:
            self.process = subprocess.Popen(
                command,
                cwd=ROOT,
                env=self.environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        return self

    def __exit__(self, *_error: object) -> None:
        # The server itself is a child of the one that watches the files.
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def blank_form(self, start: int) -> str:
        """The page with all questions of the form, answered by the server of this start."""
        deadline = time.monotonic() + 60
        while self.log.read_text().count("Watching for file changes") < start:
            assert time.monotonic() < deadline, self.log.read_text()
            if start > 1:
                # Again and again: a change before its first look at all files is not noticed.
                self.file.touch()
            time.sleep(0.2)
        while True:
            try:
                with urlopen(f"http://{self.address}/invulformulier/", timeout=30) as answer:
                    return str(answer.read().decode())
            except URLError:
                assert time.monotonic() < deadline, self.log.read_text()
                time.sleep(0.05)


@pytest.mark.slow  # a server starts twice
def test_a_development_server_that_starts_again_gives_all_again(tmp_path: Path) -> None:
    with Developing(tmp_path) as server:
        form = server.blank_form(start=1)
        assert form.count("<h2") >= 9
        assert server.blank_form(start=2) == form
