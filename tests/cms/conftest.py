"""People who have an account."""

from tests.practices.services.people.conftest import people

__all__ = ["people"]
