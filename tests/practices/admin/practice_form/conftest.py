"""The same set-up as that of checks and of moderation."""

from tests.practices.services.checks.conftest import (
    client_of,
    draft_page,
    official,
    stranger,
)
from tests.practices.services.moderation.conftest import world

__all__ = ["client_of", "draft_page", "official", "stranger", "world"]
