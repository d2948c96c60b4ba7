"""What settings refuse with a sentence, and what processes that begin at once agree on."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from marshmallow.fields import List, String

from cms.settings import base
from tests.faults.gunicorn import ROOT

WHOLE = {
    "DJANGO_SETTINGS_MODULE": "cms.settings.production",
    "SECRET_KEY": "made-up-0123456789-abcdefghijklmnopqrstuvwxyz-abcdefghij",
    "ALLOWED_HOSTS": "wegwijzer.example",
    "BASE_URL": "https://wegwijzer.example",
    "EMAIL_URL": "smtp://localhost:25",
    "DEFAULT_FROM_EMAIL": "wegwijzer@wegwijzer.example",
    "TRUSTED_PROXIES": "0",
}


def start(folder: Path, variables: dict[str, str]) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "manage.py", "help", "setup"],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "DATA_DIR": str(folder), **variables},
        capture_output=True,
        text=True,
        check=False,
    )


def test_with_all_it_needs_it_starts(tmp_path: Path) -> None:
    assert start(tmp_path, WHOLE).returncode == 0


@pytest.mark.parametrize("name", sorted(WHOLE.keys() - {"DJANGO_SETTINGS_MODULE"}))
def test_without_one_of_them_it_says_which(tmp_path: Path, name: str) -> None:
    done = start(tmp_path, {key: value for key, value in WHOLE.items() if key != name})
    assert done.returncode == 1
    assert done.stderr == f"Set {name} in the environment: production needs it.\n"


NO_TEXT = {
    name
    for name, field in base.env._fields.items()
    if getattr(field, "validators", None) or not isinstance(field, (String, List))
}


@pytest.mark.parametrize("name", sorted(NO_TEXT))
def test_what_cannot_be_read_is_told_by_its_name(tmp_path: Path, name: str) -> None:
    wrong = f"{__file__}/within" if name == "DATA_DIR" else "smtp://host:port"
    done = start(tmp_path, {**WHOLE, name: wrong})
    assert done.returncode == 1
    assert name in done.stderr
    assert "Traceback" not in done.stderr


def test_processes_that_begin_at_once_have_one_key(tmp_path: Path) -> None:
    code = "from cms.settings import base; print(base.SECRET_KEY)"
    begun = [
        subprocess.Popen(
            [sys.executable, "-c", code],
            cwd=ROOT,
            env={"PATH": os.environ["PATH"], "DATA_DIR": str(tmp_path)},
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(6)
    ]
    keys = {process.communicate()[0] for process in begun}
    assert len(keys) == 1
    assert len(keys.pop().strip()) == 50
    assert [path.name for path in tmp_path.iterdir()] == ["secret-key"]
    assert (tmp_path / "secret-key").stat().st_mode & 0o077 == 0
