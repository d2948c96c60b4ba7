"""A Wagtail site of somebody else's, made in an empty folder as docs/plugin.md says."""

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from uv import find_uv_bin

from tests.documents.blocks import COMMANDS, ROOT, Block, Reader
from tests.running.shared import made_once

DOCUMENT = "docs/plugin.md"
GUIDE = (ROOT / DOCUMENT).read_text()
SERVE = "python manage.py runserver"
PATIENCE = 60.0
"""Seconds for a server to answer."""
OF_OURS = ("DJANGO_", "PYTHON", "VIRTUAL_ENV", "DATA", "SEARCH", "EMAIL", "BASE_URL", "SECRET")
"""Beginnings of variables that a host has not."""


def build_wheel(folder: Path) -> Path:
    """The wheel of this checkout, built as the guide says."""
    command = "pip wheel --no-deps --wheel-dir dist ."
    assert command in GUIDE
    words = command.replace(" dist ", f" {folder} ").split()
    done = subprocess.run(
        [sys.executable, "-m", *words, "--quiet"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    [wheel] = folder.glob("*.whl")
    return wheel


def the_wheel() -> Path:
    """The same, built once a run."""
    [wheel] = made_once("wheel", build_wheel).glob("*.whl")
    return wheel


def python_for(at_least: tuple[int, int]) -> Path | None:
    """The newest Python of this machine that can make environments; None where there is none.

    Looked for on the path, and where pyenv keeps those that are not on it.
    """
    pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv"))
    named = [shutil.which(f"python3.{minor}") for minor in range(at_least[1], at_least[1] + 9)]
    places = [*pyenv.glob("versions/3.*/bin/python3"), *(Path(one) for one in named if one)]
    found = {version: place for place in places if (version := _version(place)) >= at_least}
    return found[max(found)] if found else None


def _version(python: Path) -> tuple[int, ...]:
    """That of an interpreter; empty where it does not run, or has not what a site needs."""
    tell = "import ensurepip, sqlite3, sys, venv; print(*sys.version_info[:3])"
    done = subprocess.run(
        [python, "-c", tell], capture_output=True, text=True, check=False, cwd="/"
    )
    return tuple(map(int, done.stdout.split()))


def steps() -> list[Block]:
    """The blocks of the guide that are followed, in their order."""
    reader = Reader(DOCUMENT)
    found = reader.take(languages=COMMANDS | {"python"})
    assert reader.unread() == []
    return found


def file_of(block: Block) -> str:
    """The file at whose end the guide puts a block; none for commands."""
    before = "\n".join(GUIDE.splitlines()[: block.line - 1]).rstrip().rpartition("\n\n")[2]
    named = re.match(r"At the end of `([^`]+)`", before)
    assert bool(named) != block.is_command, f"{block}: what is to be done with it?"
    return named[1] if named else ""


@dataclass
class Host:
    """A folder in which the guide is followed."""

    folder: Path
    python: Path
    port: int

    def __post_init__(self) -> None:
        self.place = self.folder

    @property
    def base(self) -> str:
        """Where the site answers."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def environment(self) -> dict[str, str]:
        """That of somebody who knows nothing of this checkout."""
        own = {name: value for name, value in os.environ.items() if not name.startswith(OF_OURS)}
        return own | {"PATH": f"{self.python.parent}{os.pathsep}{os.environ['PATH']}"}

    def prepare(self, django: str) -> None:
        """Have the packages there that the guide would fetch, with a certain Django."""
        wheel = shutil.copy(the_wheel(), self.folder)
        at = self.folder / ".venv"
        uv = [find_uv_bin(), "--quiet", "--no-config"]
        subprocess.run([*uv, "venv", "--seed", "--python", self.python, at], check=True)
        wanted = [f"Django{django}", wheel]
        subprocess.run([*uv, "pip", "install", "--python", at, *wanted], check=True)

    def follow(self, block: Block) -> str:
        """Do what a block says, and no more; what it printed."""
        if name := file_of(block):
            with (self.place / name).open("a") as file:
                file.write(f"\n{block.text}")
            return ""
        return self.run("\n".join(line for line in block.text.splitlines() if line != SERVE))

    def run(self, script: str) -> str:
        """Run commands in the shell in which the last ones ran; what they printed."""
        activate = self.folder / ".venv/bin/activate"
        kept = self.folder / "place"
        whole = f"set -e\n. {activate}\n{script}\npwd > {kept}\n"
        done = subprocess.run(
            ["bash", "-c", whole],
            cwd=self.place,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, f"{script}\n{done.stdout[-3000:]}{done.stderr[-5000:]}"
        self.place = Path(kept.read_text().strip())
        return done.stdout + done.stderr

    @contextmanager
    def served(self) -> Iterator[str]:
        """The site as the guide serves it, on a free port; where it is."""
        assert SERVE in GUIDE
        words = [*SERVE.split()[1:], "--noreload", str(self.port)]
        with (self.folder / "server.log").open("w") as log:
            server = subprocess.Popen(
                [self.folder / ".venv/bin/python", *words],
                cwd=self.place,
                env=self.environment,
                stdout=log,
                stderr=log,
            )
            try:
                self._wait(server)
                yield self.base
            finally:
                server.terminate()
                server.wait(20)

    def _wait(self, server: "subprocess.Popen[bytes]") -> None:
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline and server.poll() is None:
            try:
                with urlopen(f"{self.base}/praktijken/"):  # noqa: S310 (our own)
                    return
            except URLError:
                time.sleep(0.1)
        raise AssertionError((self.folder / "server.log").read_text()[-3000:])
