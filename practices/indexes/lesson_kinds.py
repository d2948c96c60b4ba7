"""The kinds of lessons as a facet: `werkte`, `werkte-niet` and `tip` in an address."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from practices.indexes.registers import Registers
from practices.models import Lesson
from practices.models.lessons import kind_value
from search.questions.facets import Facet, Option

NAME = "les"


WORKED, DID_NOT_WORK = kind_value(Lesson.Kind.WORKED), kind_value(Lesson.Kind.DID_NOT_WORK)
OPPOSITE = {WORKED: DID_NOT_WORK, DID_NOT_WORK: WORKED}
"""A tip has no opposite."""


def kind_facet() -> Facet:
    """The facet; its options are the three kinds."""
    options = [Option(kind_value(kind), str(label)) for kind, label in Lesson.Kind.choices]
    return Facet(NAME, _("Kind of lesson"), {option.value: option for option in options})


def lesson_facets(known: Registers) -> Mapping[str, Facet]:
    """What lessons are chosen by: their kind, and all facets of their practices."""
    return {NAME: kind_facet(), **known.facets}
