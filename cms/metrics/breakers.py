"""Carries the state of this process's breakers over into its measurements."""

import threading

from cms.metrics.definitions import BREAKER_OPEN, FAILURES, FALLBACKS
from search import engines

_lock = threading.Lock()
_counted: dict[str, tuple[int, int]] = {}
"""Of each follower, the failures and fallbacks that were counted already."""


def sample() -> None:
    """Take over what changed; called at the end of each request, which is cheap."""
    for follower, now in engines.breaker_states().items():
        BREAKER_OPEN.labels(follower).set(now.state.value != "closed")
        with _lock:
            failures, fallbacks = _counted.get(follower, (0, 0))
            _counted[follower] = (now.failures, now.fallbacks)
        # Counts that went back belong to an engine that was made anew.
        FAILURES.labels(follower).inc(max(0, now.failures - failures))
        FALLBACKS.labels(follower).inc(max(0, now.fallbacks - fallbacks))
