"""What a step of the setup is: small, safe to repeat, and it says what it did."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise


class SetupError(Exception):
    """A step cannot be done; the text says why, and what to do."""


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that every site has."""

    name: str
    title: str | Promise
    """What is being done, as an operator reads it while it takes its time."""
    do: Callable[[], Sequence[str]]
    """Does it; a sentence on each thing that was done, none if nothing had to be.

    All or nothing, so that it can be interrupted and repeated. Raises `SetupError`.
    """
