"""What the tests of PDFs share."""

import pytest
from pytest_django import Settings

from practices.frontend.pdf.source import read_source
from practices.models import PracticePage
from practices.services.pdf.typesetting import Source


@pytest.fixture
def shelf_of_site(settings: Settings) -> None:
    """A shelf in the database, as the site has it."""
    backend = "django.core.cache.backends.db.DatabaseCache"
    settings.CACHES = {**settings.CACHES, "shelf": {"BACKEND": backend, "LOCATION": "cms_shelf"}}


def source(page: PracticePage) -> Source:
    """What the PDF of a public practice is made of."""
    found = read_source(page.pk)
    assert found
    return found
