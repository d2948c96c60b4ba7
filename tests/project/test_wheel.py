"""The wheel, built in an empty place: the whole plugin, and nothing else."""

import os
import subprocess
import sys
from email.parser import Parser
from pathlib import Path
from zipfile import ZipFile

import pytest
from uv import find_uv_bin

from tests.documents.blocks import ROOT
from tests.documents.host import the_wheel
from tests.running.shared import made_once

PACKAGES = ("practices", "search")
"""What a site gets: the ready-made site, `cms`, is run from a checkout."""

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def wheel() -> Path:
    return the_wheel()


def tracked() -> set[str]:
    """The files that git has of the packages, new ones too."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", *PACKAGES]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return {name for name in listed.stdout.splitlines() if (ROOT / name).exists()}


def test_it_holds_what_git_has_of_the_plugin_and_nothing_else(wheel: Path) -> None:
    names = [name for name in ZipFile(wheel).namelist() if ".dist-info/" not in name]
    assert sorted(names) == sorted(tracked())
    kinds = {Path(name).suffix for name in names}
    assert {".html", ".css", ".js", ".mo", ".csv", ".toml", ".txt", ".woff2"} <= kinds


def test_its_files_are_those_of_the_checkout(wheel: Path) -> None:
    with ZipFile(wheel) as archive:
        other = [name for name in tracked() if archive.read(name) != (ROOT / name).read_bytes()]
    assert other == []


def test_it_asks_for_bounds_and_leaves_the_rest_to_extras(wheel: Path) -> None:
    with ZipFile(wheel) as archive:
        [name] = [one for one in archive.namelist() if one.endswith("/METADATA")]
        metadata = Parser().parsestr(archive.read(name).decode())
    asked = metadata.get_all("Requires-Dist") or []
    needed = [one for one in asked if "extra ==" not in one]

    assert sorted(metadata.get_all("Provides-Extra") or []) == [
        "elasticsearch",
        "meaning",
        "pdf",
        "postgres",
        "production",
    ]
    assert [one for one in needed if "==" in one or ">=" not in one] == []
    heavy = (
        "elasticsearch",
        "psycopg",
        "weasyprint",
        "fast-universal",
        "gunicorn",
        "django-tasks-db",
        "environs",
    )
    assert [one for one in needed if one.startswith(heavy)] == []
    assert [one for one in needed if one.lower().startswith("django<7,>=5.2")]


def make_bare_site(folder: Path) -> None:
    """An environment with the wheel and what it needs, without any extra."""
    uv = [find_uv_bin(), "--quiet", "--no-config"]
    subprocess.run([*uv, "venv", "--python", sys.executable, folder / "venv"], check=True)
    at, wheel = str(folder / "venv"), str(the_wheel())
    subprocess.run([*uv, "pip", "install", "--python", at, "Django==5.2.*", wheel], check=True)


def run_in_bare_site(folder: Path, code: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [made_once("bare", make_bare_site) / "venv/bin/python", "-c", code],
        cwd=folder,
        env={"PATH": os.environ["PATH"]},
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_site_without_extras_has_none_of_them(tmp_path: Path) -> None:
    heavy = ("elasticsearch", "psycopg", "weasyprint", "gunicorn", "django_tasks_db", "environs")
    code = f"from importlib.util import find_spec; print(*filter(find_spec, {heavy!r}), 'looked')"
    done = run_in_bare_site(tmp_path, code)
    assert done.stdout.split() == ["looked"], done.stderr


def test_what_is_configured_and_not_installed_is_said_with_what_to_do(tmp_path: Path) -> None:
    code = (
        "from django.conf import settings; settings.configure(SEARCH_URL='https://host:9200/a')\n"
        "from search.engines.checks import check_url; check_url()"
    )
    done = run_in_bare_site(tmp_path, code)
    assert (
        "ImproperlyConfigured: SEARCH_URL asks for Elasticsearch, and elasticsearch is not "
        "installed. Run: pip install 'wegwijzer[elasticsearch]'." in done.stderr
    )


def test_an_app_search_of_somebody_else_stops_the_start_with_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "search").mkdir()
    (tmp_path / "search/__init__.py").touch()
    code = (
        "import django; from django.conf import settings\n"
        "settings.configure(INSTALLED_APPS=['practices', 'search']); django.setup()"
    )
    done = run_in_bare_site(tmp_path, code)
    assert "ImproperlyConfigured: Another app named `search` stands in the place" in done.stderr
    assert "remove its folder `search/`, and from urls.py the lines with" in done.stderr
