"""Asks for what a text means, where a word of it is a typing error."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeVar

from search.engines.base import Answer, Axis, Crossed, Nearest, Reader, Request
from search.questions.text import Text
from search.results.corrections import corrected
from search.results.near import FEW
from search.results.weighing import LOOKED_AT, REST

Given = TypeVar("Given")


class Corrected(Reader):
    """Asks another reader, and once more with other words where a word is a typing error.

    Only where nothing has all words; once for each text, so that all answers fit together.
    """

    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self._read: dict[Text, Text] = {}

    @property
    def is_standby(self) -> bool:
        """Whether the standby has answered."""
        return self.reader.is_standby

    def search(self, request: Request) -> Answer:
        """Answer a request, and say how its text was read."""
        answer = self._asked(request, self.reader.search, _may_have_all)
        return replace(answer, read=self._read.get(request.text))

    def total(self, request: Request) -> int:
        """How many documents match."""
        return self._asked(request, self.reader.total, lambda total: total > FEW + REST)

    def ids(self, request: Request) -> Sequence[int]:
        """The documents of a page."""
        most = FEW + REST
        return self._asked(
            request, self.reader.ids, lambda ids: bool(ids) and request.offset + len(ids) > most
        )

    def every_id(self, request: Request) -> Sequence[int]:
        """All that a request finds in its order."""
        return self._asked(request, self.reader.every_id, lambda ids: len(ids) > FEW + REST)

    def totals(self, asked: Sequence[Request]) -> list[int]:
        """How many documents match each request."""
        return self.reader.totals([self._as_meant(request) for request in asked])

    def each_ids(self, asked: Sequence[Request]) -> list[Sequence[int]]:
        """The documents of a page of each request."""
        return self.reader.each_ids([self._as_meant(request) for request in asked])

    def crossed(self, request: Request, rows: Axis, columns: Axis) -> Crossed:
        """Counts of two facets together."""
        return self.reader.crossed(self._as_meant(request), rows, columns)

    def nearest(self, text: Text, few: int, most: int) -> Nearest:
        """What comes nearest to a text."""
        return self.reader.nearest(text, few, most)

    def words_like(self, word: str) -> Sequence[tuple[str, int]]:
        """Words that are spelt like `word`."""
        return self.reader.words_like(word)

    def _asked(
        self, request: Request, ask: Callable[[Request], Given], is_enough: Callable[[Given], bool]
    ) -> Given:
        """What the reader answers where that is enough, and else what the corrected text finds."""
        text = request.text
        if text.source is None or text in self._read:
            return ask(replace(request, text=self._read.get(text, text)))
        answer = ask(request)
        if is_enough(answer):
            self._read[text] = text
            return answer
        meant = self._as_meant(request)
        return answer if meant.text is text else ask(meant)

    def _as_meant(self, request: Request) -> Request:
        """The request with its text corrected."""
        text = request.text
        if text.source is None:
            return request
        if text not in self._read:
            nearest = self.reader.nearest(text, FEW, LOOKED_AT)
            self._read[text] = corrected(self.reader, text, nearest)
        return replace(request, text=self._read[text])


def _may_have_all(answer: Answer) -> bool:
    """Whether something has all words, so that each word is known."""
    return bool(answer.near.complete if answer.near else answer.total)
