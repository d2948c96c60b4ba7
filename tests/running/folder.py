"""A pytest plugin: one folder holds all that a run puts down, and it is gone after the run.

Python and the programs that it starts take it for the folder of temporary files. A watcher, a
process of its own, ends what the run left running and removes the folder, also when pytest was
killed. Where the watcher was killed too, the next run does that.
"""

import atexit
import fcntl
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from tests.running import watcher

_runs: list["subprocess.Popen[bytes]"] = []
"""The watcher of the run that was begun here; workers of xdist begin none."""


@pytest.hookimpl(tryfirst=True)
def pytest_addoption() -> None:
    """The first that pytest asks of a plugin: before Django's settings make a folder."""
    if watcher.RUN in os.environ:
        return
    for old in Path(tempfile.gettempdir()).glob(f"{watcher.PREFIX}*"):
        watcher.clear_if_over(old)
    # Its name is short: the path of a socket in it has at most 100 characters.
    made = Path(tempfile.mkdtemp(prefix="ww-new-"))
    made.chmod(0o711)  # servers that do not run as root have their folders in it
    lock = os.open(made / watcher.LOCK, os.O_CREAT | os.O_RDWR)
    fcntl.flock(lock, fcntl.LOCK_EX)
    # From here on others see that it is of a run that is not over.
    folder = made.rename(made.with_name(made.name.replace("ww-new-", watcher.PREFIX)))
    environment = os.environ.copy()
    os.environ |= {watcher.RUN: str(folder), "TMPDIR": str(folder)}
    tempfile.tempdir = None
    atexit.register(end)  # where pytest does not get as far as `pytest_unconfigure`
    _runs.append(
        subprocess.Popen(
            [sys.executable, watcher.__file__, str(folder)],
            stdin=subprocess.PIPE,
            env=environment,
            pass_fds=[lock],
            start_new_session=True,
        )
    )


@pytest.hookimpl(trylast=True)
def pytest_unconfigure() -> None:
    """The run is over."""
    end()


def end() -> None:
    """Wait until nothing is left of the run."""
    while _runs:
        watching = _runs.pop()
        watching.communicate()
