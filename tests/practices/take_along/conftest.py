"""What the tests of PDFs share."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django import Settings

from practices.models import PracticePage
from practices.take_along import making
from practices.take_along.source import read_source
from practices.take_along.typesetting import Source, release


@pytest.fixture
def pango() -> None:
    """Skips loudly at home where the machine cannot make PDFs; fails in CI."""
    if not release():
        assert not os.environ.get("CI"), "Pango is missing: see README.md"
        pytest.skip("Pango is missing: no PDF can be made; see README.md")


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
