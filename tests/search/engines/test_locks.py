"""The lock of writers: one holder over threads and processes, falling with its process."""

import signal
import subprocess
import sys
import threading
from pathlib import Path

from django.conf import settings

from search.engines.locks import FileLock

HOLD = f"""
import sys
from pathlib import Path
from {FileLock.__module__} import FileLock
with FileLock(Path(sys.argv[1])).held():
    print("held", flush=True)
    sys.stdin.readline()
"""


def holder(path: Path) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=settings.BASE_DIR,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


def take(lock: FileLock, taken: threading.Event) -> None:
    with lock.held():
        taken.set()


def waiting(lock: FileLock) -> tuple[threading.Thread, threading.Event]:
    taken = threading.Event()
    thread = threading.Thread(target=take, args=(lock, taken))
    thread.start()
    return thread, taken


def test_the_holder_may_take_it_again(tmp_path: Path) -> None:
    lock = FileLock(tmp_path / "new" / "lock")
    with lock.held(), lock.held():
        pass
    with lock.held():
        pass


def test_it_is_free_after_an_error(tmp_path: Path) -> None:
    lock = FileLock(tmp_path / "lock")
    try:
        with lock.held(), lock.held():
            raise ValueError
    except ValueError:
        pass
    thread, taken = waiting(lock)
    thread.join(10)
    assert taken.is_set()


def test_another_thread_waits_until_the_outermost_holder_lets_go(tmp_path: Path) -> None:
    lock = FileLock(tmp_path / "lock")
    with lock.held():
        with lock.held():
            thread, taken = waiting(lock)
        assert not taken.wait(0.1)
    thread.join(10)
    assert taken.is_set()


def test_another_process_holds_it_off(tmp_path: Path) -> None:
    process = holder(tmp_path / "lock")
    thread, taken = waiting(FileLock(tmp_path / "lock"))
    assert not taken.wait(0.1)
    process.communicate("\n")
    thread.join(10)
    assert taken.is_set()


def test_it_falls_when_its_process_is_killed(tmp_path: Path) -> None:
    process = holder(tmp_path / "lock")
    process.send_signal(signal.SIGKILL)
    process.communicate()
    thread, taken = waiting(FileLock(tmp_path / "lock"))
    thread.join(10)
    assert taken.is_set()
