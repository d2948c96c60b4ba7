"""The same set-up as that of people."""

from tests.practices.services.people.conftest import people

__all__ = ["people"]
