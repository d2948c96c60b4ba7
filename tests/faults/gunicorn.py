"""A real gunicorn whose answers and logs are looked at."""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Answer:
    """What a server answered."""

    status: int
    headers: Mapping[str, str]
    text: str
    seconds: float

    def json(self) -> Any:
        """The body as JSON."""
        return json.loads(self.text)


def free_port() -> int:
    """A port of this machine on which nobody listens."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    return port


class Gunicorn:
    """Runs within a `with`; its output goes to files, so that no pipe fills up."""

    def __init__(self, folder: Path, environment: Mapping[str, str]) -> None:
        self.port = free_port()
        self.environment = {**os.environ, "DATA_DIR": str(folder), **environment}
        self.output = folder / "gunicorn.out"

    def __enter__(self) -> "Gunicorn":
        with self.output.open("w") as file:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "gunicorn", "cms.wsgi", "--bind", f"127.0.0.1:{self.port}"],
                cwd=ROOT,
                env=self.environment,
                stdout=file,
                stderr=subprocess.STDOUT,
            )
        try:
            self.wait_for("/gezondheid/levend", 200)
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(self, *_error: object) -> None:
        self.stop()

    def stop(self) -> None:
        """End it, so that all output is there."""
        if self.process.poll() is None:
            self.process.terminate()
        self.process.wait(timeout=60)

    def ask(
        self,
        path: str,
        headers: Mapping[str, str] | None = None,
        method: str = "GET",
        body: str | None = None,
    ) -> Answer:
        """Send one request. Raises `OSError` where nobody listens."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=60)
        begun = time.monotonic()
        try:
            connection.request(method, path, body, {"Host": "localhost", **(headers or {})})
            response = connection.getresponse()
            text = response.read().decode()
            headers = {name.lower(): value for name, value in response.getheaders()}
            return Answer(response.status, headers, text, time.monotonic() - begun)
        finally:
            connection.close()

    def wait_for(self, path: str, status: int, seconds: float = 60) -> Answer:
        """Ask again and again until the status is the wanted one."""
        deadline = time.monotonic() + seconds
        while True:
            try:
                answer = self.ask(path)
            except OSError:
                answer = None
            if answer is not None and answer.status == status:
                return answer
            assert self.process.poll() is None, self.said()
            assert time.monotonic() < deadline, answer
            time.sleep(0.1)

    def said(self) -> str:
        """The end of what it wrote, if that can be read."""
        return self.output.read_text()[-2000:] if self.output.is_file() else ""

    def lines(self) -> list[dict[str, Any]]:
        """What it wrote, each line as JSON."""
        return [json.loads(line) for line in self.output.read_text().splitlines()]
