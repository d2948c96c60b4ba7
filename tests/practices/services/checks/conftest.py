"""Two municipalities, each with an official who is logged in, and a draft of the first."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client

from practices.models import MunicipalityPage, PracticePage
from practices.services.people.roles import ensure_municipality_group, ensure_roles
from tests.factories import MunicipalityPageFactory, PracticePageFactory, SiteTree

ClientOf = Callable[[User], Client]


@pytest.fixture
def official(site_tree: SiteTree, gouda: MunicipalityPage) -> User:
    """An official of Gouda."""
    return _official(site_tree, gouda, "gouda")


@pytest.fixture
def stranger(site_tree: SiteTree) -> User:
    """An official of another municipality."""
    return _official(site_tree, MunicipalityPageFactory(), "elders")


@pytest.fixture
def draft_page(gouda: MunicipalityPage) -> PracticePage:
    """A draft of Gouda that was never published."""
    return PracticePageFactory(parent=gouda, draft=True, title="Geheim plan", summary="")


@pytest.fixture
def client_of() -> ClientOf:
    """A browser in which a user is logged in."""

    def client(user: User) -> Client:
        browser = Client()
        browser.force_login(user)
        return browser

    return client


def _official(tree: SiteTree, page: MunicipalityPage, name: str) -> User:
    officials, _editors = ensure_roles(top=tree.home)
    user = User.objects.create_user(name, first_name="Kim", last_name="Ambtenaar")
    user.groups.set([officials, ensure_municipality_group(page=page)])
    return user
