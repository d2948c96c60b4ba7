"""The facts by which municipalities are compared, from the database."""

from collections import defaultdict

from practices.indexes.likeness.measure import Facts, Problem
from practices.models import Municipality, PracticePage, Term, Vocabulary
from practices.selectors.public import public_pages
from practices.selectors.retirement import not_archived


def read_facts() -> dict[str, Facts]:
    """All municipalities there are now, by slug; those that went into another are left out.

    Their problems are the radicalisation types of their practices that everybody may see, without
    the archive. Five queries, however many there are.
    """
    problems = _problems()
    neighbours = _neighbours()
    places = Municipality.objects.filter(merged_into=None).prefetch_related("aliases")
    return {
        place.slug: Facts(
            slug=place.slug,
            code=place.code,
            name=place.shown_name,
            inhabitants=place.inhabitants,
            urbanity=place.urbanity,
            province=place.province,
            neighbours=frozenset(neighbours[place.pk]),
            problems=frozenset(problems.get(place.pk, ())),
            has_practices=place.pk in problems,
        )
        for place in places
    }


def _neighbours() -> dict[int, set[str]]:
    """Codes of neighbours by the key of a municipality."""
    found: dict[int, set[str]] = defaultdict(set)
    rows = Municipality.neighbours.through.objects.values_list(
        "from_municipality", "to_municipality__code"
    )
    for key, code in rows:
        found[key].add(code)
    return found


def _problems() -> dict[int, set[Problem]]:
    """Problems by the key of each municipality with practices, perhaps none."""
    terms = {
        term.pk: term for term in Term.objects.filter(vocabulary=Vocabulary.RADICALISATION_TYPE)
    }
    found: dict[int, set[Problem]] = defaultdict(set)
    pages = not_archived(public_pages(PracticePage)).order_by()
    for key, term in pages.values_list("municipality", "radicalisation_types").distinct():
        problems = found[key]
        while term in terms:
            problems.add(Problem(terms[term].position, terms[term].slug, terms[term].label))
            term = terms[term].parent_id
    return found
