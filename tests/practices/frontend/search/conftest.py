"""The same set-up as that of pairs."""

from tests.practices.indexes.pairs.conftest import place, taught

__all__ = ["place", "taught"]
