"""Building an index beside the one that serves."""

import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import replace
from typing import Any

from elasticsearch import Elasticsearch

from search.documents import Document
from search.engines.base import Builder, EngineError, RejectedError
from search.engines.elasticsearch import schema
from search.engines.elasticsearch.generations import Generations, building
from search.engines.elasticsearch.lease import LEASE, lease
from search.engines.elasticsearch.writer import Writer

PATIENCE = 60.0
"""Seconds for one call."""
PAUSES = (0.2, 0.5, 1.0, 2.0, 5.0, 5.0, 5.0, 5.0)
"""Seconds between tries when the cluster is busy, or chooses another master."""


class ElasticsearchBuilder(Builder):
    """An index in the making, under a lease that keeps other builds from sweeping it."""

    def __init__(self, writer: Writer, generations: Generations) -> None:
        self._writer, self._generations = writer, generations
        self._is_swapping = False
        self._renewed = time.monotonic()
        self._name = generations.new_name()
        meta = self._meta()
        self._ask(
            lambda client: client.indices.create(
                index=self._name,
                mappings={**schema.mapping(writer.index), "_meta": meta},
                settings={**schema.SETTINGS, **schema.WHILE_BUILDING},
                aliases={building(self._name): {}},
            )
        )

    def _meta(self) -> dict[str, Any]:
        now = self._writer.cluster.time(PATIENCE)
        return {"schema": schema.version(self._writer.index), "build": lease(now)}

    def _ask(self, call: Callable[[Elasticsearch], Any]) -> Any:
        return self._writer.cluster.ask(call, PATIENCE)

    def _renew(self) -> None:
        """Tell that this build lives, from time to time."""
        if time.monotonic() - self._renewed > LEASE / 6:
            self._renewed = time.monotonic()
            meta = self._meta()
            self._ask(lambda c: c.indices.put_mapping(index=self._name, meta=meta))

    def apply(self, puts: Iterable[Document], removals: Iterable[tuple[int, int]]) -> None:
        """Write changes to this index."""
        bulk = self._writer.bulk(building(self._name), PATIENCE, PAUSES, is_found=False)
        unwritable: dict[int, str] = {}
        changes = self._writer.changes(puts, removals, unwritable)
        try:
            replace(bulk, between=self._renew).write(changes)
        except RejectedError as error:
            unwritable |= error.reasons
        if unwritable:
            raise RejectedError(unwritable)

    def swap(self) -> None:
        """Copy the index to a second server, if there is one, and let it serve."""
        self._renew()
        self._ask(lambda c: c.indices.put_settings(index=self._name, settings=schema.WHEN_BUILT))
        self._refresh()
        self._wait()
        self._is_swapping = True
        self._generations.swap(self._name, PATIENCE)
        # What others wrote to it since the last refresh; from now on they refresh it themselves.
        self._refresh()

    def _refresh(self) -> None:
        self._ask(lambda client: client.indices.refresh(index=self._name))

    def _wait(self) -> None:
        """Wait for the copy; but serve without it rather than never."""
        with suppress(EngineError):
            self._ask(
                lambda client: client.cluster.health(
                    index=self._name, wait_for_status="green", timeout="30s"
                )
            )
            return
        health = self._ask(lambda client: client.cluster.health(index=self._name))
        if health["status"] == "red":
            raise EngineError("The new index is not usable (its health is red).")

    def discard(self) -> None:
        """Remove an index that did not come to serve; if that fails, a later build does it.

        Once asked to serve it may do so, even if the answer to that got lost.
        """
        if not self._is_swapping:
            with suppress(EngineError):
                self._generations.remove(self._name)
