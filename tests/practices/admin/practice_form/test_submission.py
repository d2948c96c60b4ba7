"""What keeps a practice from being submitted stands at its fields, all at once."""

import pytest
from django.contrib.auth.models import User
from django.http import QueryDict

from practices.admin.practice_form.problems import problems_for_submission, show_at_fields
from practices.admin.practice_form.unsaved import unsaved_page
from practices.models import PracticePage
from tests.factories import PracticePageFactory
from tests.practices.admin.practice_form.forms import of_page


def query(data: dict[str, object]) -> QueryDict:
    sent = QueryDict(mutable=True)
    for name, value in data.items():
        sent.setlist(name, value if isinstance(value, list) else [str(value)])
    return sent


@pytest.mark.django_db
def test_all_problems_stand_at_their_fields_or_lists() -> None:
    page: PracticePage = PracticePageFactory(summary="", approach="")
    user = User(username="iemand", is_superuser=True)
    data = query(of_page(page, local_stakes="Dit blijft staan."))
    form_class = page.get_edit_handler().get_form_class()
    form = form_class(data, instance=page, parent_page=page.get_parent(), for_user=user)
    assert form.is_valid()
    problems = problems_for_submission(unsaved_page(page=page, data=data, user=user))

    show_at_fields(form, problems)

    assert not form.is_valid()
    assert set(form.errors) == {
        "summary", "formats", "approach", "target_groups", "radicalisation_types", "themes",
    }  # fmt: skip
    lists = {name: formset.non_form_errors() for name, formset in form.formsets.items()}
    assert {name for name, errors in lists.items() if errors} == {"trainers", "lessons"}
    assert form["local_stakes"].value() == "Dit blijft staan."
