"""The same set-up as that of likeness."""

from tests.practices.indexes.likeness.conftest import region

__all__ = ["region"]
