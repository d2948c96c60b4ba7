"""Writing in bulk: in chunks, patient with a busy cluster, exact about what was refused."""

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

from search.engines.base import EngineError, IndexMissingError, RejectedError

MOST_CHANGES = 1_000
MOST_BYTES = 4_000_000
BUSY = frozenset({429, 502, 503, 504})
REASON = 300

# A put that comes late is no failure, and neither is a document's fault: that the index may not be
# written, or that it was built for another version of the code.
_OLDER = "version_conflict_engine_exception"
_MISSING = ("index_not_found_exception", "index_closed_exception")
_OF_THE_INDEX = ("cluster_block_exception", "strict_dynamic_mapping_exception")

Change = tuple[int, str]
"""The id of a document, and the lines that change it."""
Send = Callable[[str, bool], Sequence[Any]]
"""Sends lines, and whether they must be found at once; the items of the answer."""


class BusyError(EngineError):
    """The cluster is too busy, or was without a master for a moment."""


@dataclass(frozen=True, slots=True)
class Bulk:
    """Writes changes to one index."""

    send: Send
    pauses: Sequence[float]
    """Seconds to wait before each next try when the cluster is busy."""
    is_found: bool = True
    """Whether what was written must be found on return."""
    between: Callable[[], object] = field(default=lambda: None)
    """Called before each chunk."""

    def write(self, changes: Iterable[Change]) -> None:
        """Write all changes that are not older than what is there.

        Raises `RejectedError` if some were refused, after all others; `EngineError` if the cluster
        cannot take them now, and `IndexMissingError` if there is no index.
        """
        refused: dict[int, str] = {}
        chunks = _chunks(changes)
        chunk = next(chunks, [])
        # While a chunk is on its way, the next is prepared.
        with ThreadPoolExecutor(1, thread_name_prefix="elasticsearch-bulk") as sender:
            sending: Future[dict[int, str]] | None = None
            for following in chunks:
                refused |= sending.result() if sending else {}
                sending = sender.submit(self._write, chunk, is_found=False)
                chunk = following
            refused |= sending.result() if sending else {}
        if chunk:
            refused |= self._write(chunk, is_found=self.is_found)
        if refused:
            raise RejectedError(refused)

    def _write(self, changes: list[Change], *, is_found: bool) -> dict[int, str]:
        """Write a chunk and what of it met a busy cluster again; which were refused and why."""
        self.between()
        refused: dict[int, str] = {}
        for pause in (*self.pauses, None):
            try:
                items = self.send("".join(lines for _key, lines in changes), is_found)
                busy = frozenset(_sorted_out(items, refused))
            except BusyError:
                busy = frozenset(key for key, _lines in changes)
            if not busy:
                return refused
            changes = [change for change in changes if change[0] in busy]
            if pause is None:
                break
            time.sleep(pause)
        raise BusyError("Elasticsearch is too busy to take changes.")


def _chunks(changes: Iterable[Change]) -> Iterator[list[Change]]:
    chunk: list[Change] = []
    size = 0
    for key, lines in changes:
        if chunk and (len(chunk) == MOST_CHANGES or size + len(lines) > MOST_BYTES):
            yield chunk
            chunk, size = [], 0
        chunk.append((key, lines))
        size += len(lines)
    if chunk:
        yield chunk


def _sorted_out(items: Sequence[Any], refused: dict[int, str]) -> Iterator[int]:
    """The documents that should be tried again; those that were refused are noted."""
    for item in items:
        result = item["index"]
        error = result.get("error")
        if not error or error["type"] == _OLDER:
            continue
        if error["type"] in _MISSING:
            raise IndexMissingError("There is no index to write to, or it is closed.")
        if error["type"] in _OF_THE_INDEX:
            raise EngineError(f"The index takes no changes ({error['type']}).")
        if result["status"] in BUSY:
            yield int(result["_id"])
        elif result["status"] >= 500:
            raise EngineError(f"Elasticsearch could not write ({error['type']}).")
        else:
            refused[int(result["_id"])] = f"{error['type']}: {error['reason']}"[:REASON]
