"""Nothing is left of a run: no file, no process, however it ended."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.running import watcher

# Each starts pytest itself.
pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[2]
TESTS = """
import os, signal, subprocess, sys, tempfile
from pathlib import Path

def start(code):
    told = Path(os.environ["TOLD"])
    child = subprocess.Popen([sys.executable, "-c", code])
    Path(tempfile.mkdtemp(), "file").write_text("left")
    told.write_text(f"{child.pid} {os.getpid()}")
    return child

def test_that_leaves_a_process():
    start("import time; time.sleep(300)")

def test_that_leaves_a_stopped_process():
    os.kill(start("import time; time.sleep(300)").pid, signal.SIGSTOP)

def test_that_does_not_end():
    start("import time; time.sleep(300)").wait()

def test_that_is_killed():
    start("import time; time.sleep(300)")
    os.kill(os.getpid(), signal.SIGKILL)
"""

Run = Callable[..., "subprocess.Popen[bytes]"]


@pytest.fixture
def temporary(tmp_path: Path) -> Path:
    folder = tmp_path / "tmp"
    folder.mkdir()
    return folder


@pytest.fixture
def told(tmp_path: Path) -> Path:
    return tmp_path / "told"


@pytest.fixture
def run(tmp_path: Path, temporary: Path, told: Path) -> Iterator[Run]:
    """Starts pytest with the plugin, on one of the tests above."""
    (tmp_path / "pytest.ini").write_text("[pytest]\n")
    (tmp_path / "test_them.py").write_text(TESTS)
    outside = {name: value for name, value in os.environ.items() if name != watcher.RUN}
    started = []

    def start(test: str, *options: str) -> "subprocess.Popen[bytes]":
        plugins = ("-p", "tests.running.folder", "-p", "no:django", "-p", "no:schemathesis")
        process = subprocess.Popen(
            [sys.executable, "-m", "pytest", *plugins, *options, "-k", test],
            cwd=tmp_path,
            env=outside | {"TMPDIR": str(temporary), "TOLD": str(told), "PYTHONPATH": str(ROOT)},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.wait()


def until(is_so: Callable[[], bool], seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def child_of(told: Path) -> int:
    until(lambda: told.exists() and " " in told.read_text())
    child = int(told.read_text().split()[0])
    assert is_alive(child)
    return child


@pytest.mark.parametrize("test", ["leaves_a_process", "leaves_a_stopped_process"])
def test_after_a_run_nothing_is_left(run: Run, temporary: Path, told: Path, test: str) -> None:
    assert run(test).wait(60) == 0
    assert list(temporary.iterdir()) == []
    assert not is_alive(int(told.read_text().split()[0]))


def test_after_options_that_do_not_exist_nothing_is_left(run: Run, temporary: Path) -> None:
    assert run("leaves_a_process", "--no-such-option").wait(60) == 4
    assert list(temporary.iterdir()) == []


def test_after_a_worker_was_killed_nothing_is_left(run: Run, temporary: Path, told: Path) -> None:
    assert run("is_killed", "-n", "1").wait(60) == 1
    assert list(temporary.iterdir()) == []
    assert not is_alive(int(told.read_text().split()[0]))


def test_after_pytest_was_killed_nothing_is_left(run: Run, temporary: Path, told: Path) -> None:
    pytest_itself = run("not_end")
    child = child_of(told)
    assert list(temporary.iterdir())
    pytest_itself.kill()
    until(lambda: not list(temporary.iterdir()))
    assert not is_alive(child)


def test_the_next_run_removes_what_is_left_when_the_watcher_was_killed_too(
    run: Run, temporary: Path, told: Path
) -> None:
    pytest_itself = run("not_end")
    child = child_of(told)
    [folder] = temporary.iterdir()
    [watching] = _watchers(folder)
    os.kill(watching, signal.SIGKILL)
    pytest_itself.kill()
    pytest_itself.wait()
    assert is_alive(child)
    assert run("leaves_a_process").wait(60) == 0
    assert list(temporary.iterdir()) == []
    assert not is_alive(child)


def test_a_run_leaves_one_alone_that_is_not_over(run: Run, temporary: Path, told: Path) -> None:
    run("not_end")
    child = child_of(told)
    before = list(temporary.iterdir())
    assert run("leaves_a_process").wait(60) == 0
    assert list(temporary.iterdir()) == before
    assert is_alive(child)


def _watchers(folder: Path) -> list[int]:
    """The processes that were told to watch a folder."""
    asked = f"watcher.py\0{folder}".encode()
    found = []
    for directory in Path("/proc").glob("[0-9]*"):
        try:
            if asked in (directory / "cmdline").read_bytes():
                found.append(int(directory.name))
        except OSError:
            continue
    return found
