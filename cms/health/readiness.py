"""What lacks before people can work here, by fixed words; looked at once a minute."""

from time import monotonic

from cms.health.findings import Finding, State
from practices.services.readiness import questions

FRESH = 60.0
"""Seconds: nothing of it comes and goes, and some of it writes a file."""

_remembered: tuple[float, Finding] | None = None


def readiness() -> Finding:
    """The names of what lacks; never a reason to take a server away."""
    global _remembered
    if _remembered is None or monotonic() - _remembered[0] > FRESH:
        _remembered = monotonic(), _look()
    return _remembered[1]


def _look() -> Finding:
    lacking = [
        question.name
        for question, answer in questions.answers()
        if answer.state is not questions.State.READY
    ]
    return Finding(State.CONCERN if lacking else State.GOOD, {"ontbreekt": lacking})
