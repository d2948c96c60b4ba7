"""A few practices of two municipalities, with a WegWijzer, in the index."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client

from practices.api import found
from practices.indexes.lessons import LESSONS
from practices.indexes.practices import PRACTICES
from practices.models import MunicipalityPage, PracticePage, SignpostPage
from search.indexing.rebuild import rebuild
from tests.factories import (
    MunicipalityFactory,
    MunicipalityPageFactory,
    PracticePageFactory,
    SignpostPageFactory,
    SiteTree,
)


@dataclass(frozen=True)
class Published:
    """What everybody may see; the first practice has something in every field."""

    gouda: MunicipalityPage
    ede: MunicipalityPage
    practices: list[PracticePage]
    signpost: SignpostPage


@pytest.fixture(autouse=True)
def nothing_found() -> Iterator[None]:
    """Nobody asked before."""
    found.forget()
    yield
    found.forget()


@pytest.fixture
def no_limit(settings: Any) -> None:
    """Somebody may ask as often as a test wants."""
    settings.WEGWIJZER = {**settings.WEGWIJZER, "API_LIMIT": 0}


@pytest.fixture
def published(site_tree: SiteTree) -> Published:
    ede = MunicipalityPageFactory(
        municipality=MunicipalityFactory(code="GM0228", name="Ede", province="PV25")
    )
    gouda = MunicipalityPageFactory(
        municipality=MunicipalityFactory(code="GM0513", name="Gouda", neighbours=[ede.municipality])
    )
    practices = [
        PracticePageFactory(
            parent=gouda, title="Wijkoverleg", terms={"formats": ["training"]}, complete=True
        ),
        PracticePageFactory(parent=gouda, title="Lunch", terms={"formats": ["lunch"]}),
        PracticePageFactory(parent=ede, title="Jongerenwerk", terms={"formats": ["training"]}),
    ]
    signpost = SignpostPageFactory(code="WW0109", practices=practices[:2])
    rebuild(PRACTICES)
    rebuild(LESSONS)
    return Published(gouda, ede, practices, signpost)


def walk(client: Client, path: str, **query: Any) -> Iterator[dict[str, Any]]:
    """All pages of a list, one after the other."""
    response = client.get(path, query)
    while True:
        assert response.status_code == 200, response.content.decode()
        page = response.json()
        yield page
        if page["volgende"] is None:
            return
        response = client.get(page["volgende"])
