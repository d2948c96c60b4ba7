"""The same set-up as that of lessons."""

from tests.practices.frontend.lessons.conftest import practice

__all__ = ["practice"]
