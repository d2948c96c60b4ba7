"""`make run` tells how far it is with what it installs."""

import hashlib
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.faults.gunicorn import ROOT

METADATA = "Metadata-Version: 2.1\nName: nothing\nVersion: 1.0\n"
WHEEL = "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A package that holds nothing."""
    path = tmp_path / "nothing-1.0-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as wheel:
        wheel.writestr("nothing.py", "")
        wheel.writestr("nothing-1.0.dist-info/METADATA", METADATA)
        wheel.writestr("nothing-1.0.dist-info/WHEEL", WHEEL)
        wheel.writestr("nothing-1.0.dist-info/RECORD", "")
    return path


def install(package: Path, digest: str) -> "subprocess.CompletedProcess[str]":
    """Into a folder beside it, from nowhere but there."""
    requirements = package.with_name("requirements.txt")
    requirements.write_text(f"nothing==1.0 --hash=sha256:{digest}\n")
    place = {"PIP_TARGET": str(package.parent / "target"), "PIP_NO_INDEX": "1"}
    return subprocess.run(
        [sys.executable, "-m", "tools.installing", str(requirements)],
        cwd=ROOT,
        env={**os.environ, **place, "PIP_FIND_LINKS": str(package.parent)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_it_installs_and_says_so(package: Path) -> None:
    done = install(package, hashlib.sha256(package.read_bytes()).hexdigest())
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.rstrip().endswith("done")
    assert (package.parent / "target/nothing.py").exists()


def test_what_is_wrong_is_said_as_pip_says_it_and_stops_make(package: Path) -> None:
    done = install(package, "0" * 64)
    assert done.returncode != 0
    assert "HASHES" in done.stderr
    assert "pip stopped" in done.stdout
