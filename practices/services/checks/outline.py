"""The form of a practice as data, read from its model and panels, so that it never differs.

The panel beside the form takes the names of fields and tabs from it, the form to fill in
beforehand everything.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any

from django import forms
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import get_language
from wagtail.admin.panels import FieldPanel, InlinePanel, Panel, PanelGroup

from practices.models import PracticePage, Vocabulary
from practices.services.checks.completeness import MINIMUM


class Shape(StrEnum):
    """How a field is filled in."""

    LINE = "line"
    TEXT = "text"
    CHOICE = "choice"
    TERMS = "terms"
    ROWS = "rows"


@dataclass(frozen=True)
class Field:
    """A field of the form, or a list with the fields of a row in it.

    `options` are the labels of a fixed choice; `vocabulary` is set where terms are chosen, and
    `is_single` where only one of them. `is_needed` tells whether it is part of the minimum.
    """

    name: str
    label: str
    help_text: str
    shape: Shape
    is_needed: bool = False
    options: tuple[str, ...] = ()
    vocabulary: Vocabulary | None = None
    is_single: bool = False
    rows: tuple["Field", ...] = ()

    @property
    def anchor(self) -> str:
        """The id in the form of what takes the focus: the field, or the button that adds a row."""
        return f"id_{self.name}-ADD" if self.shape is Shape.ROWS else f"id_{self.name}"


@dataclass(frozen=True)
class Tab:
    """A tab of the form."""

    heading: str
    fields: tuple[Field, ...]


@dataclass(frozen=True)
class Place:
    """Where a field is: its label, the heading of its tab, and the id that takes the focus."""

    label: str
    tab: str
    anchor: str


def outline() -> tuple[Tab, ...]:
    """The tabs with what is of a practice itself; those of every page (Settings) are left out."""
    handler = PracticePage.get_edit_handler()
    form = handler.get_form_class()
    tabs = (
        Tab(str(tab.heading), tuple(_fields(tab, form, PracticePage))) for tab in handler.children
    )
    return tuple(tab for tab in tabs if any(_is_own(field.name) for field in tab.fields))


def place_of(field: str) -> Place:
    """Where a field or list is; raises `KeyError` for a name that the form has not."""
    return _places(get_language())[field]


@cache
def _places(language: str | None) -> dict[str, Place]:
    return {
        field.name: Place(field.label, tab.heading, field.anchor)
        for tab in outline()
        for field in tab.fields
    }


def _is_own(name: str) -> bool:
    return PracticePage._meta.get_field(name).model is PracticePage


def _fields(panel: Panel, form: Any, model: type[models.Model]) -> Iterator[Field]:
    """The fields under a panel, in their order."""
    if isinstance(panel, InlinePanel):
        yield _rows(panel, form)
    elif isinstance(panel, FieldPanel):
        yield _field(panel, form.base_fields[panel.field_name], model)
    elif isinstance(panel, PanelGroup):
        for child in panel.children:
            yield from _fields(child, form, model)


def _rows(panel: InlinePanel, form: Any) -> Field:
    child = form.formsets[panel.relation_name].form
    of_row = _fields(panel.child_edit_handler, child, panel.db_field.related_model)
    return Field(
        name=panel.relation_name,
        label=str(panel.heading),
        help_text=str(panel.help_text),
        shape=Shape.ROWS,
        is_needed=panel.relation_name in _needed(),
        rows=tuple(of_row),
    )


def _field(panel: FieldPanel, field: forms.Field, model: type[models.Model]) -> Field:
    db_field = model._meta.get_field(panel.field_name)
    vocabulary = _vocabulary(db_field)
    return Field(
        name=panel.field_name,
        label=capfirst(str(panel.heading or field.label or "")),
        help_text=str(panel.help_text or field.help_text),
        shape=_shape(field, vocabulary),
        is_needed=model is PracticePage and panel.field_name in _needed(),
        options=() if vocabulary else _options(field),
        vocabulary=vocabulary,
        is_single=db_field.many_to_one is True,
    )


def _vocabulary(db_field: Any) -> Vocabulary | None:
    limits = db_field.get_limit_choices_to() if db_field.is_relation else {}
    return Vocabulary(limits["vocabulary"]) if "vocabulary" in limits else None


def _shape(field: forms.Field, vocabulary: Vocabulary | None) -> Shape:
    if vocabulary:
        return Shape.TERMS
    if isinstance(field, forms.ModelChoiceField):
        return Shape.LINE  # a document: what there is to choose from is nobody else's business
    if isinstance(field, forms.ChoiceField | forms.BooleanField):
        return Shape.CHOICE
    # Rich text stands in a hidden field, filled in by a script.
    is_line = isinstance(field.widget, forms.widgets.Input) and not field.widget.is_hidden
    return Shape.LINE if is_line else Shape.TEXT


def _options(field: Any) -> tuple[str, ...]:
    if not isinstance(field, forms.ChoiceField) or isinstance(field, forms.ModelChoiceField):
        return ()
    choices: Any = field.choices
    return tuple(str(label) for value, label in choices if value not in {"", None})


def _needed() -> frozenset[str]:
    return frozenset(requirement.field for requirement in MINIMUM)
