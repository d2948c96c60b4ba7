"""The interface of an engine, and what goes in and comes out."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from typing import ClassVar, Protocol

from search.documents import Document, Index
from search.questions.facets import Lift
from search.questions.query import RELEVANCE
from search.questions.text import Text


class EngineError(Exception):
    """The engine cannot answer; the message says why, in English, without secrets."""


class IndexMissingError(EngineError):
    """There is no index yet."""


class UnfitError(IndexMissingError):
    """What stands in the place of the index may not serve: somebody moved, closed or changed it."""


class RejectedError(EngineError):
    """Some documents were refused for what they are; all others were applied."""

    def __init__(self, reasons: Mapping[int, str]) -> None:
        super().__init__(f"{len(reasons)} documents were refused.")
        self.reasons = reasons
        """Why, by the id of the document."""


@dataclass(frozen=True, slots=True)
class Request:
    """What an engine is asked: all conditions hold together, values of one facet alternatively."""

    text: Text = field(default_factory=Text)
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    order: str = RELEVANCE
    offset: int = 0
    limit: int = 20
    also: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """More conditions on facets, which no count leaves out; one without values finds nothing."""
    lifts: tuple[Lift, ...] = ()
    """What goes first, the greatest part first, in the order of relevance; it finds nothing more.

    Where the text ranks nothing they are the order, and within each of them the newest go first.
    """

    @property
    def is_by_lifts(self) -> bool:
        """Whether the order is that of the lifts alone, as no text ranks anything."""
        is_ranked = self.text.required or self.text.any_of
        return bool(self.lifts) and self.order == RELEVANCE and not is_ranked


@dataclass(frozen=True, slots=True)
class Axis:
    """One facet of a table of counts, with the values that it shows."""

    facet: str
    values: tuple[str, ...]


Crossed = Mapping[str, Mapping[str, int]]
"""How many documents have a value of the first axis and one of the second; no zeros."""


@dataclass(frozen=True, slots=True)
class Answer:
    """How many documents match, one page of them, and counts for each facet.

    The counts of a facet leave out the choice within the facet itself; values without a hit are
    absent.
    """

    total: int
    ids: tuple[int, ...]
    counts: Mapping[str, Mapping[str, int]]
    passages: Mapping[int, tuple[str, ...]]
    near: "NearAnswer | None" = None
    """What there is to say of documents that lack some of the words; None where there are none."""
    read: Text | None = None
    """The text as it was read, if that may be other than as it was asked."""


@dataclass(frozen=True, slots=True)
class NearAnswer:
    """What an answer says besides, where not all that was found has all the words."""

    complete: int
    """How many of all that was found have all of them."""
    missing: Mapping[int, tuple[str, ...]]
    """The words that the documents of the page lack, as they were typed."""
    unknown: tuple[str, ...]
    """The folded words that no document has, whatever is chosen."""


class Kept(Protocol):
    """What an index keeps of a document, perhaps read when it is asked for.

    Of most candidates nobody asks, as they are not found. Raises `EngineError`.
    """

    @property
    def facets(self) -> Mapping[str, frozenset[str]]:
        """The values of each facet."""

    @property
    def sort(self) -> Mapping[str, int]:
        """The number of each order."""

    @property
    def passages(self) -> tuple[str, ...]:
        """The texts that may be shown."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A document that answers some words of a text: which, where, and what else is known of it."""

    id: int
    is_complete: bool
    """Whether it is what the text finds without anything near."""
    has: frozenset[int]
    """The words that it has, by their place in `Near.asked`."""
    fields: Mapping[int, frozenset[str]]
    """For each way that it answers, by its place among all ways, the text fields.

    There are none for a way of several words, which may stand anywhere.
    """
    kept: Kept = field(repr=False, compare=False)

    @property
    def facets(self) -> Mapping[str, frozenset[str]]:
        """The values of each facet."""
        return self.kept.facets

    @property
    def sort(self) -> Mapping[str, int]:
        """The number of each order."""
        return self.kept.sort

    @property
    def passages(self) -> tuple[str, ...]:
        """The texts that may be shown."""
        return self.kept.passages


