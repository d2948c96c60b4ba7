"""The questions of a practice in chapters, as they are put on paper."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from practices.indexes.registers import current
from practices.models import Term, Vocabulary
from practices.services.checks.outline import Field, Shape, outline


@dataclass(frozen=True)
class Option:
    """Something to choose; `is_narrower` stands under the one before it."""

    label: str
    definition: str = ""
    is_narrower: bool = False


@dataclass(frozen=True)
class Question:
    """A field as it is put on paper; `parts` are the questions on each row of a list."""

    label: str
    help_text: str
    is_needed: bool
    choice: str
    options: tuple[Option, ...]
    is_line: bool
    parts: tuple["Question", ...] = ()


@dataclass(frozen=True)
class Chapter:
    """A tab of the form."""

    heading: str
    questions: tuple[Question, ...]


def chapters() -> tuple[Chapter, ...]:
    """The form as it is now, with the active terms; one query."""
    terms = current().terms
    return tuple(
        Chapter(tab.heading, tuple(_question(field, terms.values()) for field in tab.fields))
        for tab in outline()
    )


def _question(field: Field, terms: Iterable[Term]) -> Question:
    is_choice = field.shape in (Shape.TERMS, Shape.CHOICE)
    is_one = field.is_single or field.shape is Shape.CHOICE
    return Question(
        label=field.label,
        help_text=field.help_text,
        is_needed=field.is_needed,
        choice=(_("Choose one.") if is_one else _("Choose one or more.")) if is_choice else "",
        options=_options(field, terms),
        is_line=field.shape is Shape.LINE,
        parts=tuple(_question(part, terms) for part in field.rows),
    )


def _options(field: Field, terms: Iterable[Term]) -> tuple[Option, ...]:
    if field.vocabulary:
        return tuple(
            Option(term.label, term.definition, _is_narrower(term))
            for term in _in_order(field.vocabulary, terms)
        )
    if field.shape is Shape.CHOICE:
        return tuple(Option(label) for label in field.options or (_("yes"),))
    return ()


def _is_narrower(term: Term) -> bool:
    return bool(term.parent_id) and term.parent_vocabulary == term.vocabulary


def _in_order(vocabulary: Vocabulary, terms: Iterable[Term]) -> list[Term]:
    """The active terms in the editors' order, each narrower one after its broader one."""
    active = {term.pk: term for term in terms if term.is_active and term.vocabulary == vocabulary}

    def place(term: Term) -> tuple[int, int, bool, int, str]:
        top = active.get(term.parent_id or term.pk, term)
        return top.position, top.pk, top is not term, term.position, term.label

    return sorted(active.values(), key=place)
