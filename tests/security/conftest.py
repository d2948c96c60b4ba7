"""The world is built once for each module, and every test takes back what it changed."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import transaction
from django.test import override_settings

from tests import indexes
from tests.security.world import World, build


@pytest.fixture(scope="module")
def built(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[World]:
    """The world with its index; rolled back at the end of the module."""
    folder = tmp_path_factory.mktemp("world")
    # Documents are served from a folder, as on a real site.
    storages = settings.STORAGES | {
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": str(folder / "media")},
        }
    }
    with (
        django_db_blocker.unblock(),
        override_settings(STORAGES=storages, WEGWIJZER={**settings.WEGWIJZER, "API_LIMIT": 0}),
        indexes.index_in(folder / "index"),
        transaction.atomic(),
    ):
        world = build()
        call_command("search_rebuild", verbosity=0)
        yield world
        transaction.set_rollback(True)


@pytest.fixture
def world(built: World, db: None) -> World:
    """What a test changes is rolled back after it."""
    return built
