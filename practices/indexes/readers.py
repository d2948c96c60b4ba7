"""Searching without the archive, which is found only by who asks for it."""

from collections.abc import Sequence
from dataclasses import replace

from practices.indexes.lessons import LESSONS
from practices.indexes.practices import PRACTICES, UNKNOWN
from practices.models import PracticeStatus
from search.engines import reader_for
from search.engines.base import Answer, Axis, Crossed, Nearest, Reader, Request
from search.questions.text import Text
from search.results.corrected import Corrected
from search.results.near import Widened

BY_DEFAULT = (*PracticeStatus.values, UNKNOWN)


class NotArchived(Reader):
    """Asks another reader, and adds the condition that holds where no `status` is chosen.

    It is a condition within the facet `status`, so that the counts of that facet leave it out, as
    they leave out every choice within the facet: the number beside "archived" is what choosing it
    gives.
    """

    def __init__(self, reader: Reader) -> None:
        self.reader = reader

    @property
    def is_standby(self) -> bool:
        return self.reader.is_standby

    def search(self, request: Request) -> Answer:
        return self.reader.search(_by_default(request))

    def total(self, request: Request) -> int:
        return self.reader.total(_by_default(request))

    def totals(self, asked: Sequence[Request]) -> list[int]:
        return self.reader.totals(list(map(_by_default, asked)))

    def ids(self, request: Request) -> Sequence[int]:
        return self.reader.ids(_by_default(request))

    def every_id(self, request: Request) -> Sequence[int]:
        return self.reader.every_id(_by_default(request))

    def each_ids(self, asked: Sequence[Request]) -> list[Sequence[int]]:
        return self.reader.each_ids(list(map(_by_default, asked)))

    def crossed(self, request: Request, rows: Axis, columns: Axis) -> Crossed:
        # A table with the facet `status` shows what choosing each of its values gives.
        if "status" not in (rows.facet, columns.facet):
            request = _by_default(request)
        return self.reader.crossed(request, rows, columns)

    def nearest(self, text: Text, few: int, most: int) -> Nearest:
        # Of the whole index, the archive included, as nothing is chosen.
        return self.reader.nearest(text, few, most)

    def words_like(self, word: str) -> Sequence[tuple[str, int]]:
        return self.reader.words_like(word)


def practice_reader() -> Reader:
    """What answers the questions of one search for practices."""
    return NotArchived(Corrected(Widened(reader_for(PRACTICES), PRACTICES)))


def lesson_reader() -> Reader:
    """What answers the questions of one search for lessons."""
    return NotArchived(Corrected(reader_for(LESSONS)))


def _by_default(request: Request) -> Request:
    if "status" in request.filters:
        return request
    return replace(request, filters={**request.filters, "status": BY_DEFAULT})
