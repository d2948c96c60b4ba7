"""Facet counts from roaring bitmaps: for each value of each facet the ids of its documents.

A `Counts` is immutable for its readers: a change gives a new one that shares what stayed.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import reduce
from operator import and_, or_

from pyroaring import BitMap

Values = Mapping[str, Iterable[str]]


@dataclass(frozen=True, slots=True)
class Counts:
    """The documents of one state of an index, by facet value."""

    everything: BitMap = field(default_factory=BitMap)
    facets: Mapping[str, Mapping[str, BitMap]] = field(default_factory=dict)

    @classmethod
    def of(cls, documents: Iterable[tuple[int, Values]], names: Iterable[str]) -> "Counts":
        """The bitmaps of documents, given as id and facet values."""
        everything: list[int] = []
        facets: dict[str, dict[str, list[int]]] = {name: {} for name in names}
        for document, values in documents:
            everything.append(document)
            for name, ids in facets.items():
                for value in values.get(name, ()):
                    ids.setdefault(value, []).append(document)
        return cls(
            BitMap(everything),
            {
                name: {value: BitMap(ids) for value, ids in values.items()}
                for name, values in facets.items()
            },
        )

    def changed(self, gone: BitMap, added: "Counts") -> "Counts":
        """The state after documents went or were replaced; only touched bitmaps are copied."""
        facets: dict[str, dict[str, BitMap]] = {}
        for name, old in self.facets.items():
            new = dict(old)
            for value, ids in old.items():
                if ids.intersect(gone):
                    new[value] = ids - gone
            for value, ids in added.facets[name].items():
                new[value] = new[value] | ids if value in new else ids
            facets[name] = {value: ids for value, ids in new.items() if ids}
        return Counts((self.everything - gone) | added.everything, facets)

    def chosen(self, name: str, values: Iterable[str]) -> BitMap:
        """The documents with any of the values."""
        known = self.facets.get(name, {})
        return reduce(or_, (known[value] for value in values if value in known), BitMap())

    def count(
        self, found: BitMap, filters: Mapping[str, tuple[str, ...]]
    ) -> tuple[BitMap, dict[str, dict[str, int]]]:
        """What of `found` passes all filters, and the counts of each facet without its own."""
        passing = {name: self.chosen(name, values) for name, values in filters.items()}
        matches = reduce(and_, passing.values(), found)
        counts: dict[str, dict[str, int]] = {}
        for name, values in self.facets.items():
            base = matches
            if name in passing:
                others = (ids for other, ids in passing.items() if other != name)
                base = reduce(and_, others, found)
            counts[name] = _count(base, values, everything=self.everything)
        return matches, counts


def _count(base: BitMap, values: Mapping[str, BitMap], *, everything: BitMap) -> dict[str, int]:
    if base is everything:
        return {value: len(ids) for value, ids in values.items()}
    common = base.intersection_cardinality
    return {value: count for value, ids in values.items() if (count := common(ids))}
