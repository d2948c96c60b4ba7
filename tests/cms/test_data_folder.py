"""Where the site keeps its data, however the environment names the folder."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.cms.test_production import WHOLE
from tests.faults.gunicorn import ROOT

SETTINGS = ("cms.settings.base", "cms.settings.production")
SHOW = """
import importlib, json, sys
module = importlib.import_module(sys.argv[1])
print(json.dumps({key: getattr(module, key) for key in dir(module) if key.isupper()}, default=str))
"""
ENGINES = """
import django; django.setup()
from search.documents import registered
from search.engines import engine_for
for index in registered(): print(engine_for(index).folder)
"""
KEPT = {"DATABASES", "DATA_DIR", "MEDIA_ROOT", "SEARCH_STANDBY", "SEARCH_URL", "STATIC_ROOT"}
"""The settings that name a place in the data folder."""


def run(code: str, *args: str, named: str, cwd: Path, **more: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code, *args],
        cwd=cwd,
        env={
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(ROOT),
            **WHOLE,
            "DJANGO_SETTINGS_MODULE": "cms.settings.base",
            "DATA_DIR": named,
            **more,
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def settings(module: str, *, named: str, cwd: Path, **more: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(run(SHOW, module, named=named, cwd=cwd, **more))
    return found


@pytest.mark.parametrize("module", SETTINGS)
def test_a_folder_that_is_named_from_here_is_the_same_as_by_its_whole_name(
    tmp_path: Path, module: str
) -> None:
    (tmp_path / "elsewhere").mkdir()
    whole = settings(module, named=str(tmp_path / "elsewhere" / "var"), cwd=tmp_path)
    for named in ("var", "../elsewhere/var"):
        assert settings(module, named=named, cwd=tmp_path / "elsewhere") == whole, named
    other = settings(module, named=str(tmp_path / "other"), cwd=tmp_path)
    moved = {key for key in whole if whole[key] != other[key]}
    assert moved == KEPT
    for key in moved:
        assert str(tmp_path / "elsewhere" / "var") in json.dumps(whole[key]), key


NAMED_APART = {
    "BACKUP_STAMP": "{}/stamp",
    "DATABASE_URL": "sqlite:///{}/other.sqlite3",
    "SEARCH_STANDBY": "{}/reserve",
}
"""The other variables that name a file or folder, each with how."""


def test_so_is_whatever_else_is_named_from_here(tmp_path: Path) -> None:
    def with_folder(folder: str) -> dict[str, Any]:
        more = {name: how.format(folder) for name, how in NAMED_APART.items()}
        return settings(SETTINGS[0], named="var", cwd=tmp_path, **more)

    whole = with_folder(str(tmp_path / "apart"))
    assert with_folder("apart") == whole
    other = with_folder(str(tmp_path / "other"))
    assert {key for key in whole if whole[key] != other[key]} == {
        "BACKUP_STAMP",
        "DATABASES",
        "SEARCH_STANDBY",
    }


def test_every_index_lies_in_a_folder_that_is_named_from_here(tmp_path: Path) -> None:
    folders = [Path(line) for line in run(ENGINES, named="var", cwd=tmp_path).split()]
    assert len(folders) > 1
    assert {folder.parent for folder in folders} == {tmp_path / "var" / "index"}
