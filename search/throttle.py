"""Says what keeps happening only once in a while, so that a log stays readable in an outage."""

import threading
import time
from collections.abc import Callable

MINUTE = 60.0


class Throttle:
    """Lets one of many through in each period, in seconds, and counts those it held back."""

    def __init__(self, period: float = MINUTE, clock: Callable[[], float] = time.monotonic) -> None:
        self._period, self._clock = period, clock
        self._lock = threading.Lock()
        self._last: float | None = None
        self._held_back = 0

    def passes(self) -> int:
        """0 if this one is held back; else how many it stands for, itself included."""
        with self._lock:
            now = self._clock()
            if self._last is not None and now < self._last + self._period:
                self._held_back += 1
                return 0
            passed, self._last, self._held_back = 1 + self._held_back, now, 0
            return passed
