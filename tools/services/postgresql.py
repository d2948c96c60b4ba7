"""A PostgreSQL server on this machine, from the installed programs, with data that may be lost."""

import os
import re
import shutil
import subprocess
from pathlib import Path
from urllib.parse import quote

from tools.services import ServiceError
from tools.services.processes import new_folder, run

NAME = "wegwijzer"
"""Of the user, who may do everything, and of an empty database."""

QUICK = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=200")
"""A power cut may spoil the data: it is thrown away anyway."""


class Server:
    """A server that listens on a socket in its own folder only, and trusts who can reach that."""

    def __init__(self, folder: Path | None = None, *, settings: tuple[str, ...] = QUICK) -> None:
        self.folder = folder or new_folder()
        self.data = self.folder / "data"
        self.settings = settings
        self.programs = programs()

    @property
    def url(self) -> str:
        """Its `DATABASE_URL`."""
        return f"postgres://{NAME}@/{NAME}?host={quote(str(self.folder))}"

    def __enter__(self) -> "Server":
        self.create()
        return self

    def __exit__(self, *_error: object) -> None:
        stop(self.folder)

    def create(self) -> None:
        """Make the server and start it. Raises `ServiceError`."""
        command: list[str | Path] = [self.programs / "initdb", "-D", self.data, "-U", NAME]
        command += ["--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"]
        try:
            run(command, self.folder)
            self.start()
            run([self.programs / "createdb", "-h", self.folder, "-U", NAME, NAME], self.folder)
        except BaseException:
            stop(self.folder)
            raise

    def start(self) -> None:
        """Start it and wait until it answers. Raises `ServiceError`."""
        options = f"-k {self.folder} -c listen_addresses=''"
        options += "".join(f" -c {setting}" for setting in self.settings)
        log = self.folder / "log"
        run([*self._control, "start", "-w", "-l", log, "-o", options], self.folder)

    def stop(self, mode: str = "fast") -> None:
        """Stop it: `smart`, `fast` (ends connections) or `immediate` (as a crash)."""
        run([*self._control, "stop", "-w", "-m", mode], self.folder)

    @property
    def _control(self) -> list[str | Path]:
        return [self.programs / "pg_ctl", "-s", "-D", self.data]


def stop(folder: Path) -> None:
    """Stop the server that runs in a folder, if it does, and delete the folder."""
    if is_running(folder):
        Server(folder).stop("immediate")
    shutil.rmtree(folder, ignore_errors=True)


def is_running(folder: Path) -> bool:
    """Whether a server runs in this folder."""
    try:
        run([programs() / "pg_ctl", "status", "-D", folder / "data"], folder)
    except (ServiceError, OSError):
        return False
    return True


def programs() -> Path:
    """Where initdb and pg_ctl of version 15 or later are. Raises `ServiceError`."""
    for folder in _candidates():
        if (folder / "initdb").is_file() and (folder / "pg_ctl").is_file():
            said = subprocess.run(
                [folder / "initdb", "--version"], capture_output=True, text=True, check=False
            ).stdout
            version = re.search(r"\d+", said)
            if version and int(version.group()) >= 15:
                return folder
    raise ServiceError(
        "PostgreSQL 15 or later is needed: apt install postgresql, or set TEST_DATABASE_URL."
    )


def _candidates() -> list[Path]:
    """Folders where programs may be: the system's packages first, the newest version first."""
    numbered = [
        *Path("/usr/lib/postgresql").glob("*/bin"),
        *Path("/usr").glob("pgsql-*/bin"),
        *Path("/opt/homebrew/opt").glob("postgresql@*/bin"),
        *Path("/usr/local/opt").glob("postgresql@*/bin"),
    ]
    numbered.sort(key=lambda folder: -int("".join(re.findall(r"\d+", str(folder))) or 0))
    on_path = [Path(folder) for folder in os.environ.get("PATH", "").split(os.pathsep) if folder]
    return [*numbered, *on_path]
