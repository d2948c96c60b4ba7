"""Commands on a site in processes of their own that need not load Django anew: they are forked.

Usage: python -m tests.faults.forking FD. It gets on a socket what a Python process would get on
its command line, and answers with what that process ended with. It has loaded Django for the
environment that it was started with, and nothing else: no connection, no thread.
"""

import json
import os
import runpy
import socket
import subprocess
import sys
import warnings
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryFile

ROOT = Path(__file__).resolve().parents[2]
LONGEST = 900
"""Seconds after which a command is given up."""


class Forking:
    """The side of the test: runs one command after another, each in a process of its own."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self._ours, theirs = socket.socketpair()
        self._ours.settimeout(LONGEST)
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "tests.faults.forking", str(theirs.fileno())],
                cwd=ROOT,
                env=environment,
                pass_fds=[theirs.fileno()],
            )

    def run(self, *command: str) -> "subprocess.CompletedProcess[str]":
        """Run a Python process to its end."""
        with TemporaryFile() as out, TemporaryFile() as error:
            socket.send_fds(
                self._ours, [json.dumps(command).encode()], [out.fileno(), error.fileno()]
            )
            answer = self._ours.recv(100)
            assert answer, "It could not be loaded: see what it said."
            texts = []
            for file in (out, error):
                file.seek(0)
                texts.append(file.read().decode())
        return subprocess.CompletedProcess(command, int(answer), *texts)

    def close(self) -> None:
        """End it."""
        self._ours.close()
        self._process.wait(timeout=60)


def main(requests: socket.socket) -> None:
    """Load Django; then fork for each request until there are no more."""
    import django

    django.setup()
    while True:
        request, files, _flags, _address = socket.recv_fds(requests, 100_000, 2)
        if not request:
            return
        pid = os.fork()
        if pid == 0:
            requests.close()
            for number, file in enumerate(files, start=1):
                os.dup2(file, number)
                os.close(file)
            _become(json.loads(request))
            return
        for file in files:
            os.close(file)
        _pid, status = os.waitpid(pid, 0)
        requests.sendall(str(os.waitstatus_to_exitcode(status)).encode())


def _become(command: list[str]) -> None:
    """Do what Python does with such a command line."""
    if command[0] == "-W":
        warnings.simplefilter(command[1])  # type: ignore[arg-type]
        command = command[2:]
    match command:
        case ["-c", code]:
            sys.argv = ["-c"]
            exec(code, {"__name__": "__main__"})  # noqa: S102 (of a test)
        case ["-m", module, *arguments]:
            sys.argv = [module, *arguments]
            runpy.run_module(module, run_name="__main__", alter_sys=True)
        case [script, *arguments]:
            sys.argv = [script, *arguments]
            runpy.run_path(script, run_name="__main__")


if __name__ == "__main__":
    main(socket.socket(fileno=int(sys.argv[1])))
