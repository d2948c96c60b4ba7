"""Where real services answer; a test that needs one is skipped at home without it, fails in CI."""

import os
from typing import NoReturn

import pytest

from tools.services import ServiceError
from tools.services.__main__ import needed


def elasticsearch_url() -> str:
    """The address of a real Elasticsearch: `ELASTICSEARCH_URL`, or what `make services` started."""
    return _needed("elasticsearch")


def database_url() -> str:
    """That of a real PostgreSQL: `TEST_DATABASE_URL`, or what `make services` started.

    Its user may make databases.
    """
    return _needed("postgresql")


def missing(message: str) -> NoReturn:
    """Skip the test at home, and fail it in CI."""
    if os.environ.get("CI"):
        pytest.fail(message)
    pytest.skip(message)


def _needed(name: str) -> str:
    try:
        return needed(name)
    except ServiceError as error:
        missing(str(error))
