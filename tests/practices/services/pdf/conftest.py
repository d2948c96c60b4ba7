"""What the tests of PDFs share."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django import Settings

from practices.frontend.pdf import making
from practices.frontend.pdf.source import read_source
from practices.models import PracticePage
from practices.services.pdf.typesetting import Source


@pytest.fixture
def folder(tmp_path: Path, settings: Settings) -> Iterator[Path]:
    """An empty folder for PDFs, and a maker that has not begun."""
    settings.PRACTICE_PDFS = tmp_path / "pdf"
    maker = making.maker
    making.maker = making.Maker()
    yield tmp_path / "pdf"
    making.maker = maker


def source(page: PracticePage) -> Source:
    """What the PDF of a public practice is made of."""
    found = read_source(page.pk)
    assert found
    return found
