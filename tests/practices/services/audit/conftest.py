"""The same set-up as that of reviews."""

from tests.practices.services.moderation.conftest import world

__all__ = ["world"]
