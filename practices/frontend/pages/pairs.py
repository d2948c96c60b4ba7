"""The pairs of one practice, as links to the practices that have them too."""

from collections.abc import Collection, Sequence

from practices.addresses import search_address
from practices.frontend.pages.terms import LinkedTerm
from practices.indexes import registers
from practices.indexes.pairs import NAME, pairs_among
from practices.models import Vocabulary


def linked_pairs(trainers: Sequence[Collection[str]]) -> list[LinkedTerm]:
    """Links for what trainers, each with the slugs of their expertises, bring two by two.

    At most one small query, and none where they make no pair.
    """
    if len(trainers) < 2 or len(set().union(*trainers)) < 2:
        return []
    facets = registers.current().facets
    pairs = pairs_among(trainers, facets[Vocabulary.EXPERTISE].options)
    options = [facets[NAME].option(pair) for pair in pairs]
    links = [LinkedTerm(one.label, search_address(**{NAME: one.value})) for one in options]
    return sorted(links, key=lambda link: link.label)
