"""What the generator needs to know of the database."""

import re

from cms.synthetic.world import Choice, Place, World
from cms.synthetic.world import Vocabulary as Choices
from practices.models import Municipality, PracticePage, Term, Vocabulary


def current_world() -> World:
    """The active terms and all municipalities, in an order that does not depend on their keys."""
    terms = Term.objects.filter(is_active=True).select_related("parent")
    ordered = sorted(terms, key=lambda term: (term.vocabulary, term.position, term.slug))
    municipalities = Municipality.objects.order_by("code").prefetch_related("neighbours")
    return World(
        vocabularies={
            name: Choices(
                Choice(term.slug, term.label, term.parent.slug if term.parent else None)
                for term in ordered
                if term.vocabulary == name
            )
            for name in Vocabulary.values
        },
        places=tuple(
            Place(m.code, m.name, m.inhabitants, tuple(sorted(n.code for n in m.neighbours.all())))
            for m in municipalities
        ),
    )


def next_number(seed: int) -> int:
    """The number after the last practice of this seed."""
    slugs = PracticePage.objects.filter(
        is_fictional=True, slug__startswith=f"fictief-{seed}-"
    ).values_list("slug", flat=True)
    numbers = (int(found[1]) for slug in slugs if (found := re.search(r"-(\d+)$", slug)))
    return max(numbers, default=-1) + 1
