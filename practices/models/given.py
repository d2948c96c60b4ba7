"""What a model is given when the app is ready: forms, presenters, the conduct of a review.

These stand above the models and read them, so a model cannot import them. As Wagtail's admin gives
pages their form, `practices.wiring` gives them to each model; a model only says what it needs.
"""

from typing import Any, ClassVar

from django.core.exceptions import AppRegistryNotReady


class NotGivenError(AppRegistryNotReady):
    """Something was asked of a model before `practices` was ready."""


class Given:
    """An attribute of a class that is replaced when the app is ready.

    Whoever asks before gets `NotGivenError`, never a default that Wagtail would keep.
    """

    known: ClassVar[list["Given"]] = []
    """All there are, for the system check."""

    owner: type
    name: str

    def __set_name__(self, owner: type, name: str) -> None:
        self.owner, self.name = owner, name
        self.known.append(self)

    def __get__(self, instance: object, owner: type) -> Any:
        raise NotGivenError(
            f"{owner.__name__}.{self.name} is given when the app `practices` is ready. Ask for it "
            "later than that: not at import, nor in the `ready` of an app that stands before "
            "`practices` in INSTALLED_APPS."
        )

    @property
    def is_missing(self) -> bool:
        """Whether nothing took its place."""
        return self.owner.__dict__.get(self.name) is self


def given() -> Any:
    """An attribute that `practices.wiring` gives; typed by its annotation."""
    return Given()
