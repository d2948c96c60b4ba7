"""What tests of all packages share."""

import os
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from django.core.cache import cache, caches
from hypothesis import settings
from pytest_django import DjangoDbBlocker

from practices.admin.practice_form.views import report_limit
from practices.api.guard import request_limit
from practices.services.pdf.typesetting import release
from tests import databases, indexes
from tests.factories import SiteTree, make_tree

# The same examples every time, however slow the machine; `--hypothesis-profile explore` for more.
settings.register_profile("same", deadline=None, derandomize=True)
settings.register_profile("explore", deadline=None, max_examples=2000)
settings.load_profile("same")


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, django_db_blocker: DjangoDbBlocker
) -> None:
    """pytest-django's place for it: the test database comes from a template."""
    with django_db_blocker.unblock():
        databases.use_template()


@pytest.fixture
def site_tree(db: None) -> SiteTree:
    """The pages under which everything else stands."""
    return make_tree()


@pytest.fixture(autouse=True)
def empty_cache(
    request: pytest.FixtureRequest, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """No test sees what another left in a cache."""
    cache.clear()
    request_limit.forget()
    report_limit.forget()
    yield
    # Its table is no model's: it is not emptied with theirs where nothing is rolled back.
    if rolls_nothing_back(request.node):
        with django_db_blocker.unblock():
            caches["shared"].clear()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item) -> Iterator[None]:
    """After a test that empties all tables they hold again what they held before any test."""
    yield
    if rolls_nothing_back(item):
        databases.restore()


def rolls_nothing_back(item: pytest.Item) -> bool:
    """Whether a test commits what it does."""
    marker = item.get_closest_marker("django_db")
    is_marked = marker is not None and marker.kwargs.get("transaction", False)
    return is_marked or "transactional_db" in getattr(item, "fixturenames", ())


@pytest.fixture(autouse=True)
def own_index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Every test has an index of its own, which is not there until something is indexed."""
    if indexes.is_chosen():
        yield
        return
    with indexes.index_in(tmp_path_factory.getbasetemp() / f"index-{uuid4().hex}"):
        yield


@pytest.fixture
def on_tantivy(own_index: None, tmp_path: Path) -> Iterator[None]:
    """For what is done to tantivy's own files or name, whichever engine the suite runs on."""
    with indexes.index_in(tmp_path / "tantivy", "tantivy"):
        yield


@pytest.fixture
def pango() -> None:
    """Skips loudly at home where the machine cannot make PDFs; fails in CI."""
    if not release():
        assert not os.environ.get("CI"), "Pango is missing: see README.md"
        pytest.skip("Pango is missing: no PDF can be made; see README.md")
