"""A cluster that is asked: each call within its time, each failure an `EngineError`."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from elasticsearch import Elasticsearch

from search.engines.elasticsearch.calls import within
from search.engines.elasticsearch.errors import as_engine_errors
from search.engines.elasticsearch.url import Servers, client_with

PATIENCE = 10.0
"""Seconds for one call that no visitor waits for; a full bulk takes about one."""

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Cluster:
    """The servers of a cluster."""

    servers: Servers

    def ask(self, call: Callable[[Elasticsearch], Result], seconds: float) -> Result:
        """What a call of the client gives; raises `EngineError` if it fails or takes longer.

        Where there are several servers, one that does not answer leaves time to ask another.
        """
        tries = min(2, len(self.servers.hosts))
        client = client_with(self.servers, math.ceil(10 * seconds / tries))
        with as_engine_errors():
            return within(seconds, lambda: call(client))

    def time(self, seconds: float) -> float:
        """The time by the clock of a server of the cluster, in whole seconds since 1970."""
        told = self.ask(lambda client: client.cat.health(h="epoch", format="json"), seconds)
        with as_engine_errors():
            rows: Any = told.body
            return float(rows[0]["epoch"])
