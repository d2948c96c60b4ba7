"""The municipality that a visitor names: by any of its names, however these are written."""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import NamedTuple

from practices.models.municipalities import sort_key
from search.engines import spelling
from search.questions.dutch import fold

LONGEST = 80
"""Characters of a name that are looked at; no municipality has more."""
MOST_NEAREST = 4
_CALLED = "gemeente"
_BRACKETS = re.compile(r"\s*\([^)]*\)")


class Called(NamedTuple):
    """A municipality: its value in an address, the name to show, and all that it is called."""

    slug: str
    shown: str
    official: tuple[str, ...]
    others: tuple[str, ...]
    """Aliases, and the names of those that went into it."""


class Names:
    """Finds municipalities by name; nothing is made of the names before one is asked."""

    def __init__(self, places: Iterable[Called], moved: Mapping[str, str]) -> None:
        self._places, self._moved = places, moved

    @cached_property
    def shown(self) -> dict[str, str]:
        """The names to show by slug, in the order of an index: 's-Gravenhage under the G."""
        named = sorted(self._places, key=lambda one: sort_key(one.shown))
        return {one.slug: one.shown for one in named}

    def meant(self, name: str) -> tuple[str, ...]:
        """The slugs of those with this name: one, none, or several that are called alike.

        A slug is a name too, and so is one of former days. Marks, spaces and case do not count.
        """
        slug = fold(name[:LONGEST]).strip()
        slug = self._moved.get(slug, slug)
        if slug in self.shown:
            return (slug,)
        key = _letters(name)
        return self._by_name.get(key) or self._by_name.get(key.removeprefix(_CALLED), ())

    def nearest(self, name: str) -> tuple[str, ...]:
        """The slugs of a few that may be meant by a name that is none, the likeliest first."""
        key = _letters(name)
        if not key:
            return ()
        begun = sorted(other for other in self._by_name if other.startswith(key))
        alike = spelling.nearest(key, dict.fromkeys(self._by_name, 1))
        found = (slug for other in (*begun, *alike) for slug in self._by_name[other])
        return tuple(dict.fromkeys(found))[:MOST_NEAREST]

    @cached_property
    def _by_name(self) -> dict[str, tuple[str, ...]]:
        """Slugs by the letters of a name; an official name goes before what others are called."""
        found: dict[str, dict[str, None]] = {}
        for one in self._places:
            for key in _keys(one.official):
                found.setdefault(key, {})[one.slug] = None
        official = frozenset(found)
        for one in self._places:
            for key in _keys(one.others):
                if key not in official:
                    found.setdefault(key, {})[one.slug] = None
        return {key: tuple(slugs) for key, slugs in found.items()}


def _keys(names: Iterable[str]) -> Iterator[str]:
    for name in names:
        yield _letters(name)
        yield _letters(_BRACKETS.sub("", name))


def _letters(name: str) -> str:
    """The letters of a name: 's Gravenhage, S-GRAVENHAGE and sgravenhage are one."""
    return "".join(filter(str.isalnum, fold(name[:LONGEST])))
