"""What waits to be done, and what was given up: mails and tasks."""

from cms.health.findings import Finding, State
from practices.services.mails.numbers import numbers as mail_numbers
from search.running.tasks import numbers as task_numbers

LATE_MAIL = 15 * 60
"""Seconds after which a mail should have been sent."""
LATE_TASK = 5 * 60
"""Seconds after which a task should have been done."""


def mails() -> Finding:
    """How many mails wait, since when, and how many were given up."""
    found = mail_numbers()
    facts = {
        "wachtend": found.waiting,
        "oudste_seconden": found.oldest,
        "opgegeven": found.given_up_lately,
    }
    is_concern = found.oldest > LATE_MAIL or found.given_up_lately > 0
    return Finding(State.CONCERN if is_concern else State.GOOD, facts)


def tasks() -> Finding:
    """How many tasks wait, since when, and how many failed or were left."""
    found = task_numbers()
    facts = {
        "wachtend": found.waiting,
        "oudste_seconden": found.oldest,
        "mislukt": found.failed,
        "achtergelaten": found.stale,
    }
    is_concern = found.oldest > LATE_TASK or found.failed > 0
    return Finding(State.CONCERN if is_concern else State.GOOD, facts)
