"""Where real services answer; a test that needs one is skipped at home without it, fails in CI."""

import os
from typing import NoReturn

import pytest


def elasticsearch_url() -> str:
    """The address of a real Elasticsearch, from `ELASTICSEARCH_URL`."""
    return _needed("ELASTICSEARCH_URL", "Elasticsearch")


def _needed(variable: str, service: str) -> str:
    url = os.environ.get(variable, "")
    if not url:
        missing(f"{service} is needed: run `make services`, or set {variable}.")
    return url


def missing(message: str) -> NoReturn:
    """Skip the test at home, and fail it in CI."""
    if os.environ.get("CI"):
        pytest.fail(message)
    pytest.skip(message)
