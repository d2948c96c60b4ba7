"""The facet `trainerspaar`: practices with two trainers who bring a certain pair of expertises."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations, product

from search.questions.facets import Facet, Option, Reading

NAME = "trainerspaar"
SIGN = "."
"""Between two slugs: it can't be in a slug, and stands in an address as it is."""

Expertises = Mapping[str, Option]
"""All terms of the vocabulary, by slug."""


@dataclass(frozen=True, slots=True)
class PairFacet(Facet):
    """A value is two slugs in alphabetical order: `islam-en-orthodoxie.rechtsextremisme`."""

    def read(self, raw: str) -> Reading:
        """The value that a searcher means, in whichever order the two were given."""
        return Facet.read(self, value_of(*raw.strip().lower().split(SIGN)))


def pair_facet(label: str, expertises: Expertises) -> PairFacet:
    """The facet with all pairs of terms; one with a retired term is not active."""
    options = {}
    for one, other in combinations(expertises.values(), 2):
        value = value_of(one.value, other.value)
        if not _are_kin(one.value, other.value, expertises):
            labels = " + ".join(expertises[slug].label for slug in value.split(SIGN))
            is_active = one.is_active and other.is_active
            options[value] = Option(value, labels, is_active=is_active)
    return PairFacet(NAME, label, options, by_count=True, show_all=True)


def value_of(*expertises: str) -> str:
    """The value of a pair, from the slugs of its expertises in any order."""
    return SIGN.join(sorted(expertises))


def pairs_among(trainers: Iterable[Collection[str]], expertises: Expertises) -> list[str]:
    """The pairs that trainers make two by two, from the slugs that each brings.

    One trainer who brings both makes no pair (decision 0044). Whoever brings an expertise brings
    the broader one too.
    """
    brought = [with_broader(slugs, expertises) for slugs in trainers]
    found = {
        value_of(one, other)
        for mine, others in combinations(brought, 2)
        for one, other in product(mine, others)
        if not _are_kin(one, other, expertises)
    }
    return sorted(found)


def makers_of(
    pair: str, trainers: Mapping[int, Collection[str]], expertises: Expertises
) -> dict[int, list[str]]:
    """The trainers who make a pair, each with what they bring to it; nobody if there is none.

    That is the one expertise of the pair of which another trainer brings the other, or both.
    """
    one, other = pair.split(SIGN)
    brought = {key: with_broader(slugs, expertises) for key, slugs in trainers.items()}
    found = {}
    for key, mine in brought.items():
        rest = set().union(*(theirs for near, theirs in brought.items() if near != key))
        sides = ((one, other), (other, one))
        if own := [slug for slug, partner in sides if slug in mine and partner in rest]:
            found[key] = own
    return found


def with_broader(slugs: Iterable[str], expertises: Expertises) -> set[str]:
    """The slugs, and those of the broader terms."""
    every = set(slugs)
    return every | {expertises[slug].parent for slug in every if slug in expertises} - {""}


def former_pairs(former: Mapping[str, str], expertises: Expertises) -> dict[str, str]:
    """The pairs with a slug that is gone, each with that of now, in both orders.

    A pair whose two terms are one now leads nowhere: nobody is a pair alone.
    """
    return dict(_former_pairs(former, expertises))


def _former_pairs(former: Mapping[str, str], expertises: Expertises) -> Iterator[tuple[str, str]]:
    for old, now in former.items():
        for other in (*expertises, *former):
            other_now = former.get(other, other)
            if not _are_kin(now, other_now, expertises):
                yield f"{old}{SIGN}{other}", value_of(now, other_now)
                yield f"{other}{SIGN}{old}", value_of(now, other_now)


def _are_kin(one: str, other: str, expertises: Expertises) -> bool:
    """Whether they are the same term, or one is the broader term of the other."""
    if one == other:
        return True
    parents = [expertises[slug].parent if slug in expertises else "" for slug in (one, other)]
    return other == parents[0] or one == parents[1]
