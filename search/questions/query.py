"""A search as one immutable value: read from a query string, printed back as one.

Page, JSON, feed and alert all use the same `Query`, so that they cannot differ.
"""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Protocol
from urllib.parse import quote_plus

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from search.questions.facets import Facet, YearFacet

MAX_TEXT = 512
MAX_VALUES = 50
MAX_NAMED = 3
PAGE_SIZE = 20
MAX_DEPTH = 10_000
MAX_PAGE = MAX_DEPTH // PAGE_SIZE

TEXT, OWN, SORT, PAGE = "q", "mijn", "sorteer", "pagina"
RELEVANCE, NEWEST = "relevantie", "nieuwste"
_SPACES = "\t\n\r\v\f"
_quoted = lru_cache(maxsize=4096)(quote_plus)
_UNSAFE = frozenset(
    "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"
)


class Parameters(Protocol):
    """What Django's `QueryDict` offers: all values of each name."""

    def lists(self) -> Iterable[tuple[str, Sequence[str]]]:
        """Names with all their values."""


@dataclass(frozen=True, slots=True)
class Query:
    """Text, chosen facet values, order and page of one search, and for whom it is."""

    text: str = ""
    chosen: tuple[tuple[str, tuple[str, ...]], ...] = ()
    sort: str = ""
    page: int = 1
    own: str = ""
    """A value that is the searcher's own: what is like it goes first, and nothing else changes."""

    def values(self, facet: str) -> tuple[str, ...]:
        """The chosen values of a facet."""
        return next((values for name, values in self.chosen if name == facet), ())

    def order(self) -> str:
        """The order that holds: the chosen one, else relevance if it says something, else newest.

        Something is relevant to a text, and to who searches.
        """
        if self.sort and self.sort != RELEVANCE:
            return self.sort
        return self.default_order

    @property
    def default_order(self) -> str:
        """The order that holds where none is chosen."""
        return RELEVANCE if self.text or self.own else NEWEST

    def choosing(self, facet: str, values: Iterable[str]) -> "Query":
        """The same search with other values of one facet, from its first page."""
        rest = [(name, old) for name, old in self.chosen if name != facet]
        new = tuple(sorted(set(values)))
        return replace(self, chosen=tuple(sorted([*rest, (facet, new)] if new else rest)), page=1)

    def without(self, facet: str, value: str) -> "Query":
        """The same search without one chosen value."""
        return self.choosing(facet, (old for old in self.values(facet) if old != value))

    def with_text(self, text: str) -> "Query":
        """The same search with another text."""
        return replace(self, text=text, page=1)

    def sorted_by(self, sort: str) -> "Query":
        """The same search in another order."""
        return replace(self, sort=sort, page=1)

    def owned_by(self, own: str) -> "Query":
        """The same search for somebody else, or with nothing for nobody."""
        return replace(self, own=own, page=1)

    def at_page(self, page: int) -> "Query":
        """Another page of the same search."""
        return replace(self, page=page)

    def query_string(self) -> str:
        """The one way to write this search: what is default is left out."""
        pairs: list[tuple[str, str]] = [(TEXT, self.text)] if self.text else []
        pairs += [(name, value) for name, values in self.chosen for value in values]
        pairs += [(OWN, self.own)] if self.own else []
        if self.order() != self.default_order:
            pairs.append((SORT, self.order()))
        if self.page > 1:
            pairs.append((PAGE, str(self.page)))
        return "&".join(f"{name}={_quoted(value)}" for name, value in pairs)


def parse(
    parameters: Parameters,
    facets: Iterable[Facet],
    sorts: Iterable[str],
    ignored: Iterable[str] = (),
) -> tuple[Query, list[str]]:
    """The search that a query string asks for, and in Dutch what was not understood.

    Never raises: what is unknown is left out and said, what is too long is cut and said, and of
    a repeated single value the last one counts.
    """
    reader = _Reader({facet.name: facet for facet in facets}, frozenset(sorts))
    raw = {name: list(values) for name, values in parameters.lists() if name not in set(ignored)}
    query = Query(
        text=reader.text(raw.pop(TEXT, [])),
        sort=reader.sort(raw.pop(SORT, [])),
        page=reader.page(raw.pop(PAGE, [])),
        chosen=reader.chosen(raw),
    )
    return query, reader.notices


def clean(text: str) -> str:
    """Text in NFC without control characters, lone surrogates and direction marks."""
    kept = (" " if char in _SPACES else char for char in text if not _is_unsafe(char))
    return unicodedata.normalize("NFC", "".join(kept))


