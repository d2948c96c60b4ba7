"""The people of the review, who write lessons here."""

from tests.practices.moderation.conftest import world

__all__ = ["world"]
