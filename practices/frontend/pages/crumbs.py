"""The way from the home page to a page."""

from typing import NamedTuple

from django.utils.translation import gettext as _

from practices.addresses import SEARCH, municipality_address


class Crumb(NamedTuple):
    """One step of the way."""

    name: str
    url: str


def home() -> list[Crumb]:
    """The way to a page right under the home page."""
    return [Crumb(_("Home"), "/")]


def search() -> list[Crumb]:
    """The way to a page about many practices."""
    return [*home(), Crumb(_("Practices"), SEARCH)]


def municipalities() -> list[Crumb]:
    """The way to a municipality."""
    return [*home(), Crumb(_("Municipalities"), "/gemeenten/")]


def municipality(name: str, slug: str) -> list[Crumb]:
    """The way to a practice of a municipality."""
    return [*municipalities(), Crumb(name, municipality_address(slug))]


def signposts() -> list[Crumb]:
    """The way to a WegWijzer."""
    return [*home(), Crumb("WegWijzers", "/wegwijzers/")]
