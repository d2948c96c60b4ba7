from typing import Any

import pytest
from django.core.management import call_command
from wagtail.models import Locale

from cms.checks import language_has_texts


def test_a_language_without_texts_is_refused(settings: Any) -> None:
    assert language_has_texts() == []
    settings.LANGUAGE_CODE = "pt-br"
    errors = language_has_texts()
    assert {error.id for error in errors} == {"cms.E001"}
    for package, error in zip(("cms", "practices", "search"), errors, strict=True):
        assert f"{package}/locale/pt_BR/LC_MESSAGES/django.mo" in error.msg


@pytest.mark.django_db
def test_pages_of_a_site_that_changes_its_language_have_the_new_one(settings: Any) -> None:
    (before,) = Locale.all_objects.all()
    settings.LANGUAGE_CODE = "fr"
    settings.LANGUAGES = settings.WAGTAIL_CONTENT_LANGUAGES = [("fr", "français")]
    for _time in range(2):
        call_command("migrate", verbosity=0)
        (after,) = Locale.all_objects.all()
        assert (after.pk, after.language_code) == (before.pk, "fr")
    assert Locale.get_default() == after
