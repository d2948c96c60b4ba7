"""Counts over all practices, from the search index."""

from collections.abc import Sequence

from practices.indexes import registers
from practices.indexes.readers import practice_reader
from practices.indexes.searching import ADDRESSES
from search.engines.base import EngineError
from search.questions.query import Query
from search.results import answers, presenter
from search.results.presenter import ShownFacet


def facets_of_all(names: Sequence[str]) -> dict[str, ShownFacet]:
    """The named facets over all practices; one query. Empty where no engine answers."""
    known = registers.current()
    try:
        found = answers.run(practice_reader(), Query(), known.facets, known.synonyms)
    except EngineError:
        return {}
    wanted = [known.facets[name] for name in names]
    return {facet.name: facet for facet in presenter.shown_facets(found, wanted, ADDRESSES)}
