"""Leaves an engine that failed alone for a while: in this process, and in no other.

One machine that is cut off from an engine holds up nobody else. Counted with a clock that nobody
sets, as that of a machine may be wrong.
"""

import threading
import time
from dataclasses import dataclass

LONGEST = 10
"""Seconds of the longest pause; the first takes one, and each doubles."""


@dataclass(slots=True)
class _Pause:
    failures: int
    until: float


_lock = threading.Lock()
_pauses: dict[str, _Pause] = {}


def is_paused(follower: str) -> bool:
    """Whether the engine failed so recently that this process does not try it now."""
    pause = _pauses.get(follower)
    return pause is not None and pause.until > time.monotonic()


def begin(follower: str) -> int:
    """Leave an engine alone that failed; how often in a row it had failed before.

    Threads that failed at the same time count as one failure.
    """
    with _lock:
        pause = _pauses.setdefault(follower, _Pause(0, 0.0))
        before, now = pause.failures, time.monotonic()
        if pause.until <= now:
            pause.failures += 1
            pause.until = now + min(2 ** min(before, 10), LONGEST)
        return before


def end(follower: str) -> bool:
    """Note that the engine answers; whether it had failed."""
    with _lock:
        return _pauses.pop(follower, None) is not None


def lift(follower: str) -> None:
    """Let an engine be tried at once, because somebody asks for it."""
    with _lock:
        if pause := _pauses.get(follower):
            pause.until = 0.0


def forget() -> None:
    """Forget all failures: for tests."""
    with _lock:
        _pauses.clear()
