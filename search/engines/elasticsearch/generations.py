"""The indexes of one name: the one that serves, those that are being built, and what was left.

An index is `<alias>-<when>-<number>`. The alias stands for the one that serves; while an index is
built it has an alias of its own, which goes when it comes to serve.
"""

import re
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from search.engines.elasticsearch.cluster import PATIENCE, Cluster
from search.engines.elasticsearch.errors import as_engine_errors
from search.engines.elasticsearch.lease import is_alive


def building(name: str) -> str:
    """The alias of an index while it is being built."""
    return f"{name}-building"


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
        own = re.compile(rf"{re.escape(self.alias)}-\d{{14}}-[0-9a-f]{{12}}")
        return {name: facts for name, facts in known.items() if own.fullmatch(name)}

    def sweep(self) -> None:
        """Remove what interrupted builds left, and never what another one is building."""
        pattern = f"{self.alias}-*"
        known = self.cluster.ask(lambda client: client.indices.get(index=pattern), PATIENCE)
        with as_engine_errors():
            left = [
                name
                for name, facts in self._own(known.body).items()
                if self.alias not in facts["aliases"]
                and not is_alive(facts["mappings"]["_meta"]["build"])
            ]
        for name in left:
            self.remove(name)

    def remove(self, name: str) -> None:
        """Delete an index, if it is still there."""
        self.cluster.ask(lambda c: c.indices.delete(index=name, ignore_unavailable=True), PATIENCE)

    def swap(self, name: str, seconds: float) -> None:
        """Let an index serve in place of the one that does, which goes, in one step."""
        actions: list[dict[str, Any]] = [
            {"add": {"index": name, "alias": self.alias}},
            {"remove": {"index": name, "alias": building(name)}},
            *({"remove_index": {"index": old}} for old in self.serving()),
        ]
        self.cluster.ask(lambda client: client.indices.update_aliases(actions=actions), seconds)
