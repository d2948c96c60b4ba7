"""Shows why a document was found: marked words, and the best passage. Output is safe HTML."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from html import escape

from django.utils.safestring import SafeString, mark_safe

from search.questions import dutch

BEFORE, AFTER = 60, 160

Hit = tuple[int, int, frozenset[str]]
"""Where a word stands in a text, and the marks that it answers."""


@dataclass(frozen=True, slots=True)
class Marked:
    """A text as safe HTML, and whether anything in it is marked."""

    html: SafeString
    has_marks: bool


def mark(text: str, marks: frozenset[str]) -> Marked:
    """The text with the words that answer the search in `<mark>`."""
    spans = [(start, end) for start, end, _hit in _answers(text, marks)] if marks else []
    if not spans:
        return Marked(mark_safe(escape(text)), has_marks=False)  # noqa: S308 (escaped here)
    return Marked(_html(text, spans, 0, len(text)), has_marks=True)


def best_passage(texts: Iterable[str], marks: frozenset[str]) -> SafeString | None:
    """The piece of a text in which most different words of the search stand, or None."""
    best: tuple[int, str, list[tuple[int, int]], int] | None = None
    for text in texts:
        if best is not None and best[0] == len(marks):
            break
        found = _answers(text, marks)
        for start, _end, _hits in found[:20]:
            within = [item for item in found if start <= item[0] <= start + AFTER]
            score = len(set().union(*(hits for _s, _e, hits in within)))
            if best is None or score > best[0]:
                best = (score, text, [(s, e) for s, e, _hits in within], start)
    if best is None:
        return None
    _score, text, spans, first = best
    start, end = _bounds(text, first)
    kept = [span for span in spans if span[1] <= end]
    dots = ("… " if start else "", " …" if end < len(text) else "")
    return mark_safe(dots[0] + _html(text, kept, start, end) + dots[1])  # noqa: S308 (escaped below)


def _answers(text: str, marks: frozenset[str]) -> list[Hit]:
    # Most texts hold none of the words: that is seen fastest from their different words alone.
    if not any(_answered(word, marks) for word in set(dutch.WORD.findall(text))):
        return []
    return [
        (match.start(), match.end(), answered)
        for match in dutch.WORD.finditer(text)
        if (answered := _answered(match[0], marks))
    ]


@lru_cache(maxsize=65536)
def _answered(word: str, marks: frozenset[str]) -> frozenset[str]:
    """Those of the marks that a word answers; remembered, as few words make up most of a text."""
    return marks.intersection(dutch.word_tokens(word))


def _bounds(text: str, first: int) -> tuple[int, int]:
    """The piece around the first hit, cut between words."""
    start, end = max(0, first - BEFORE), min(len(text), first + AFTER)
    if start:
        start = text.find(" ", start, first) + 1 or first
    if end < len(text):
        end = max(text.rfind(" ", first, end), text.find(" ", first), first) or end
    return start, end


def _html(text: str, spans: list[tuple[int, int]], start: int, end: int) -> SafeString:
    pieces: list[str] = []
    at = start
    for first, last in spans:
        pieces += (escape(text[at:first]), "<mark>", escape(text[first:last]), "</mark>")
        at = last
    pieces.append(escape(text[at:end]))
    return mark_safe("".join(pieces))  # noqa: S308 (every piece is escaped)
