"""Where real services answer; a test that needs one is skipped at home without it, fails in CI."""

import os

import pytest

from tools.services.__main__ import VARIABLES, find


def elasticsearch_url() -> str:
    """The address of a real Elasticsearch: `ELASTICSEARCH_URL`, or what `make services` started."""
    return _needed("elasticsearch", "Elasticsearch")


def database_url() -> str:
    """That of a real PostgreSQL: `TEST_DATABASE_URL`, or what `make services` started.

    Its user may make databases.
    """
    return _needed("postgresql", "PostgreSQL")


def _needed(name: str, service: str) -> str:
    url = find(name)
    if not url:
        message = f"{service} is needed: run `make services`, or set {VARIABLES[name]}."
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    return url
