"""What a browser sent for a form, without the ids that are out of somebody's reach."""

import re
from collections.abc import Iterator
from typing import Any

from django import forms
from django.db.models import Model
from wagtail.admin.rich_text import DraftailRichTextArea
from wagtail.models import Page

from practices.admin.reach.rich_text import pointed_at, without_strange
from practices.admin.reach.rows import strange_rows
from practices.services.people.reach import Reach, everybodys, rule_for

Sent = Any
"""What a browser sent: a `QueryDict`, or a plain dictionary."""


def admitted(data: Sent, form_class: Any, reach: Reach) -> tuple[Sent, bool]:
    """What was sent without what is out of reach, and whether anything was; the same if not."""
    new: dict[str, list[str]] = {}
    for name, field in fields_sent(form_class, data):
        old = _values(data, name)
        if (values := _admitted(field, old, reach)) != old:
            new[name] = values
    return (_with(data, new), True) if new else (data, False)


def of_own_rows(data: Sent, form_class: Any, page: Any) -> Sent:
    """What was sent, with rows that are not of this page as new ones; the same if there are none.

    `page` is None where it is new itself.
    """
    strange = list(strange_rows(form_class, data, [page] if page is not None else []))
    return _with(data, {name: [""] for name in strange}) if strange else data


def pointing_fields(form_class: Any, prefix: str = "") -> Iterator[tuple[str, forms.Field]]:
    """The fields that take ids, as patterns of names: a row of a formset is `rows-N-field`."""
    for name, field in form_class.base_fields.items():
        if isinstance(field, forms.ModelChoiceField) or _is_rich_text(field):
            yield f"{prefix}{name}", field
    for relation, formset in getattr(form_class, "formsets", {}).items():
        yield from pointing_fields(formset.form, f"{prefix}{relation}-N-")


def fields_sent(form_class: Any, data: Sent) -> Iterator[tuple[str, forms.Field]]:
    """The names in what was sent that are of fields that take ids, each with its field."""
    for pattern, field in pointing_fields(form_class):
        if "-N-" not in pattern:
            if pattern in data:
                yield pattern, field
            continue
        of_rows = re.compile(r"-\d+-".join(map(re.escape, pattern.split("-N-"))))
        yield from ((name, field) for name in data if of_rows.fullmatch(name))


def kept_by(page: Any, form_class: Any) -> dict[type[Model], set[int]]:
    """The files and pages that a page points at already, in the fields of a form."""
    found: dict[type[Model], set[int]] = {}
    if page is None:
        return found
    for pattern, field in pointing_fields(form_class):
        relation, _row, name = pattern.rpartition("-N-")
        if "-N-" in relation or _is_everybodys(field):
            continue
        for row in getattr(page, relation).all() if relation else [page]:
            if _is_rich_text(field):
                for kind, key in pointed_at(str(getattr(row, name) or "")):
                    found.setdefault(kind, set()).add(key)
            elif chosen := getattr(row, f"{name}_id", None):
                found.setdefault(_model_of(field), set()).add(chosen)
    return found


def _admitted(field: forms.Field, values: list[str], reach: Reach) -> list[str]:
    """What was sent for a field, without what is out of reach."""
    if _is_rich_text(field):
        return [without_strange(value, reach) for value in values]
    allowed = reach.within(_model_of(field), values)
    found = [value for value in values if value in allowed or not value]
    return found if isinstance(field, forms.ModelMultipleChoiceField) else found or [""]


def _is_everybodys(field: forms.Field) -> bool:
    return not _is_rich_text(field) and rule_for(_model_of(field)) is everybodys


def _is_rich_text(field: forms.Field) -> bool:
    return isinstance(field.widget, DraftailRichTextArea)


def _model_of(field: Any) -> type[Model]:
    model: type[Model] = field.queryset.model
    return Page if issubclass(model, Page) else model


def _values(data: Sent, name: str) -> list[str]:
    if hasattr(data, "getlist"):
        return list(data.getlist(name))
    value = data[name]
    return [str(one) for one in value] if isinstance(value, list | tuple) else [str(value or "")]


def _with(data: Sent, new: dict[str, list[str]]) -> Sent:
    """A copy with other values for some names."""
    changed = data.copy()
    for name, values in new.items():
        if hasattr(changed, "setlist"):
            changed.setlist(name, values)
        else:
            changed[name] = values if isinstance(data[name], list | tuple) else "".join(values)
    return changed
