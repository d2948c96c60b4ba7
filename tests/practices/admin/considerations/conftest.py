"""The same set-up as that of considerations."""

from tests.practices.services.considerations.conftest import both, considers, people, terms

__all__ = ["both", "considers", "people", "terms"]
