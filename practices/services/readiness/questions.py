"""The questions that are asked of a site, and who knows them."""

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext as _

logger = logging.getLogger(__name__)


class State(StrEnum):
    """What came of a question."""

    READY = "ready"
    LACKING = "lacking"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Answer:
    """A sentence on how it is, and what to do where that is not well."""

    state: State
    sentence: str
    cure: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """One thing that a site needs."""

    name: str
    """A fixed Dutch word: it stands in JSON and in the ids of system checks."""
    title: str | Promise
    ask: Callable[[], Answer]
    """Looks, within a second or so; what it raises means that nobody can tell."""


_known: dict[str, Question] = {}


def register(*questions: Question, are_first: bool = False) -> None:
    """Make questions known, in the order in which they are to be read; harmless if repeated."""
    new = {question.name: question for question in questions}
    before = {name: one for name, one in _known.items() if name not in new}
    _known.clear()
    _known.update({**new, **before} if are_first else {**before, **new})


def ready(sentence: str) -> Answer:
    """All is well."""
    return Answer(State.READY, sentence)


def lacking(sentence: str, cure: str) -> Answer:
    """Something is to be done."""
    return Answer(State.LACKING, sentence, cure)


def answers() -> Iterator[tuple[Question, Answer]]:
    """Every question with its answer; none of them fails, whatever is broken."""
    for question in list(_known.values()):
        yield question, _answer(question)


def _answer(question: Question) -> Answer:
    try:
        return question.ask()
    except Exception as error:  # noqa: BLE001 (whatever is broken, the others are asked)
        logger.warning("Whether “%s” is ready is not known: %s", question.name, error)
        return Answer(
            State.UNKNOWN,
            _("This could not be found out."),
            _("The log of the server says why. If tables are missing: manage.py setup"),
        )
