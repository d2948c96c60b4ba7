"""The embedded engine: tantivy finds and ranks, bitmaps and tantivy count facets.

The index lives in a folder: `live` is a link to the folder of the generation that serves, beside
which a rebuild makes the next one. Any number of processes read; one at a time writes. A reader
sees a commit with its next search: tantivy replaces `meta.json` at each commit, so one look at
that file tells whether there is anything new.
"""

import shutil
import threading
import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import ClassVar
from urllib.parse import urlsplit

import tantivy
from django.core.exceptions import ImproperlyConfigured
from pyroaring import BitMap

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
)
from search.engines.locks import FileLock
from search.engines.tantivy import files, schema
from search.engines.tantivy.bitmaps import Counts, FacetCounts
from search.engines.tantivy.nearest import NearSearch, Totals
from search.questions.query import NEWEST
from search.questions.text import Text

HEAP = 64_000_000
FEW = 1_000
"""So many ids are counted faster by bitmaps than by tantivy."""
LOOKS = 3
"""So often an index is looked at before it counts as damaged, as it may change meanwhile."""

State = tuple[str, int, int]


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One state of the index: what was committed when it was taken, text and bitmaps alike."""

    state: State
    index: tantivy.Index
    searcher: tantivy.Searcher
    counts: Counts
    stamp: int
    sizes: Mapping[str, int]
    """Of its files, which never change."""
    totals: Totals = field(default_factory=dict)


class TantivyEngine(Engine):
    """One index in a local folder."""

    name: ClassVar[str] = "tantivy"

    def __init__(self, index: Index, folder: Path) -> None:
        super().__init__(index)
        self.folder = folder
        self._live, self._meta = folder / "live", folder / "live" / "meta.json"
        self._snapshot: Snapshot | None = None
        self._refreshing = threading.Lock()
        self._writer = FileLock(folder / "writer.lock")
        self._rebuild = FileLock(folder / "rebuild.lock")

    @classmethod
    def from_url(cls, url: str, index: Index) -> "TantivyEngine":
        """The engine of `tantivy:///folder`; each index has a folder of its own in it.

        Raises `ImproperlyConfigured` where the folder is not named whole: what stands before the
        third slash would be taken for a host.
        """
        address = urlsplit(url)
        if address.netloc or not address.path.startswith("/"):
            raise ImproperlyConfigured(
                "SEARCH_URL must name a folder from the root of the machine, after three slashes: "
                "tantivy:///path/of/a/folder."
            )
        return cls(index, Path(address.path) / index.name)

    @cached_property
    def schema(self) -> tantivy.Schema:
        """The fields of the index."""
        return schema.build(self.index)

    # Reading

    @files.readable
    def search(self, request: Request) -> Answer:
        """Answer a request from the newest commit."""
        snapshot = self.snapshot()
        total, counts = self._counted(snapshot, request)
        hits = self._page(snapshot.searcher, request) if request.offset < total else []
        addresses = [address for _score, address in hits]
        ids = schema.ids(snapshot.searcher, addresses)
        passages: dict[int, tuple[str, ...]] = {}
        if request.text.required:
            documents = map(snapshot.searcher.doc, addresses)
            passages = {
                key: schema.passages(document) for key, document in zip(ids, documents, strict=True)
            }
        return Answer(total, ids, counts, passages)

    @files.readable
    def total(self, request: Request) -> int:
        """How many documents match."""
        snapshot = self.snapshot()
        if not request.text:
            return len(snapshot.counts.matching(request.filters, request.also))
        return schema.total(snapshot.searcher.search(self._query(request), 1))

    @files.readable
    def ids(self, request: Request) -> Sequence[int]:
        """The documents of a page."""
        searcher = self.snapshot().searcher
        hits = self._page(searcher, request) if request.limit else []
        return schema.ids(searcher, [address for _score, address in hits])

    @files.readable
    def crossed(self, request: Request, rows: Axis, columns: Axis) -> Crossed:
        """Counts of two facets together; as in `_counted`, tantivy counts where much was found."""
        snapshot = self.snapshot()
        axes = (rows.facet, rows.values, columns.facet, columns.values)
        if not request.text:
            matches = snapshot.counts.matching(request.filters, request.also)
            return snapshot.counts.crossed(matches, *axes)
        query = self._query(request)
        found = snapshot.searcher.search(query, FEW, order_by_field=schema.ID)
        if schema.total(found) <= FEW:
            ids = BitMap([key for key, _address in found.hits])
            return snapshot.counts.crossed(ids, *axes)
        counts: FacetCounts = {}
        for value in rows.values:
            filters = {**request.filters, rows.facet: (value,)}
            one = self._query(replace(request, filters=filters))
            across = schema.facet_counts(snapshot.searcher, one, columns.facet)[columns.facet]
            counts[value] = {key: across[key] for key in columns.values if key in across}
        return counts

    @files.readable
    def nearest(self, text: Text, few: int, most: int) -> Nearest:
        """What comes nearest to a text in the newest commit."""
        snapshot = self.snapshot()
        if text.near is None:
            return Nearest(schema.total(snapshot.searcher.search(self._query(Request(text)), 1)))
        search = NearSearch(snapshot.searcher, self.index, text, text.near, snapshot.totals)
        complete = search.complete()
        if complete >= few:
            return Nearest(complete)
        return search.nearest(len(snapshot.counts.everything), complete, most)

    @files.readable
    def words_like(self, word: str) -> Sequence[tuple[str, int]]:
        """Words within one or two typing errors of `word`, from documents that have such."""
        return schema.words_like(self.snapshot().searcher, self.schema, word)

    def _query(self, request: Request, *, is_scored: bool = False) -> tantivy.Query:
        return schema.request_query(self.schema, self.index, request, is_scored=is_scored)

    def _counted(self, snapshot: Snapshot, request: Request) -> tuple[int, FacetCounts]:
        """How many documents match, and the counts of each facet without its own choice.

        Without text bitmaps know it all. With text they count what little was found; what is more
        is counted by tantivy, as handing over many ids takes far longer than counting them there.
        """
        if not request.text:
            matches, counts = snapshot.counts.count(request.filters, request.also)
            return len(matches), counts
        searcher, query = snapshot.searcher, self._query(request)
        found = searcher.search(query, FEW, order_by_field=schema.ID)
        total = schema.total(found)
        if total <= FEW:
            # Ordered by the id, each hit carries its id, which spares a look-up for each.
            counts = snapshot.counts.of_documents(BitMap([key for key, _address in found.hits]))
        else:
            counts = schema.facet_counts(searcher, query)
        for name in request.filters:
            others = {key: values for key, values in request.filters.items() if key != name}
            without = self._query(replace(request, filters=others))
            counts |= schema.facet_counts(searcher, without, name)
        return total, counts

    def _page(
        self, searcher: tantivy.Searcher, request: Request
    ) -> list[tuple[float, tantivy.DocAddress]]:
        if request.is_by_lifts:
            return self._page_by_lifts(searcher, request)
        descending = self.index.orders.get(request.order)
        query = self._query(request, is_scored=descending is None)
        if descending is None:
            found = searcher.search(query, request.limit, count=False, offset=request.offset)
        else:
            found = searcher.search(
                query,
                request.limit,
                count=False,
                offset=request.offset,
                order_by_field=schema.order_field(request.order),
                order=tantivy.Order.Desc if descending else tantivy.Order.Asc,
            )
        return found.hits

    def _page_by_lifts(
        self, searcher: tantivy.Searcher, request: Request
    ) -> list[tuple[float, tantivy.DocAddress]]:
        """A page of what has each lift and of the rest, one after the other, the newest first."""
        hits: list[tuple[float, tantivy.DocAddress]] = []
        offset = request.offset
        for query in schema.lifted_queries(self.schema, self.index, request):
            if len(hits) == request.limit:
                break
            found = searcher.search(
                query,
                request.limit - len(hits),
                offset=offset,
                order_by_field=schema.order_field(NEWEST),
            )
            hits += found.hits
            offset = max(0, offset - schema.total(found))
        return hits

    def snapshot(self) -> Snapshot:
        """The newest commit; raises `IndexMissingError` if there is no index."""
        state = self._state()
        snapshot = self._snapshot
        if snapshot is not None and snapshot.state == state:
            return snapshot
        with self._refreshing:
            snapshot = self._snapshot
            if snapshot is None or snapshot.state != self._state():
                self._snapshot = None
                with files.damage_is_told(IndexMissingError):
                    snapshot = self._take(self._state(), snapshot)
                self._snapshot = snapshot
            return snapshot

    def _state(self) -> State:
        try:
            meta = self._meta.stat()
            return self._live.readlink().name, meta.st_ino, meta.st_mtime_ns
        except OSError as error:
            # Absent, most often; or no link, see `files.lead_to`.
            raise IndexMissingError(f"There is no index: {error.strerror}.") from None

    def _take(self, state: State, old: Snapshot | None) -> Snapshot:
        """The state as it is now, from the old one and what changed since, or from nothing."""
        sizes = files.sizes(self.folder / state[0])
        if old is not None and old.state[0] == state[0]:
            old.index.reload()
            searcher = old.index.searcher()
            gone, added = schema.changes_since(searcher, self.schema, self.index, old.stamp)
            counts = old.counts.changed(gone, added) if gone else old.counts
            return Snapshot(
                state, old.index, searcher, counts, schema.newest_stamp(searcher), sizes
            )
        index = _open(self.folder / state[0], self.index)
        index.config_reader(reload_policy="manual")
        index.reload()
        searcher = index.searcher()
        counts = schema.read_counts(searcher, self.schema, self.index)
        return Snapshot(state, index, searcher, counts, schema.newest_stamp(searcher), sizes)

    # Writing

    def writing(self) -> AbstractContextManager[None]:
        """One writer at a time, over all processes of this machine."""
        return self._writer.held()

    def apply(self, puts: Iterable[Document], removals: Iterable[tuple[int, int]]) -> None:
        """Commit changes to the serving index; raises `IndexMissingError` if there is none."""
        with files.damage_is_told(EngineError), self.writing():
            self._state()
            _write(self._live, self.index, puts, removals)

    @contextmanager
    def build(self) -> Iterator[Builder]:
        """A new generation in a folder of its own; remains of interrupted ones go first."""
        with ExitStack() as stack:
            with files.damage_is_told(EngineError):
                stack.enter_context(self._rebuild.held())
                self._sweep()
                builder = _TantivyBuilder(self)
            try:
                yield builder
            finally:
                with files.damage_is_told(EngineError):
                    self._sweep()

    def _sweep(self) -> None:
        """Remove generations that do not serve."""
        with self.writing():
            live = ""
            with suppress(OSError):
                live = self._live.readlink().name
            for folder in self.folder.glob("generation-*"):
                if folder.name != live:
                    shutil.rmtree(folder, ignore_errors=True)
            for link in self.folder.glob("next-*"):
                files.remove(link)

    def check(self) -> None:
        """Compare the files with what they were, as what is in memory answers without them.

        Raises `IndexMissingError` if somebody removed or cut off one of them.
        """
        for _look in range(LOOKS):
            snapshot = self.snapshot()
            folder = self.folder / snapshot.state[0]
            _open(folder, self.index)
            found = files.sizes(folder)
            if found == snapshot.sizes and files.are_whole(folder, found):
                return
        # Not because of a commit at this very moment: nobody can search in it.
        self._snapshot = None
        raise IndexMissingError("The index is damaged: some of its files are gone or cut off.")

    @files.readable
    def versions(self) -> Mapping[int, int]:
        """The version of each document that is found."""
        self.check()
        return schema.versions(self.snapshot().searcher, self.schema)

    def schema_version(self) -> str:
        """A fingerprint of fields and text analysis."""
        return schema.version(self.index)

    def status(self) -> Status:
        """Documents, bytes and schema of the serving index."""
        self.check()
        snapshot = self.snapshot()
        folder = self.folder / snapshot.state[0]
        size = sum(files.sizes(folder).values())
        built_by = files.built_by(folder)
        return Status(self.name, len(snapshot.counts.everything), size, built_by)


class _TantivyBuilder(Builder):
    """A generation in the making."""

    def __init__(self, engine: TantivyEngine) -> None:
        self.engine = engine
        self.folder = engine.folder / f"generation-{uuid.uuid4().hex[:12]}"
        self.folder.mkdir()
        tantivy.Index(engine.schema, path=str(self.folder))
        files.write_built_by(self.folder, engine.schema_version())

    def apply(self, puts: Iterable[Document], removals: Iterable[tuple[int, int]]) -> None:
        """Commit changes to this generation."""
        with files.damage_is_told(EngineError):
            _write(self.folder, self.engine.index, puts, removals)

    def swap(self) -> None:
        """Point the link at this generation, in one step."""
        with files.damage_is_told(EngineError), self.engine.writing():
            files.lead_to(self.folder, self.engine.folder / "live")


def _open(folder: Path, index: Index) -> tantivy.Index:
    """The index in a folder; raises `IndexMissingError` if this code cannot read or write it.

    Tantivy itself would panic where fields differ, or look in the wrong ones.
    """
    try:
        store = tantivy.Index.open(str(folder))
    except ValueError as error:
        message = f"The index in {folder.parent.name} cannot be read."
        raise IndexMissingError(message) from error
    if store.schema != schema.build(index):
        raise IndexMissingError(f"The index in {folder.parent.name} has other fields.")
    return store


def _write(
    folder: Path, index: Index, puts: Iterable[Document], removals: Iterable[tuple[int, int]]
) -> None:
    """Commit changes to the index in a folder, under a stamp of their own.

    All or nothing, but for documents that cannot be stored: `RejectedError` tells them.
    """
    store = _open(folder, index)
    store.reload()
    searcher = store.searcher()
    stamp = schema.newest_stamp(searcher) + 1
    writer = store.writer(HEAP, 1)
    if searcher.num_docs:
        puts, removals = _newer(searcher, index, puts, removals)

    def replace_by(key: int, stored: tantivy.Document) -> None:
        if searcher.num_docs:
            # By query: `delete_documents_by_term` never finds the value of an unsigned field.
            writer.delete_documents_by_query(schema.id_query(index, key))
        writer.add_document(stored)

    refused: dict[int, str] = {}
    for document in puts:
        key = document.id
        try:
            stored = schema.document(document, index, stamp)
        except (ArithmeticError, LookupError, TypeError, ValueError) as error:
            refused[key] = f"{type(error).__name__}: {error}"
            continue
        replace_by(key, stored)
    for key, version in removals:
        replace_by(key, schema.tombstone(key, version, stamp))
    writer.commit()
    writer.wait_merging_threads()
    if refused:
        raise RejectedError(refused)


def _newer(
    searcher: tantivy.Searcher,
    index: Index,
    puts: Iterable[Document],
    removals: Iterable[tuple[int, int]],
) -> tuple[list[Document], list[tuple[int, int]]]:
    """The changes that are not older than what the index has, or had before a removal."""
    puts, removals = list(puts), list(removals)
    keys = [*(document.id for document in puts), *(key for key, _version in removals)]
    known = schema.known_versions(searcher, index, keys)
    return (
        [document for document in puts if document.version >= known.get(document.id, 0)],
        [(key, version) for key, version in removals if version >= known.get(key, 0)],
    )
