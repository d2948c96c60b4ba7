"""Reads: few queries for one page or for many, and never what is not public.

Views, presenters and the search index import from here.
"""

from practices.models.relations import RELATIONS
from practices.selectors.cards import Card, MunicipalityRef, practice_cards, public_cards
from practices.selectors.parts import (
    DocumentPart,
    LessonPart,
    LinkPart,
    OutcomePart,
    Parts,
    TrainerPart,
    parts_of,
    read_parts,
)
from practices.selectors.public import public_pages
from practices.selectors.references import Reference, read_references, references_of
from practices.selectors.related import related_practices

__all__ = [
    "RELATIONS",
    "Card",
    "DocumentPart",
    "LessonPart",
    "LinkPart",
    "MunicipalityRef",
    "OutcomePart",
    "Parts",
    "Reference",
    "TrainerPart",
    "parts_of",
    "practice_cards",
    "public_cards",
    "public_pages",
    "read_parts",
    "read_references",
    "references_of",
    "related_practices",
]
