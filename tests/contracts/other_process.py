"""A process beside the tests' own: does what it is told on its standard input, line by line.

Run as `python -m tests.contracts.other_process SEARCH_URL INDEX`.
"""

import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from search.documents import Document
    from search.engines.base import Request

ROOT = Path(__file__).resolve().parents[2]


class OtherProcess:
    """A running process; `ask` waits for its answer, `tell` and `answer` do not."""

    def __init__(self, url: str, index: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.contracts.other_process", url, index],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
        )

    def tell(self, **order: Any) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps(order) + "\n")
        self.process.stdin.flush()

    def answer(self) -> Any:
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        assert line, "the process ended"
        return json.loads(line)

    def ask(self, **order: Any) -> Any:
        self.tell(**order)
        return self.answer()

    def __enter__(self) -> "OtherProcess":
        return self

    def __exit__(self, *_error: object) -> None:
        self.process.kill()
        self.process.communicate()


class Obeys:
    """What the process can be told; each order is a method."""

    def __init__(self, url: str, name: str) -> None:
        from django.conf import settings

        settings.configure(SEARCH_URL=url)

        from search.engines import engine_for
        from tests.contracts.corpus import Source

        self.engine = engine_for(Source().index(name))

    def search(self, text: str = "") -> list[int]:
        return sorted(self.engine.search(self._request(text)).ids)

    def search_much(self, text: str, times: int) -> list[int]:
        """All totals that it saw."""
        return sorted({self.engine.search(self._request(text)).total for _time in range(times)})

    def apply(self, puts: Any = (), removals: Any = ()) -> None:
        self.engine.apply(self._documents(puts), [tuple(pair) for pair in removals])

    def apply_each(self, puts: Any) -> None:
        for put in self._documents(puts):
            self.engine.apply([put], ())

    def build(self, puts: Any, times: int = 1) -> None:
        for _time in range(times):
            with self.engine.build() as builder:
                builder.apply(self._documents(puts), ())
                builder.swap()

    def build_and_wait(self, puts: Any) -> None:
        with self.engine.build() as builder:
            builder.apply(self._documents(puts), ())
            say("built")
            sys.stdin.readline()

    def hold(self) -> str:
        with self.engine.writing():
            say("held")
            sys.stdin.readline()
        return "free"

    def _request(self, text: str) -> "Request":
        from search.engines.base import Request
        from search.questions.parsing import parse_text

        return Request(parse_text(text), limit=1000)

    def _documents(self, puts: Any) -> "list[Document]":
        from tests.contracts.corpus import document

        return [document(key, title, version=version) for key, title, version in puts]


def say(found: Any) -> None:
    sys.stdout.write(json.dumps(found) + "\n")
    sys.stdout.flush()


def main(url: str, name: str) -> None:
    """Obey until the input ends."""
    obeys = Obeys(url, name)
    for line in sys.stdin:
        order = json.loads(line)
        say(getattr(obeys, order.pop("do"))(**order))


if __name__ == "__main__":
    main(*sys.argv[1:])
