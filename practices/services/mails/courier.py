"""The thread that sends mails, in each server and worker: no request ever waits for a mail."""

import logging
from collections.abc import Callable

from practices.services.mails import queue
from practices.services.mails.delivery import ServerAwayError, deliver_due
from search.running.loops import Loop
from search.throttle import Throttle

TICK = 5.0
"""Seconds after which it looks by itself: for what other processes left, or what was put off."""
FIRST_PAUSE, LONGEST_PAUSE = 5.0, 60.0
"""Seconds during which this process leaves a mail server alone that is away."""

logger = logging.getLogger(__name__)


class Courier:
    """Sends what is due; keeps away for a while from a server that is away, in this process only.

    The pause is no other process's: whose network is broken holds up nobody else.
    """

    def __init__(self) -> None:
        self._pause = FIRST_PAUSE
        self._lines = Throttle()

    def __call__(self, should_stop: Callable[[], bool]) -> float:
        """Send; the seconds until it should be called again."""
        try:
            deliver_due(should_stop)
        except ServerAwayError as error:
            pause, self._pause = self._pause, min(2 * self._pause, LONGEST_PAUSE)
            if self._lines.passes():
                logger.error("The mail server takes no mail: %s.", error)
            return pause
        self._pause = FIRST_PAUSE
        return TICK


def loop() -> Loop:
    """The thread, which a mail that was committed wakes."""
    made = Loop("mails", Courier())
    queue.wakes(made.wake)
    return made
