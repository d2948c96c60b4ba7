"""The search for lessons: page, JSON and their numbers."""

from typing import Any

import pytest
from django.test import Client

from practices.lessons.documents import LESSONS
from practices.models import Lesson
from search.rebuild import rebuild
from tests.factories import MunicipalityFactory, MunicipalityPageFactory, PracticePageFactory


@pytest.fixture
def practice(site_tree: Any) -> Any:
    gouda = MunicipalityPageFactory(municipality=MunicipalityFactory(name="Gouda", slug="gouda"))
    page = PracticePageFactory(
        parent=gouda, title="Lunch over duiden", terms={"formats": ["training"]}
    )
    page.lessons = [
        Lesson(kind="werkte", text="Acteurs maakten het echt."),
        Lesson(kind="werkte_niet", text="De groep was te groot."),
        Lesson(kind="tip", text="Neem de tijd."),
    ]
    page.save()
    rebuild(LESSONS)
    return page


def found(**parameters: Any) -> list[str]:
    return [row["text"] for row in Client().get("/lessen.json", parameters).json()["results"]]


@pytest.mark.parametrize("kind", ["werkte", "werkte-niet", "tip"])
def test_lessons_are_found_by_their_kind(practice: Any, kind: str) -> None:
    assert len(found(les=kind)) == 1
