"""Officials of two municipalities, and white spots that they consider."""

from collections.abc import Callable
from typing import Any

import html5lib
import pytest
from django.contrib.auth.models import User
from django.http import QueryDict
from django.test import Client

from practices.indexes import registers
from practices.indexes.practices import PRACTICES
from practices.models import Consideration, Municipality, QueuedMail
from practices.services.considerations.cells import Cell, read_cell
from practices.services.considerations.steps import consider
from search.indexing.rebuild import rebuild
from tests.factories import TermFactory
from tests.mails import delivered
from tests.practices.services.people.conftest import People, people

__all__ = ["people"]

KEY = "doelgroep=kader&vorm=lunch"
PAGE = "/beheer/overwegen/"

Considers = Callable[..., Consideration]


@pytest.fixture(autouse=True)
def terms(db: None) -> None:
    """The terms of two white spots, in an index without practices."""
    for vocabulary, slug in (("vorm", "lunch"), ("vorm", "training"), ("doelgroep", "kader")):
        TermFactory(vocabulary=vocabulary, slug=slug)
    TermFactory(vocabulary="thema", slug="duiden")
    registers.forget()
    rebuild(PRACTICES)


def cell(key: str = KEY) -> Cell:
    found, notices = read_cell(QueryDict(key), registers.current().facets)
    assert found is not None
    assert notices == []
    return found


@pytest.fixture
def considers(django_capture_on_commit_callbacks: Any) -> Considers:
    """Lets an official consider something, with what happens after the commit."""

    def do(by: User, municipality: Municipality, key: str = KEY, **more: Any) -> Consideration:
        with django_capture_on_commit_callbacks(execute=True):
            consider(cell=cell(key), municipality=municipality, by=by, **more)
        return Consideration.objects.get(municipality=municipality, cell=key)

    return do


@pytest.fixture
def both(people: People, considers: Considers) -> tuple[Consideration, Consideration]:
    """Both municipalities consider the same, and the mails of that are read."""
    found = (
        considers(people.official, people.page.municipality),
        considers(people.other, people.other_page.municipality),
    )
    delivered().clear()
    return found


def browser(user: User) -> Client:
    client = Client()
    client.force_login(user)
    # Each of these browsers is a new one, which is mailed.
    QueuedMail.objects.filter(kind="notice").delete()
    return client


def page_of(user: User, address: str = PAGE) -> str:
    response = browser(user).get(address)
    assert response.status_code == 200
    return response.content.decode()


def main_of(user: User, address: str = PAGE) -> str:
    """The text of the page without its marks."""
    tree = html5lib.parse(page_of(user, address), namespaceHTMLElements=False)
    texts = [text for text in next(tree.iter("main")).itertext() if "{" not in text]
    return " ".join(" ".join(texts).split())


def mailed() -> list[tuple[str, str]]:
    """To whom mails went, and what they say; each to one person."""
    assert all(len(one.recipients()) == 1 for one in delivered())
    return sorted((one.to[0], f"{one.subject}\n{one.body}") for one in delivered())
