"""Where real services answer; a test that needs one is skipped at home without it, fails in CI."""

import os

import pytest


def elasticsearch_url() -> str:
    """The address of a real Elasticsearch, from `ELASTICSEARCH_URL`."""
    return _needed("ELASTICSEARCH_URL", "Elasticsearch")


def database_url() -> str:
    """The address of a real PostgreSQL, whose user may make databases; `TEST_DATABASE_URL`."""
    return _needed("TEST_DATABASE_URL", "PostgreSQL")


def _needed(variable: str, service: str) -> str:
    url = os.environ.get(variable, "")
    if not url:
        message = f"{service} is needed: run `make services`, or set {variable}."
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    return url
