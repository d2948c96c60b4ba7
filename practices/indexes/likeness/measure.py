"""How alike two municipalities are: a pure function of facts, with all weights in one place."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from types import MappingProxyType
from typing import NamedTuple


class Reason(Enum):
    """What municipalities can have in common; a value is also a value of `zonder`."""

    INHABITANTS = "inwoners"
    URBANITY = "stedelijkheid"
    PROVINCE = "provincie"
    NEIGHBOURS = "buurgemeente"
    PROBLEMS = "soort"

    # Members are single objects: told apart by what they are, not by their names, in a dictionary.
    __hash__ = object.__hash__


WEIGHTS: Mapping[Reason, int] = MappingProxyType(
    {
        Reason.INHABITANTS: 3,
        Reason.URBANITY: 2,
        Reason.PROVINCE: 1,
        Reason.NEIGHBOURS: 1,
        Reason.PROBLEMS: 2,
    }
)
FAR = 4.0
"""With so many times more inhabitants, two municipalities have no size in common any more."""
NEAR_CLASSES = 2
"""With so many classes between them, two municipalities have no urbanity in common any more."""

NO_REASONS: frozenset[Reason] = frozenset()


class Problem(NamedTuple):
    """A radicalisation type: its place in the vocabulary, its slug and its name."""

    position: int
    slug: str
    label: str


@dataclass(frozen=True, slots=True)
class Facts:
    """What is compared of a municipality."""

    slug: str
    code: str
    name: str
    inhabitants: int
    """At least one."""
    urbanity: int | None
    """CBS's class, 1 (very strongly urban) to 5 (not urban); None where CBS gives none."""
    province: str
    """The code of CBS."""
    neighbours: frozenset[str] = frozenset()
    """Codes of municipalities."""
    problems: frozenset[Problem] = frozenset()
    """Radicalisation types of its published practices, broader ones included; none: not known."""
    has_practices: bool = False
    size: float = field(init=False, repr=False, compare=False)
    """The logarithm of the inhabitants: it is what the measure needs, for each of many pairs."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "size", math.log(self.inhabitants))


def likeness(one: Facts, other: Facts, without: frozenset[Reason] = NO_REASONS) -> float:
    """From 0 (nothing in common) to 1 (the same in all that is known); the same both ways.

    The mean of the shares of all reasons, by their weights. What is not known of either weighs
    nothing, nor does a reason in `without`: neither for nor against. With nothing left it is 0.
    """
    found = 0.0
    weights = 0
    for reason, weight in WEIGHTS.items():
        if reason in without:
            continue
        part = share(reason, one, other)
        if part is not None:
            found += weight * part
            weights += weight
    return found / weights if weights else 0.0


def share(reason: Reason, one: Facts, other: Facts) -> float | None:
    """How much two municipalities have in common in one respect, from 0 to 1; None: not known."""
    return _SHARES[reason](one, other)


def _inhabitants(one: Facts, other: Facts) -> float:
    return max(0.0, 1.0 - abs(one.size - other.size) / _FAR_SIZE)


def _urbanity(one: Facts, other: Facts) -> float | None:
    if one.urbanity is None or other.urbanity is None:
        return None
    return max(0.0, 1.0 - abs(one.urbanity - other.urbanity) / NEAR_CLASSES)


def _province(one: Facts, other: Facts) -> float:
    return float(one.province == other.province)


def _neighbours(one: Facts, other: Facts) -> float:
    return float(one.code in other.neighbours or other.code in one.neighbours)


def _problems(one: Facts, other: Facts) -> float | None:
    if not one.problems or not other.problems:
        return None
    return len(one.problems & other.problems) / len(one.problems | other.problems)


_FAR_SIZE = math.log(FAR)
_SHARES: dict[Reason, Callable[[Facts, Facts], float | None]] = {
    Reason.INHABITANTS: _inhabitants,
    Reason.URBANITY: _urbanity,
    Reason.PROVINCE: _province,
    Reason.NEIGHBOURS: _neighbours,
    Reason.PROBLEMS: _problems,
}
