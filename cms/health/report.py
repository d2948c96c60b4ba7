"""Runs all checks at once, within a time, and remembers what came of it for a moment."""

import logging
import threading
from collections import defaultdict
from concurrent.futures import Future
from time import monotonic

from cms.health.bounded import Bounded
from cms.health.checks import all_checks
from cms.health.findings import NO_ANSWER, Finding, Report
from search.throttle import Throttle

DEADLINE = 1.5
"""Seconds for all checks together."""
FRESH = 1.0
"""Seconds during which the same report is given again, so that asking often costs nothing."""

logger = logging.getLogger(__name__)

_checks: Bounded[Finding] = Bounded()
_lines: defaultdict[str, Throttle] = defaultdict(Throttle)
_lock = threading.Lock()
_remembered: tuple[float, Report] | None = None


def current() -> Report:
    """The report of at most a second ago; takes little more than the deadline, whatever hangs."""
    global _remembered
    if not _lock.acquire(timeout=DEADLINE):
        return Report(dict.fromkeys(all_checks(), NO_ANSWER))
    try:
        if _remembered is None or monotonic() - _remembered[0] > FRESH:
            _remembered = monotonic(), make()
        return _remembered[1]
    finally:
        _lock.release()


def make() -> Report:
    """A new report."""
    answers = _checks.ask(all_checks(), DEADLINE)
    return Report({name: _finding(name, answer) for name, answer in answers.items()})


def _finding(name: str, answer: "Future[Finding]") -> Finding:
    """What a check found; why it failed is for the log, not for everybody who asks."""
    if not answer.done():
        reason: BaseException | str = f"no answer within {DEADLINE} s"
    elif (error := answer.exception()) is None:
        return answer.result()
    else:
        reason = error
    if _lines[name].passes():
        logger.warning("The check of “%s” failed: %s", name, reason)
    return NO_ANSWER
