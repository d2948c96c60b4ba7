"""What tests of the plugin share."""

import pytest

from practices.models import MunicipalityPage
from tests.factories import MunicipalityFactory, MunicipalityPageFactory, SiteTree


@pytest.fixture
def gouda(site_tree: SiteTree) -> MunicipalityPage:
    """The page of Gouda, without practices yet."""
    return MunicipalityPageFactory(municipality=MunicipalityFactory(name="Gouda", slug="gouda"))