@dataclass(frozen=True, slots=True)
class Nearest:
    """What comes nearest to a text in the whole index, whatever is chosen."""

    complete: int
    """How many documents the text finds without anything near."""
    documents: int = 0
    """How many documents the index has."""
    having: tuple[int, ...] = ()
    """How many documents have each of `Near.asked`."""
    answering: tuple[int, ...] = ()
    """How many documents answer each way."""
    candidates: tuple[Candidate, ...] = ()
    """All that are complete, and the best others as the engine ranks them."""


@dataclass(frozen=True, slots=True)
class Status:
    """What an engine says of itself."""

    engine: str
    documents: int
    bytes_on_disk: int
    schema: str
    """The schema that the index was built with; differs from the code's after an update."""


class Builder(ABC):
    """A new index beside the one that serves."""

    @abstractmethod
    def apply(self, puts: Iterable[Document], removals: Iterable[tuple[int, int]]) -> None:
        """Add documents, replace them, remove them."""

    @abstractmethod
    def swap(self) -> None:
        """Let the new index serve, at once, and remove the old one."""


class Reader(ABC):
    """Answers the questions of one search: all from one place, and within its time.

    Every question raises `EngineError` if it cannot be answered.
    """

    @property
    def is_standby(self) -> bool:
        """Whether the standby has answered, because the engine could not."""
        return False

    @abstractmethod
    def search(self, request: Request) -> Answer:
        """Answer a request."""

    @abstractmethod
    def total(self, request: Request) -> int:
        """How many documents match."""

    def totals(self, asked: Sequence[Request]) -> list[int]:
        """How many documents match each request."""
        return [self.total(request) for request in asked]

    @abstractmethod
    def ids(self, request: Request) -> Sequence[int]:
        """The documents of a page, which may have all that an engine puts in order."""

    def every_id(self, request: Request) -> Sequence[int]:
        """All that a request finds in its order, however many: of no page, and without a limit."""
        return self.ids(replace(request, offset=0, limit=max(1, self.total(request))))

    def each_ids(self, asked: Sequence[Request]) -> list[Sequence[int]]:
        """The documents of a page of each request."""
        return [self.ids(request) for request in asked]

    @abstractmethod
    def crossed(self, request: Request, rows: Axis, columns: Axis) -> Crossed:
        """For each value of the rows, how many of the request's documents have which column.

        Order and page of the request do not matter.
        """

    @abstractmethod
    def nearest(self, text: Text, few: int, most: int) -> Nearest:
        """What comes nearest to a text that has `near`, at `most` so many documents.

        Where not `few` documents are complete: else there is nothing but how many are.
        """

    @abstractmethod
    def words_like(self, word: str) -> Sequence[tuple[str, int]]:
        """Folded words of the documents that are spelt like `word`, with how many have them."""


class Engine(Reader):
    """One index in one engine."""

    name: ClassVar[str]
    is_local: ClassVar[bool] = True
    """Whether the index lives on this machine; machines that share one take turns to rebuild it."""

    def __init__(self, index: Index) -> None:
        self.index = index

    def reader(self) -> Reader:
        """What answers the questions of one search; an engine without deadlines does it itself."""
        return self

    @property
    def follower(self) -> str:
        """The name under which this engine follows the outbox."""
        return f"{self.index.name}:{self.name}"

    @abstractmethod
    def writing(self) -> AbstractContextManager[None]:
        """Hold off other writers, where the engine cannot bear them."""

    @abstractmethod
    def apply(self, puts: Iterable[Document], removals: Iterable[tuple[int, int]]) -> None:
        """Add or replace documents, remove (id, version); all of it is found on return.

        Raises `IndexMissingError` if there is no index, as one with only these documents would be
        taken for whole; `RejectedError` if some documents were refused and the others applied.
        """

    @abstractmethod
    def build(self) -> AbstractContextManager[Builder]:
        """Begin a new index; what was not swapped in is thrown away at the end."""

    def check(self) -> None:
        """Ask whether the index that serves is whole and the one that was built.

        Raises `IndexMissingError` if it must be built anew, `EngineError` if nobody can tell.
        """
        self.total(Request(limit=1))

    @abstractmethod
    def versions(self) -> Mapping[int, int]:
        """The version of each document in the index."""

    @abstractmethod
    def schema_version(self) -> str:
        """The schema that this version of the code would build."""

    @abstractmethod
    def status(self) -> Status:
        """Documents, size and schema; raises `IndexMissingError` if there is no index."""
