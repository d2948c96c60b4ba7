"""The practice as it stands in an open form, before it is saved."""

from typing import Any

from django.contrib.auth.models import AnonymousUser, User
from django.core.exceptions import BadRequest
from django.http import QueryDict
from modelcluster.forms import BaseChildFormSet

from practices.models import PracticePage


def is_form(data: QueryDict) -> bool:
    """Whether what was posted holds the fields of a practice's form."""
    return "title" in data


def unsaved_page(
    *, page: PracticePage, data: QueryDict, user: User | AnonymousUser
) -> PracticePage:
    """The page with what the form holds; nothing is saved.

    What is not valid keeps its value of before: half-typed years must not hide everything else.
    `page` is the latest revision as an object, and is changed. Raises `BadRequest` for rows that
    are not of this page.
    """
    form_class = page.get_edit_handler().get_form_class()
    form = form_class(data, instance=page, parent_page=page.get_parent(), for_user=user)
    try:
        form.defer_required_fields()
        form.is_valid()
        for formset in form.formsets.values():
            formset.is_valid()  # the form asks no further after the first that is not
    except (KeyError, IndexError, ValueError) as error:
        raise BadRequest("The rows of the form are not those of this page.") from error
    form.save_cluster_m2m()
    for relation, formset in form.formsets.items():
        if relation != "comments" and formset.management_form.is_valid():
            setattr(page, relation, _rows(formset))
    return page


def _rows(formset: BaseChildFormSet) -> list[Any]:
    """The rows that were filled in and not removed, in the order in which they are shown."""
    kept = []
    for form in formset.forms:
        values = getattr(form, "cleaned_data", {})
        if values.get("DELETE") or not (form.has_changed() or form.instance.pk):
            continue
        form.save_cluster_m2m()
        kept.append((values.get("ORDER") or 0, form.instance))
    return [row for _order, row in sorted(kept, key=lambda one: one[0])]
