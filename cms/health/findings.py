"""What a check finds, and what all findings together mean."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class State(StrEnum):
    """How a part is, in the words of the JSON."""

    GOOD = "goed"
    CONCERN = "let op"
    BROKEN = "stuk"


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found of one part; facts are numbers and fixed words, never an error's text."""

    state: State
    facts: Mapping[str, Any] = field(default_factory=dict)

    def data(self) -> dict[str, Any]:
        """The finding as JSON has it."""
        return {"staat": self.state.value, **self.facts}


NO_ANSWER = Finding(State.BROKEN, {"reden": "geen antwoord"})
"""A check that failed, or did not end in time."""


@dataclass(frozen=True, slots=True)
class Report:
    """The findings of all parts, by their Dutch names."""

    parts: Mapping[str, Finding]

    @property
    def is_ready(self) -> bool:
        """Whether visitors can be served: a database that is up to date, and something to search.

        The standby searches as well as the engine does.
        """
        if any(self._is_broken(part) for part in ("database", "migraties")):
            return False
        return not self._is_broken("zoekmachine") or (
            "reserve" in self.parts and not self._is_broken("reserve")
        )

    @property
    def state(self) -> State:
        """How the site is as a whole."""
        if not self.is_ready:
            return State.BROKEN
        worries = any(part.state is not State.GOOD for part in self.parts.values())
        return State.CONCERN if worries else State.GOOD

    def data(self) -> dict[str, Any]:
        """The report as JSON."""
        parts = {name: finding.data() for name, finding in self.parts.items()}
        return {"staat": self.state.value, "onderdelen": parts}

    def _is_broken(self, part: str) -> bool:
        return self.parts[part].state is State.BROKEN