def _is_unsafe(char: str) -> bool:
    if char in _SPACES:
        return False
    return char in _UNSAFE or unicodedata.category(char) in ("Cc", "Cs")


def _named(items: Iterable[str]) -> str:
    """A few of the items, short enough to show."""
    shown = [f"“{clean(item)[:40]}”" for item in dict.fromkeys(items)]
    more = len(shown) - MAX_NAMED
    text = ", ".join(shown[:MAX_NAMED])
    return text + (" " + _("and %(count)d more") % {"count": more} if more > 0 else "")


class _Reader:
    """Reads raw parameters and collects what there is to say about them."""

    def __init__(self, facets: Mapping[str, Facet], sorts: frozenset[str]) -> None:
        self.facets = facets
        self.sorts = sorts
        self.notices: list[str] = []

    def last(self, name: str, values: list[str]) -> str:
        if len(values) > 1:
            self.notices.append(
                _("“%(name)s” was given more than once. We used the last one.") % {"name": name}
            )
        return values[-1] if values else ""

    def text(self, values: list[str]) -> str:
        raw = self.last(TEXT, values)
        # Cut before cleaning, so that the work is bounded however long the text is.
        readable = clean(raw[: MAX_TEXT * 4])
        text = " ".join(readable.split())
        if any(map(_is_unsafe, raw[: MAX_TEXT * 4])):
            self.notices.append(_("We left out characters that cannot be read."))
        if len(text) > MAX_TEXT or len(raw) > MAX_TEXT * 4:
            text = text[:MAX_TEXT].rstrip()
            self.notices.append(
                _("Your search text is long. We used the first %(max)d characters.")
                % {"max": MAX_TEXT}
            )
        return text

    def sort(self, values: list[str]) -> str:
        raw = self.last(SORT, values).strip().lower()
        if raw and raw not in self.sorts:
            self.notices.append(_("We do not know the order %(names)s.") % {"names": _named([raw])})
            return ""
        return raw

    def page(self, values: list[str]) -> int:
        raw = self.last(PAGE, values).strip()
        if not raw:
            return 1
        if not raw.isascii() or not raw.isdigit() or not raw.lstrip("0"):
            self.notices.append(
                _("%(names)s is not a page number. You see page 1.") % {"names": _named([raw])}
            )
            return 1
        if len(raw) > 9 or int(raw) > MAX_PAGE:
            self.notices.append(
                _("We show the first %(max)d results. Choose more conditions to see the rest.")
                % {"max": MAX_DEPTH}
            )
            return MAX_PAGE
        return int(raw)

    def chosen(self, raw: dict[str, list[str]]) -> tuple[tuple[str, tuple[str, ...]], ...]:
        self._merge_years(raw)
        unknown = [name for name in raw if name not in self.facets]
        if unknown:
            self.notices.append(
                ngettext(
                    "We do not know the condition %(names)s and left it out.",
                    "We do not know the conditions %(names)s and left them out.",
                    len(unknown),
                )
                % {"names": _named(unknown)}
            )
        pairs = [
            (name, values)
            for name in sorted(raw)
            if name in self.facets and (values := self._values(self.facets[name], raw[name]))
        ]
        return tuple(pairs)

    def _merge_years(self, raw: dict[str, list[str]]) -> None:
        """Turn the two fields of the form (`jaar_van`, `jaar_tot`) into one range."""
        for name, facet in self.facets.items():
            if not isinstance(facet, YearFacet):
                continue
            start = self.last(f"{name}_van", raw.pop(f"{name}_van", [])).strip()
            end = self.last(f"{name}_tot", raw.pop(f"{name}_tot", [])).strip()
            if start or end:
                raw.setdefault(name, []).append(f"{start}-{end}")

    def _values(self, facet: Facet, raw: list[str]) -> tuple[str, ...]:
        given = list(dict.fromkeys(value for value in raw if value.strip()))
        if len(given) > MAX_VALUES:
            given = given[:MAX_VALUES]
            self.notices.append(
                _("You chose more than %(max)d values for %(facet)s. We used the first %(max)d.")
                % {"max": MAX_VALUES, "facet": facet.label}
            )
        readings = [(value, facet.read(value)) for value in given]
        unknown = [value for value, reading in readings if reading.problem == "unknown"]
        if unknown:
            self.notices.append(
                _("%(facet)s: we do not know %(names)s.")
                % {"facet": facet.label, "names": _named(unknown)}
            )
        if any(reading.problem == "upside-down" for _value, reading in readings):
            self.notices.append(
                _("%(facet)s: the first year was later than the last. We turned them round.")
                % {"facet": facet.label}
            )
        return facet.sorted(reading.value for _value, reading in readings if reading.value)
