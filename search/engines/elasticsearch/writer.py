"""What is written to an index of a cluster: documents as lines, and lines in bulks."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from search.documents import Document, Index
from search.engines.elasticsearch import schema
from search.engines.elasticsearch.bulk import Bulk, Change
from search.engines.elasticsearch.cluster import Cluster
from search.engines.elasticsearch.errors import as_engine_errors


@dataclass(frozen=True, slots=True)
class Writer:
    """Writes documents of an index, to the one that serves and to those that are being built."""

    cluster: Cluster
    index: Index

    def changes(
        self,
        puts: Iterable[Document],
        removals: Iterable[tuple[int, int]],
        unwritable: dict[int, str],
    ) -> Iterator[Change]:
        """Changes as the lines of a bulk; notes documents of which no lines can be made."""
        for document in puts:
            try:
                yield document.id, schema.put(document, self.index)
            except (ArithmeticError, LookupError, TypeError, ValueError) as error:
                unwritable[document.id] = f"{type(error).__name__}: {error}"
        for key, version in removals:
            yield key, schema.removal(key, version)

    def bulk(
        self, alias: str, seconds: float, pauses: Sequence[float], *, is_found: bool = True
    ) -> Bulk:
        """Writes to an alias, `seconds` a chunk at most; never makes an index of that name."""

        def send(lines: str, is_found: bool) -> Sequence[Any]:
            # Lines that are written already are sent as they are.
            operations = cast("Sequence[Mapping[str, Any]]", [lines])
            response = self.cluster.ask(
                lambda client: client.bulk(
                    operations=operations, index=alias, require_alias=True, refresh=is_found
                ),
                seconds,
            )
            with as_engine_errors():
                items: Sequence[Any] = response["items"] if response["errors"] else ()
                return items

        return Bulk(send, pauses, is_found)
