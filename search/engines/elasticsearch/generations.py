"""The indexes of one name: the one that serves, those that are being built, and what was left.

An index is `<alias>-<when>-<number>`. The alias stands for the one that serves; while an index is
built it has an alias of its own, which goes when it comes to serve.
"""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from search.engines.base import IndexMissingError
from search.engines.elasticsearch.cluster import PATIENCE, Cluster
from search.engines.elasticsearch.errors import as_engine_errors
from search.engines.elasticsearch.fitness import own_name
from search.engines.elasticsearch.lease import is_alive

BLOCK = "read_only"
"""It forbids to take an alias away, and to remove the index."""


def building(name: str) -> str:
    """The alias of an index while it is being built."""
    return f"{name}-building"


def _is_being_built(name: str, facts: Mapping[str, Any], now: float) -> bool:
    if building(name) not in facts["aliases"]:
        return False
    return is_alive(facts["mappings"].get("_meta", {}).get("build", {}), now)


@dataclass(frozen=True, slots=True)
class Generations:
    """The indexes that an alias stands for, stood for and will stand for."""

    cluster: Cluster
    alias: str

    def new_name(self) -> str:
        """A name for the next one."""
        return f"{self.alias}-{datetime.now(UTC):%Y%m%d%H%M%S}-{uuid.uuid4().hex[:12]}"

    def serving(self) -> list[str]:
        """The index that serves, if there is one."""
        return [name for name, aliases in self._aliases().items() if self.alias in aliases]

    def built(self) -> list[str]:
        """The aliases of indexes that are being built."""
        found = self._aliases().items()
        return [building(name) for name, aliases in found if building(name) in aliases]

    def _aliases(self) -> Mapping[str, Any]:
        pattern = f"{self.alias}-*"
        known = self.cluster.ask(lambda c: c.indices.get_alias(index=pattern), PATIENCE)
        with as_engine_errors():
            return {name: facts["aliases"] for name, facts in self._own(known.body).items()}

    def _own(self, known: Mapping[str, Any]) -> Mapping[str, Any]:
        """Without those of an index whose name only begins like this one."""
        own = own_name(self.alias)
        return {name: facts for name, facts in known.items() if own.fullmatch(name)}

    def sweep(self) -> None:
        """Remove what interrupted builds left, and never what another one is building."""
        pattern = f"{self.alias}-*"
        # Those that somebody closed too.
        known = self.cluster.ask(
            lambda client: client.indices.get(index=pattern, expand_wildcards=["open", "closed"]),
            PATIENCE,
        )
        now = self.cluster.time(PATIENCE)
        with as_engine_errors():
            left = {
                name: facts
                for name, facts in self._own(known.body).items()
                if self.alias not in facts["aliases"] and not _is_being_built(name, facts, now)
            }
        self._lift_blocks(left)
        for name in left:
            self.remove(name)

    def remove(self, name: str) -> None:
        """Delete an index, if it is still there."""
        self.cluster.ask(lambda c: c.indices.delete(index=name, ignore_unavailable=True), PATIENCE)

    def standing(self, seconds: float) -> Mapping[str, Any]:
        """The indexes that the alias stands for now, whoever gave it them, with all facts.

        Raises `IndexMissingError` if there are none.
        """
        known = self.cluster.ask(lambda client: client.indices.get(index=self.alias), seconds)
        found: Mapping[str, Any] = known.body
        return found

    def swap(self, name: str, seconds: float) -> None:
        """Let an index serve in place of whatever has the alias, in one step.

        What was built for the alias goes, and an index of its very name; one of somebody else only
        loses the alias.
        """
        try:
            standing = self.standing(PATIENCE)
        except IndexMissingError:
            standing = {}
        self._lift_blocks(standing)
        own = self._own(standing).keys() | ({self.alias} & standing.keys())
        actions: list[dict[str, Any]] = [
            *({"remove_index": {"index": old}} for old in own),
            *({"remove": {"index": o, "alias": self.alias}} for o in standing.keys() - own),
            {"add": {"index": name, "alias": self.alias}},
            {"remove": {"index": name, "alias": building(name)}},
        ]
        self.cluster.ask(lambda client: client.indices.update_aliases(actions=actions), seconds)

    def _lift_blocks(self, known: Mapping[str, Any]) -> None:
        """Lift what would keep indexes from giving up an alias, or from going."""
        with as_engine_errors():
            blocked = [
                name
                for name, facts in known.items()
                if BLOCK in facts["settings"]["index"].get("blocks", {})
            ]
        for name in blocked:
            self._set(name, {f"index.blocks.{BLOCK}": None})

    def _set(self, name: str, settings: Mapping[str, Any]) -> None:
        self.cluster.ask(
            lambda client: client.indices.put_settings(index=name, settings=settings), PATIENCE
        )
