"""Where the processes of one machine keep their measurements, so that any of them can give all.

Free of Django and of the library: the variable must be set before that is imported.
"""

import os
import socket
from pathlib import Path

VARIABLE = "PROMETHEUS_MULTIPROC_DIR"
KINDS = ("counter", "histogram", "gauge_livesum")
"""The library has a file of each for a process."""
RESERVED = 1_000_000
"""Bytes of each file; all our measurements take a fifth of it."""


def share_if_asked(base: Path) -> None:
    """Share where there is a `METRICS_TOKEN`: in `DATA_DIR`, or else in `var` below the base."""
    if os.environ.get("METRICS_TOKEN"):
        share(Path(os.environ.get("DATA_DIR") or base / "var"))


def share(data_dir: Path) -> Path:
    """Let this process and its children count in files of this machine; the folder.

    What processes that are gone left behind is removed: counters begin anew, as they do after
    every restart. Machines may share a data folder, so each has a folder of its own.
    """
    folder = data_dir.resolve() / "metrics" / socket.gethostname()
    folder.mkdir(parents=True, exist_ok=True)
    for file in folder.glob("*.db"):
        if not _is_running(_pid(file)):
            file.unlink(missing_ok=True)
    os.environ[VARIABLE] = str(folder)
    return folder


def reserve() -> None:
    """Take the room of this process's files on the disk, before the library is imported.

    It writes to them as to memory: on a disk that is full by then the machine would kill the
    process in the middle of a request. Where there is no room now, the process counts for itself.
    """
    folder = os.environ.get(VARIABLE)
    if not folder:
        return
    files = [Path(folder) / f"{kind}_{os.getpid()}.db" for kind in KINDS]
    try:
        for file in files:
            with file.open("wb") as opened:
                os.posix_fallocate(opened.fileno(), 0, RESERVED)
    except OSError:
        for file in files:
            file.unlink(missing_ok=True)
        del os.environ[VARIABLE]


def forget(pid: int) -> None:
    """Remove what a process that ended says of the present."""
    if folder := os.environ.get(VARIABLE):
        for file in Path(folder).glob(f"gauge_live*_{pid}.db"):
            file.unlink(missing_ok=True)


def _pid(file: Path) -> int:
    digits = file.stem.rpartition("_")[2]
    return int(digits) if digits.isdigit() else 0


def _is_running(pid: int) -> bool:
    if not pid:
        return False
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
