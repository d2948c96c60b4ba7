"""Facet counts from roaring bitmaps: for each value of each facet the ids of its documents.

A `Counts` is immutable for its readers: a change gives a new one that shares what stayed.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import reduce
from operator import and_, or_

from pyroaring import BitMap

Values = Mapping[str, Iterable[str]]
Filters = Mapping[str, tuple[str, ...]]
Conditions = Iterable[tuple[str, tuple[str, ...]]]
FacetCounts = dict[str, dict[str, int]]


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

    def matching(self, filters: Filters, also: Conditions = ()) -> BitMap:
        """The documents that pass all filters and other conditions."""
        passing = (self.chosen(name, values) for name, values in (*filters.items(), *also))
        return reduce(and_, passing, self.everything)

    def count(self, filters: Filters, also: Conditions = ()) -> tuple[BitMap, FacetCounts]:
        """The documents that pass all of it, and the counts of each facet without its filter."""
        everything = self.matching({}, also)
        passing = {name: self.chosen(name, values) for name, values in filters.items()}
        matches = reduce(and_, passing.values(), everything)
        counts = self.of_documents(matches)
        for name in passing:
            others = (ids for other, ids in passing.items() if other != name)
            counts[name] = self._count(name, reduce(and_, others, everything))
        return matches, counts

    def of_documents(self, documents: BitMap) -> FacetCounts:
        """How many of these documents have each value of each facet."""
        return {name: self._count(name, documents) for name in self.facets}

    def crossed(
        self, documents: BitMap, row: str, rows: Iterable[str], column: str, columns: Iterable[str]
    ) -> FacetCounts:
        """How many of these documents have each of some values of two facets."""
        across = {value: documents & self.chosen(column, [value]) for value in columns}
        counts: FacetCounts = {}
        for value in rows:
            common = self.chosen(row, [value]).intersection_cardinality
            counts[value] = {
                other: count for other, ids in across.items() if (count := common(ids))
            }
        return counts

    def _count(self, name: str, documents: BitMap) -> dict[str, int]:
        values = self.facets[name].items()
        if documents is self.everything:
            return {value: len(ids) for value, ids in values}
        common = documents.intersection_cardinality
        return {value: count for value, ids in values if (count := common(ids))}
