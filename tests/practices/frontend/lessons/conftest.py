"""The people of the review, who write lessons here, and practices with lessons."""

from collections.abc import Callable
from typing import Any

import pytest

from practices.indexes.lessons import LESSONS
from practices.models import Lesson, MunicipalityPage, PracticePage
from search.indexing.rebuild import rebuild
from tests.factories import (
    MunicipalityFactory,
    MunicipalityPageFactory,
    PracticePageFactory,
    SiteTree,
)
from tests.practices.services.moderation.conftest import world

__all__ = ["world"]

Practice = Callable[..., PracticePage]


@pytest.fixture
def practice(site_tree: SiteTree) -> Practice:
    """Makes a practice of a municipality with lessons as (kind, text), and indexes them."""

    def made(*lessons: tuple[str, str], place: str = "Gouda", **fields: Any) -> PracticePage:
        page: PracticePage = PracticePageFactory(parent=municipality(place), **fields)
        page.lessons = [Lesson(kind=kind, text=text) for kind, text in lessons]
        page.save()
        rebuild(LESSONS)
        return page

    return made


def municipality(name: str) -> MunicipalityPage:
    page = MunicipalityPage.objects.filter(title=name).first()
    slug = name.lower()
    return page or MunicipalityPageFactory(municipality=MunicipalityFactory(name=name, slug=slug))
