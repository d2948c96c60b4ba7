"""Ends the processes of a run of the tests and removes its folder, when the run is over.

Usage: watcher.py FOLDER; the end of its input is the end of the run, whatever ended it. Only the
standard library is used, and nothing of the project.
"""

import fcntl
import os
import shutil
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

RUN = "WEGWIJZER_TEST_RUN"
"""The variable that names the folder of the run, in each of its processes."""
PREFIX = "ww-run-"
LOCK = "lock"
"""A file that is locked as long as the run, or its watcher, lives."""
PATIENCE = 15.0
"""Seconds in which servers may end by themselves."""


def processes(folder: Path) -> Iterator[int]:
    """The processes that were started in a run; none are known where there is no /proc."""
    mark = f"{RUN}={folder}".encode()
    for directory in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            is_dead = (directory / "stat").read_text().rpartition(")")[2].split()[0] == "Z"
            if not is_dead and mark in (directory / "environ").read_bytes().split(b"\0"):
                yield int(directory.name)


def clear(folder: Path) -> None:
    """End what runs, and remove the folder."""
    ended: set[int] = set()
    deadline = time.monotonic() + PATIENCE
    while running := set(processes(folder)):
        is_late = time.monotonic() > deadline
        for pid in running if is_late else running - ended:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL if is_late else signal.SIGTERM)
                os.kill(pid, signal.SIGCONT)
        ended |= running
        time.sleep(0.05)
    for pid in ended:
        # A Java that others may attach to keeps a socket there, whatever it is told.
        Path(f"/tmp/.java_pid{pid}").unlink(missing_ok=True)  # noqa: S108
    shutil.rmtree(folder, ignore_errors=True)


def clear_if_over(folder: Path) -> None:
    """The same, for the folder of a run that nobody watches any more."""
    with suppress(OSError):  # of another user, or just gone
        lock = os.open(folder / LOCK, os.O_RDWR)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            clear(folder)
        finally:
            os.close(lock)


if __name__ == "__main__":
    sys.stdin.read()
    clear(Path(sys.argv[1]))
