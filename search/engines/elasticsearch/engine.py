"""The distributed engine: Elasticsearch finds, ranks and counts.

Whoever writes to the index that serves writes to those that are being built too. So nothing is lost
between what a build has read and its swap, and no writer waits for another.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from typing import ClassVar

from elasticsearch import Elasticsearch

from search.documents import Document, Index
from search.engines.base import (
    Answer,
    Axis,
    Builder,
    Crossed,
    Engine,
    EngineError,
    IndexMissingError,
    Nearest,
    RejectedError,
    Request,
    Status,
    UnfitError,
)
from search.engines.elasticsearch import requests, schema
from search.engines.elasticsearch.build import ElasticsearchBuilder
from search.engines.elasticsearch.bulk import Change
from search.engines.elasticsearch.cluster import PATIENCE, Cluster
from search.engines.elasticsearch.errors import as_engine_errors, check_complete
from search.engines.elasticsearch.fitness import fault
from search.engines.elasticsearch.generations import Generations
from search.engines.elasticsearch.reader import ElasticsearchReader
from search.engines.elasticsearch.url import Servers, parse
from search.engines.elasticsearch.writer import Writer
from search.questions.query import MAX_DEPTH
from search.questions.text import Text

DEADLINE = 1.5
"""Seconds for all that one search asks."""
PAUSES = (0.1, 0.3, 0.6)
"""Seconds between tries when the cluster is busy."""
TRIES = 3
"""So often a write begins anew when indexes come and go meanwhile."""


class ElasticsearchEngine(Engine):
    """One index in a cluster; `deadline` is in seconds."""

    name: ClassVar[str] = "elasticsearch"
    is_local: ClassVar[bool] = False

    def __init__(
        self, index: Index, servers: Servers, prefix: str, *, deadline: float = DEADLINE
    ) -> None:
        super().__init__(index)
        self.deadline = deadline
        self.alias = f"{prefix}-{index.name}"
        self.cluster = Cluster(servers)
        self.generations = Generations(self.cluster, self.alias)
        self._writer = Writer(self.cluster, index)

    @classmethod
    def from_url(cls, url: str, index: Index) -> "ElasticsearchEngine":
        """The engine of a `SEARCH_URL`; raises `ImproperlyConfigured` if that is wrong."""
        servers, prefix = parse(url)
        return cls(index, servers, prefix)

    # Reading

    def reader(self) -> ElasticsearchReader:
        """One deadline for all questions of one search, from now on."""
        return ElasticsearchReader(self.cluster, self.index, self.alias, self.deadline)

    def search(self, request: Request) -> Answer:
        """Answer a request."""
        return self.reader().search(request)

    def total(self, request: Request) -> int:
        """How many documents match."""
        return self.reader().total(request)

    def totals(self, asked: Sequence[Request]) -> list[int]:
        """How many documents match each request."""
        return self.reader().totals(asked)

    def ids(self, request: Request) -> Sequence[int]:
        """The documents of a page."""
        return self.reader().ids(request)

    def each_ids(self, asked: Sequence[Request]) -> list[Sequence[int]]:
        """The documents of a page of each request."""
        return self.reader().each_ids(asked)

    def crossed(self, request: Request, rows: Axis, columns: Axis) -> Crossed:
        """Counts of two facets together."""
        return self.reader().crossed(request, rows, columns)

    def nearest(self, text: Text, few: int, most: int) -> Nearest:
        """What comes nearest to a text."""
        return self.reader().nearest(text, few, most)

    def words_like(self, word: str) -> Sequence[tuple[str, int]]:
        """Words within one or two typing errors of `word`."""
        return self.reader().words_like(word)

    def versions(self) -> Mapping[int, int]:
        """The version of each document that is found."""
        known: dict[int, int] = {}
        while page := self._versions_after(max(known, default=-1)):
            known |= page
        return known

    def _versions_after(self, key: int) -> dict[int, int]:
        body = requests.versions_after(key, MAX_DEPTH)
        response = self.cluster.ask(lambda c: c.search(index=self.alias, **body), PATIENCE)
        with as_engine_errors():
            check_complete(response.body)
            return dict(requests.versions(response.body))

    def check(self) -> None:
        """Ask whether the alias stands for the one index that was built for it.

        Raises `UnfitError` if not; the index must answer a question too.
        """
        reader = self.reader()
        self._check(reader.time_left())
        reader.total(Request(limit=1))

    def _check(self, seconds: float) -> None:
        known = self.generations.standing(seconds)
        with as_engine_errors():
            if found := fault(self.alias, self.index, known):
                raise UnfitError(found)

    def schema_version(self) -> str:
        """A fingerprint of mapping and text analysis."""
        return schema.version(self.index)

    def status(self) -> Status:
        """Documents, bytes on all servers and schema of the index that serves."""
        reader = self.reader()
        self._check(reader.time_left())
        documents = reader.total(Request())

        def facts(client: Elasticsearch) -> tuple[int, str]:
            stats = client.indices.stats(index=self.alias, metric="store")
            [known] = client.indices.get_mapping(index=self.alias).values()
            size = stats["_all"]["total"]["store"]["size_in_bytes"]
            return size, known["mappings"]["_meta"]["schema"]

        size, built_by = self.cluster.ask(facts, reader.time_left())
        return Status(self.name, documents, size, built_by)

    # Writing

    def writing(self) -> AbstractContextManager[None]:
        """Nobody waits: the versions of documents keep changes in their order."""
        return nullcontext()

    def apply(self, puts: Iterable[Document], removals: Iterable[tuple[int, int]]) -> None:
        """Write changes to indexes that are being built, then to the one that serves.

        Those are looked up after a change got its version. So one that is not among them is younger
        than that version, and its builder reads the document as it is now.
        """
        unwritable: dict[int, str] = {}
        changes = [*self._writer.changes(puts, removals, unwritable)]
        for _try in range(TRIES):
            refused = dict(unwritable)
            built = self.generations.built()
            try:
                for building in built:
                    with suppress(IndexMissingError):
                        refused |= self._write(building, changes, is_found=False)
            except EngineError:
                # What an interrupted build left may be of no use any more, and holds up nobody.
                self.generations.sweep()
                continue
            try:
                refused |= self._write(self.alias, changes)
            except IndexMissingError:
                if not self.generations.serving():
                    raise
                continue  # it was replaced just now
            if refused:
                # An alias that was moved or doubled refuses what is no fault of a document.
                self._check(PATIENCE)
                raise RejectedError(refused)
            return
        raise EngineError("An index that is being built takes no changes.")

    def _write(self, alias: str, changes: list[Change], *, is_found: bool = True) -> dict[int, str]:
        """Write changes to an alias; which were refused, and why."""
        try:
            self._writer.bulk(alias, PATIENCE, PAUSES, is_found=is_found).write(changes)
        except RejectedError as error:
            return dict(error.reasons)
        return {}

    @contextmanager
    def build(self) -> Iterator[Builder]:
        """A new index beside the one that serves; remains of interrupted builds go first."""
        self.generations.sweep()
        builder = ElasticsearchBuilder(self._writer, self.generations)
        try:
            yield builder
        finally:
            builder.discard()
