"""Goes on with what lacks some of the words, where few documents have all of them.

What a text finds is then a set of few documents, which is a function of the text and the state of
the index alone: all that are complete, and the best of the others. Filters, orders, counts and
pages are made of this set here, so they are the same for every engine.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from typing import TypeVar

from search.documents import Index
from search.engines.base import (
    Answer,
    Axis,
    Candidate,
    Crossed,
    NearAnswer,
    Nearest,
    Reader,
    Request,
)
from search.meaning.nearest import Alike, alike
from search.questions.text import Asked, Chosen, Near, Text
from search.results.weighing import LOOKED_AT, REST, Ranked, best

FEW = 10
"""With so many complete documents nothing else is found."""

Given = TypeVar("Given")


class Widened(Reader):
    """Asks another reader, and for what comes near where that finds few documents.

    Only for a text that has `near`, and once for each text: so its answers fit together.
    """

    def __init__(self, reader: Reader, index: Index) -> None:
        self.reader, self.index = reader, index
        self._sets: dict[Text, NearSet | None] = {}
        self._nearest: dict[Text, Nearest] = {}
        self._likes: dict[Text, Alike | None] = {}

    @property
    def is_standby(self) -> bool:
        """Whether the standby has answered."""
        return self.reader.is_standby

    def search(self, request: Request) -> Answer:
        """Answer a request."""
        return self._either(
            request,
            lambda: self.reader.search(request),
            lambda answer: answer.total,
            lambda near: near.answer(request),
        )

    def total(self, request: Request) -> int:
        """How many documents match."""
        return self._either(
            request,
            lambda: self.reader.total(request),
            lambda total: total,
            lambda near: len(near.matching(request)),
        )

    def totals(self, asked: Sequence[Request]) -> list[int]:
        """How many documents match each request: one question for those without `near`."""
        return [*map(self._total, asked, self.reader.totals(asked))]

    def _total(self, request: Request, total: int) -> int:
        """How many documents match, where so many are complete."""
        return self._either(
            request, lambda: total, lambda total: total, lambda near: len(near.matching(request))
        )

    def ids(self, request: Request) -> Sequence[int]:
        """The documents of a page."""
        return self._either(
            request,
            lambda: self.reader.ids(request),
            lambda ids: request.offset + len(ids) if ids else 0,
            lambda near: near.ids(request),
        )

    def every_id(self, request: Request) -> Sequence[int]:
        """All that a request finds in its order."""
        return self._either(
            request,
            lambda: self.reader.every_id(request),
            len,
            lambda near: [one.id for one in near.ordered(request)],
        )

    def each_ids(self, asked: Sequence[Request]) -> list[Sequence[int]]:
        """The documents of a page of each request."""
        if any(request.text.near for request in asked):
            return [self.ids(request) for request in asked]
        return self.reader.each_ids(asked)

    def crossed(self, request: Request, rows: Axis, columns: Axis) -> Crossed:
        """Counts of two facets together."""
        near = self._near(request.text)
        return (
            near.crossed(request, rows, columns)
            if near
            else self.reader.crossed(request, rows, columns)
        )

    def nearest(self, text: Text, few: int, most: int) -> Nearest:
        """What comes nearest to a text, asked once."""
        if text not in self._nearest:
            asked, like = text, self._like(text)
            if text.near and like:
                asked = replace(text, near=replace(text.near, alike=like.nearest(REST)))
            self._nearest[text] = self.reader.nearest(asked, few, most)
        return self._nearest[text]

    def words_like(self, word: str) -> Sequence[tuple[str, int]]:
        """Words that are spelt like `word`."""
        return self.reader.words_like(word)

    def _either(
        self,
        request: Request,
        asked: Callable[[], Given],
        size: Callable[[Given], int],
        made: Callable[["NearSet"], Given],
    ) -> Given:
        """What the reader answers where that is enough, and else what is made of the set."""
        text = request.text
        if text.near is None or text in self._sets:
            near = self._sets.get(text)
            return made(near) if near else asked()
        answer = asked()
        if size(answer) >= FEW:
            # What is chosen only takes away, so the whole index has enough too.
            self._sets[text] = None
            return answer
        near = self._near(text)
        return made(near) if near else answer

    def _near(self, text: Text) -> "NearSet | None":
        """What a text finds, if anything comes near; None where complete documents are all."""
        if text.near is not None and text not in self._sets:
            self._sets[text] = self._made(text, text.near)
        return self._sets.get(text)

    def _made(self, text: Text, near: Near) -> "NearSet | None":
        like = self._like(text)
        if like is None and near.is_lone:
            return None
        nearest = self.nearest(text, FEW, LOOKED_AT)
        found = best(nearest, near, self.index, like)
        is_near = any(not one.document.is_complete for one in found)
        return NearSet.of(self.index, text, nearest, found) if is_near else None

    def _like(self, text: Text) -> Alike | None:
        """What means the same as a text, asked once."""
        if text not in self._likes:
            self._likes[text] = alike(self.index, text.near.meant) if text.near else None
        return self._likes[text]


@dataclass(frozen=True, slots=True)
class NearSet:
    """What a text finds, in the order of its relevance: complete documents and others."""

    index: Index
    ranked: tuple[Ranked, ...]
    missing: Mapping[int, tuple[str, ...]]
    unknown: tuple[str, ...]

    @classmethod
    def of(cls, index: Index, text: Text, nearest: Nearest, found: tuple[Ranked, ...]) -> "NearSet":
        """The set of documents that were found, with the words that each of them lacks."""
        asked = text.near.asked if text.near else ()
        met_by = text.near.met_by if text.near else ()
        documents = [one.document for one in found]
        missing = {one.id: tuple(_missing(one, asked, met_by)) for one in documents}
        nowhere = (one for one, having in zip(asked, nearest.having, strict=True) if not having)
        named = frozenset[str]().union(*(words for words, _chosen in met_by))
        unknown = tuple(word for one in nowhere for word in one.words if word not in named)
        return cls(index, found, missing, unknown)

    def matching(self, request: Request, but: str = "") -> list[Candidate]:
        """What has all that is chosen, but for the filter of one facet."""
        return [one.document for one in self._matching(request, but)]

    def _matching(self, request: Request, but: str = "") -> list[Ranked]:
        chosen = [
            *((name, values) for name, values in request.filters.items() if name != but),
            *request.also,
        ]
        return [
            one
            for one in self.ranked
            if all(not one.document.facets[name].isdisjoint(values) for name, values in chosen)
        ]

    def ordered(self, request: Request) -> list[Candidate]:
        """What matches, in the order that was asked for."""
        is_descending = self.index.orders.get(request.order)
        if is_descending is None:
            return self._by_relevance(request)
        sign = -1 if is_descending else 1
        found = self.matching(request)
        return sorted(found, key=lambda one: (sign * one.sort[request.order], one.id))

    def _by_relevance(self, request: Request) -> list[Candidate]:
        """What is whole, then the others; in each part the best first, with what is lifted."""

        def key(one: Ranked) -> tuple[bool, bool, float]:
            # What meets all conditions that stand in words, and has the other words, is whole too.
            is_lacking = bool(self.missing[one.document.id])
            return not one.document.is_complete, is_lacking, -one.lifted(request.lifts)

        return [one.document for one in sorted(self._matching(request), key=key)]

    def ids(self, request: Request) -> tuple[int, ...]:
        """The documents of a page."""
        return tuple(one.id for one in self._page(request))

    def answer(self, request: Request) -> Answer:
        """All that an engine answers."""
        found, page = self.matching(request), self._page(request)
        counts = {
            name: _counted(self.matching(request, name) if name in request.filters else found, name)
            for name in self.index.facets
        }
        return Answer(
            len(found),
            tuple(one.id for one in page),
            counts,
            {one.id: one.passages for one in page},
            NearAnswer(
                sum(not self.missing[one.id] for one in found),
                {one.id: self.missing[one.id] for one in page},
                self.unknown,
            ),
        )

    def crossed(self, request: Request, rows: Axis, columns: Axis) -> Crossed:
        """Counts of two facets together."""
        found = self.matching(request)
        counts: dict[str, dict[str, int]] = {}
        for value in rows.values:
            across = _counted(
                [one for one in found if value in one.facets[rows.facet]], columns.facet
            )
            counts[value] = {key: across[key] for key in columns.values if key in across}
        return counts

    def _page(self, request: Request) -> list[Candidate]:
        return self.ordered(request)[request.offset : request.offset + request.limit]


def _missing(
    one: Candidate, asked: Sequence[Asked], met_by: Sequence[tuple[Set[str], Chosen]]
) -> Iterator[str]:
    """The words that a document lacks, as they were typed; none that it meets as a condition."""
    if one.is_complete:
        return
    met = frozenset[str]().union(
        *(words for words, by in met_by if not one.facets[by.facet].isdisjoint(by.values))
    )
    for at, word in enumerate(asked):
        if at not in one.has and not met.issuperset(word.words):
            yield word.typed


def _counted(documents: Sequence[Candidate], facet: str) -> dict[str, int]:
    counts: dict[str, int] = {}
    for one in documents:
        for value in one.facets[facet]:
            counts[value] = counts.get(value, 0) + 1
    return counts
