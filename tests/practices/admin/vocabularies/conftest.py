"""The same set-up as that of vocabularies."""

from tests.practices.services.vocabularies.conftest import merge, world

__all__ = ["merge", "world"]
