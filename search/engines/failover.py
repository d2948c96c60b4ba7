"""Answers from the standby where the engine cannot, and finds out by itself when it can again."""

import logging
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import TypeVar

from search.engines.base import (
    Answer,
    Axis,
    Crossed,
    Engine,
    EngineError,
    Nearest,
    Reader,
    Request,
)
from search.engines.breaker import Breaker, State
from search.questions.text import Text
from search.throttle import Throttle

Given = TypeVar("Given")

PROBE = Request(limit=1)
"""A search as visitors ask it: counting only would pass where searching fails."""

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class BreakerState:
    """What there is to measure of one engine's breaker, in this process."""

    state: State
    failures: int
    """Questions that the engine did not answer."""
    fallbacks: int
    """Searches that the standby answered."""


class Guard:
    """Stands before one engine in this process: its breaker, its probes, its line in the log."""

    def __init__(self, engine: Engine, breaker: Breaker | None = None) -> None:
        self.engine = engine
        self.breaker = breaker or Breaker()
        self._lines = Throttle()
        self._lock = threading.Lock()
        self._failures = self._fallbacks = 0
        self._is_told = False
        self._prober = threading.Thread()
        self._stopped = threading.Event()

    def state(self) -> BreakerState:
        """The breaker and the counts as they are now."""
        return BreakerState(self.breaker.state, self._failures, self._fallbacks)

    def failed(self, error: EngineError) -> None:
        """The engine did not answer a visitor; the third time in a row opens the breaker."""
        with self._lock:
            self._failures += 1
        if count := self._lines.passes():
            self._is_told = True
            logger.warning(
                "%s does not answer, so the standby does. Failures since the last line: %d. %s",
                *(self.engine.follower, count, error),
            )
        self.breaker.failed()

    def distrust(self, error: EngineError) -> None:
        """Let the standby answer from now on, as what the engine answers would not be true."""
        if self.breaker.trip() and (count := self._lines.passes()):
            self._is_told = True
            logger.warning(
                "%s is not trusted, so the standby answers. Failures since the last line: %d. %s",
                *(self.engine.follower, count, error),
            )

    def fell_back(self) -> None:
        """The standby has to answer a search; somebody must be probing if the breaker is open."""
        with self._lock:
            self._fallbacks += 1
            if self.breaker.is_closed or self._prober.is_alive():
                return
            # Looked at with each search: a process that forks takes no threads along, and one
            # without room for a thread gets it later.
            name = f"probe-{self.engine.follower}"
            self._prober = threading.Thread(target=self._probe_until_closed, name=name, daemon=True)
            with suppress(RuntimeError):
                self._prober.start()

    def stop(self) -> None:
        """Probe no more; for whoever forgets the engine."""
        self._stopped.set()

    def _probe_until_closed(self) -> None:
        while not self._stopped.wait(self.breaker.seconds_to_probe()):
            if self.breaker.begin_probe():
                self._probe()
            if self.breaker.is_closed:
                if self._is_told:
                    self._is_told = False
                    logger.info("%s answers again.", self.engine.follower)
                return

    def _probe(self) -> None:
        is_answered = False
        try:
            self.engine.reader().search(PROBE)
            self.engine.check()
            is_answered = True
        except Exception:  # noqa: BLE001 (whatever fails, the probe has its answer: not yet)
            logger.debug("%s does not answer a probe.", self.engine.follower)
        finally:
            self.breaker.end_probe(is_answered=is_answered)


class FailoverReader(Reader):
    """Asks the engine as long as it answers; after that the standby, to the end of the search.

    The answers of one search are so from one moment on from one place. Raises `EngineError` where
    the standby cannot answer either.
    """

    def __init__(self, engine: Reader, standby: Reader, guard: Guard) -> None:
        self._engine, self._standby, self._guard = engine, standby, guard
        self._is_standby = False

    @property
    def is_standby(self) -> bool:
        """Whether the standby has answered."""
        return self._is_standby

    def search(self, request: Request) -> Answer:
        """Answer a request."""
        return self._ask(lambda reader: reader.search(request))

    def total(self, request: Request) -> int:
        """How many documents match."""
        return self._ask(lambda reader: reader.total(request))

    def totals(self, asked: Sequence[Request]) -> list[int]:
        """How many documents match each request, all from one place."""
        return self._ask(lambda reader: reader.totals(asked))

    def ids(self, request: Request) -> Sequence[int]:
        """The documents of a page."""
        return self._ask(lambda reader: reader.ids(request))

    def every_id(self, request: Request) -> Sequence[int]:
        """All that a request finds, all from one place."""
        return self._ask(lambda reader: reader.every_id(request))

    def each_ids(self, asked: Sequence[Request]) -> list[Sequence[int]]:
        """The documents of a page of each request, all from one place."""
        return self._ask(lambda reader: reader.each_ids(asked))

    def crossed(self, request: Request, rows: Axis, columns: Axis) -> Crossed:
        """Counts of two facets together."""
        return self._ask(lambda reader: reader.crossed(request, rows, columns))

    def nearest(self, text: Text, few: int, most: int) -> Nearest:
        """What comes nearest to a text, all from one place."""
        return self._ask(lambda reader: reader.nearest(text, few, most))

    def words_like(self, word: str) -> Sequence[tuple[str, int]]:
        """Words that are spelt like `word`."""
        return self._ask(lambda reader: reader.words_like(word))

    def _ask(self, question: Callable[[Reader], Given]) -> Given:
        if not self._is_standby:
            if self._guard.breaker.admits():
                try:
                    answer = question(self._engine)
                except EngineError as error:
                    self._guard.failed(error)
                except BaseException:
                    self._guard.breaker.left()
                    raise
                else:
                    self._guard.breaker.succeeded()
                    return answer
            self._is_standby = True
            self._guard.fell_back()
        return question(self._standby)
