"""A circuit breaker: keeps callers away from a service that fails, until a probe says it is back.

Pure: it neither asks the service nor waits. Whoever asks tells what came of it; the clock is given.

After a failure it is in doubt, and lets no more callers in at once than it takes failures to open.
Else those who queued for a thread of the server while others waited in vain would wait in vain too.
"""

import threading
import time
from collections.abc import Callable
from enum import StrEnum

FAILURES = 3
"""So many failures in a row open the breaker."""
FIRST_WAIT, LONGEST_WAIT = 1.0, 10.0
"""Seconds before the first probe, and at most between two; the wait doubles with each failure."""


class State(StrEnum):
    """Whether the service is asked."""

    CLOSED = "closed"
    OPEN = "open"
    HALF_OPEN = "half-open"
    """Open, and one probe is on its way."""


class Breaker:
    """Safe to share between threads; closed at first."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._state = State.CLOSED
        self._failures = self._inside = 0
        self._wait = FIRST_WAIT
        self._probe_at = 0.0

    @property
    def state(self) -> State:
        """The state now."""
        return self._state

    @property
    def is_closed(self) -> bool:
        """Whether the service is asked at all."""
        return self._state is State.CLOSED

    def admits(self) -> bool:
        """Whether the caller may ask the service; then it must tell what came of it."""
        with self._lock:
            if self._state is not State.CLOSED:
                return False
            if self._failures and self._inside >= FAILURES - self._failures:
                return False
            self._inside += 1
            return True

    def succeeded(self) -> None:
        """A caller got an answer. One that was still under way when it opened changes nothing."""
        with self._lock:
            self._inside -= 1
            if self._state is State.CLOSED:
                self._failures, self._wait = 0, FIRST_WAIT

    def failed(self) -> bool:
        """A caller got no answer; whether this opened the breaker."""
        with self._lock:
            self._inside -= 1
            if self._state is not State.CLOSED:
                return False
            self._failures += 1
            if self._failures < FAILURES:
                return False
            self._open()
            return True

    def trip(self) -> bool:
        """Keep callers away without waiting for failures; whether it was closed until now."""
        with self._lock:
            was_closed = self._state is State.CLOSED
            if was_closed:
                self._open()
            return was_closed

    def left(self) -> None:
        """A caller went away without learning anything of the service."""
        with self._lock:
            self._inside -= 1

    def seconds_to_probe(self) -> float:
        """How long a probe has to wait yet; 0 if it is due."""
        return max(0.0, self._probe_at - self._clock())

    def begin_probe(self) -> bool:
        """Whether the caller is the one who has to probe now; then it must end the probe."""
        with self._lock:
            if self._state is not State.OPEN or self._clock() < self._probe_at:
                return False
            self._state = State.HALF_OPEN
            return True

    def end_probe(self, *, is_answered: bool) -> None:
        """The probe that began has an outcome: the breaker closes, or the next wait is longer."""
        with self._lock:
            if self._state is not State.HALF_OPEN:
                raise RuntimeError("No probe has begun.")
            if is_answered:
                self._state, self._failures = State.CLOSED, 0
            else:
                self._open()

    def _open(self) -> None:
        # The wait goes back to the first only when a caller gets an answer: a service that answers
        # the probe but fails its callers is left alone for longer and longer.
        self._state = State.OPEN
        self._probe_at = self._clock() + self._wait
        self._wait = min(2 * self._wait, LONGEST_WAIT)
