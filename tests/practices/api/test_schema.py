"""Schemathesis asks the API what its description allows and what it does not, with all checks."""

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, settings
from schemathesis.config import (
    ChecksConfig,
    GenerationConfig,
    ProjectConfig,
    ProjectsConfig,
    SchemathesisConfig,
)
from schemathesis.config._checks import PositiveDataAcceptanceConfig

from practices.api.description import description
from practices.models import Vocabulary
from tests.factories import TermFactory
from tests.practices.api.conftest import Published

ANSWERS = ["2xx", "3xx", "400", "404"]
"""What can follow on what the description allows.

400 too: which terms there are is not in it, as editors change them, nor which cursor fits.
"""
EXAMPLE = 12
"""The id in the description."""
CONFIG = SchemathesisConfig(
    seed=46,
    projects=ProjectsConfig(
        default=ProjectConfig(
            generation=GenerationConfig(max_examples=25, deterministic=True),
            checks=ChecksConfig(
                positive_data_acceptance=PositiveDataAcceptanceConfig(expected_statuses=ANSWERS)
            ),
        )
    ),
)


def described() -> Any:
    """The description, to be asked of the site in this process."""
    schema = schemathesis.openapi.from_dict(description(), config=CONFIG)
    schema.app = get_wsgi_application()
    return schema


@pytest.fixture
def one_connection() -> Iterator[None]:
    """A real WSGI application closes connections after requests; that of the test stays."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.usefixtures("one_connection")
@described().parametrize()
@settings(deadline=None, suppress_health_check=list(HealthCheck))
def test_every_answer_is_as_described(
    case: "schemathesis.Case[Any]", published: Published, settings: Any
) -> None:
    settings.WEGWIJZER = {**settings.WEGWIJZER, "API_LIMIT": 0}
    settings.ALLOWED_HOSTS = ["localhost"]
    TermFactory(vocabulary=Vocabulary.TARGET_GROUP, slug="jongerenwerk")
    if case.path_parameters.get("id") == EXAMPLE:
        case.path_parameters["id"] = published.practices[0].pk
    # Its client does not unpack what the site sends compressed.
    case.call_and_validate(headers={"Accept-Encoding": "identity"})
