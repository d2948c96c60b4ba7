"""Terms as links to the practices that have them."""

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from practices.addresses import municipality_address, search_address
from practices.models.relations import OF_PARTS
from practices.selectors import RELATIONS, Reference

VOCABULARIES = {**RELATIONS, **OF_PARTS}


class LinkedTerm(NamedTuple):
    """A term or place with the address that it leads to; `code` is a search code or nothing."""

    label: str
    url: str
    definition: str = ""
    code: str = ""


def linked(reference: Reference) -> LinkedTerm:
    """A term that leads to the search for it."""
    url = search_address(**{VOCABULARIES[reference.relation].value: reference.slug})
    return LinkedTerm(reference.label, url, reference.definition)


def terms_by_relation(references: Iterable[Reference]) -> dict[tuple[str, int], list[LinkedTerm]]:
    """The terms by relation and owner."""
    groups: dict[tuple[str, int], list[LinkedTerm]] = defaultdict(list)
    for reference in references:
        if reference.relation in VOCABULARIES:
            groups[reference.relation, reference.owner_id].append(linked(reference))
    return dict(groups)


def places(references: Iterable[Reference]) -> list[LinkedTerm]:
    """The partner municipalities; a link only where the municipality has a page."""
    return [
        LinkedTerm(one.label, municipality_address(one.definition) if one.definition else "")
        for one in references
        if one.relation == "partner_municipalities"
    ]
