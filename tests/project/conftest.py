"""The same set-up as that of moderation."""

from tests.practices.services.moderation.conftest import world

__all__ = ["world"]
