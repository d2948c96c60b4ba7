"""Programs that run in the background, never as root: both servers refuse that."""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, suppress
from pathlib import Path

from tools.services import ServiceError

NOBODY = "nobody"


def is_root() -> bool:
    """Whether this process may do anything, and its children had better not."""
    return os.geteuid() == 0


def new_folder() -> Path:
    """A folder for throwaway data, of whom `run` and `start` run programs as.

    Its name is short: the path of a socket has at most 100 characters.
    """
    folder = Path(tempfile.mkdtemp(prefix="wegwijzer-"))
    give(folder)
    return folder


def give(folder: Path) -> None:
    """Let the folder and all in it belong to whom programs run as."""
    if is_root():
        for path in (folder, *folder.rglob("*")):
            shutil.chown(path, NOBODY)


def run(command: Sequence[str | Path], folder: Path) -> str:
    """Run a program in a folder to its end; what it printed. Raises `ServiceError`."""
    done = subprocess.run(  # type: ignore[call-overload]
        command, capture_output=True, text=True, check=False, **_as_nobody(folder, {})
    )
    if done.returncode:
        said = (done.stderr or done.stdout).strip().splitlines()
        raise ServiceError(f"{command[0]} failed: {' '.join(said[-3:])}")
    output: str = done.stdout
    return output


def start(
    command: Sequence[str | Path], folder: Path, log: Path, environment: Mapping[str, str]
) -> "subprocess.Popen[bytes]":
    """Start a program that outlives this process; what it says goes to a file."""
    with log.open("ab") as output:
        process: subprocess.Popen[bytes] = subprocess.Popen(  # type: ignore[call-overload]
            command,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            **_as_nobody(folder, environment),
        )
    return process


def _as_nobody(folder: Path, environment: Mapping[str, str]) -> dict[str, object]:
    common = {"cwd": folder, "env": {**os.environ, "HOME": str(folder), **environment}}
    if not is_root():
        return common
    nobody = pwd.getpwnam(NOBODY)
    return {**common, "user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def is_running(pid: int, folder: Path) -> bool:
    """Whether a process lives and was started for this folder: numbers of processes come again."""
    line = Path(f"/proc/{pid}/cmdline")
    if Path("/proc/self").exists():
        with suppress(OSError):
            return str(folder).encode() in line.read_bytes()
        return False
    found = subprocess.run(  # (macOS)
        ["ps", "-o", "command=", "-p", str(pid)], capture_output=True, text=True, check=False
    )
    return str(folder) in found.stdout


def end(pid: int, folder: Path, how: signal.Signals = signal.SIGTERM) -> None:
    """End a process that was started for a folder, and wait until it is gone."""
    if not is_running(pid, folder):
        return
    with suppress(ProcessLookupError):
        os.kill(pid, how)
    if not wait_until(lambda: not is_running(pid, folder), seconds=30) and how != signal.SIGKILL:
        end(pid, folder, signal.SIGKILL)


def wait_until(condition: Callable[[], bool], *, seconds: float) -> bool:
    """Wait for a condition; whether it came."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.1)
    return True


def free_ports(count: int, start: int) -> list[int]:
    """The first ports from `start` on which nothing listens on this machine."""

    def free() -> Iterator[int]:
        for port in range(start, 65536):
            with ExitStack() as stack, suppress(OSError):
                taken = stack.enter_context(socket.socket())
                taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                taken.bind(("127.0.0.1", port))
                yield port

    ports = free()
    return [next(ports) for _number in range(count)]
