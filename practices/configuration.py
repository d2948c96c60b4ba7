"""What a site may set about the plugin: the dictionary `WEGWIJZER` in its settings.

Each field of `Configuration` is a key, in capitals; `docs/plugin.md` has them all.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from typing import Any, get_args, get_origin, get_type_hints

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.signals import setting_changed

NAME = "WEGWIJZER"
MENU_ITEMS = (
    "te-beoordelen",
    "my-municipality",
    "considering",
    "registers",
    "officials",
    "invitations",
    "figures",
    "set-aside",
    "who-did-what",
)
"""The items that the plugin adds to the menus of the admin, by the names they have there."""


@dataclass(frozen=True, slots=True)
class Configuration:
    """The keys of `WEGWIJZER`, with what holds where a site says nothing."""

    base_template: str = "base.html"
    """The template of the site that the public pages extend."""
    trusted_proxies: int = 0
    """How many proxies of its own stand before the site: so far `X-Forwarded-For` is believed."""
    api_limit: int = 120
    """Requests to the API that one address may make in a minute; 0: no limit."""
    menu_items: tuple[str, ...] = MENU_ITEMS
    """The items that the plugin adds to the menus of the admin."""
    home_panels: bool = True
    """Whether the first page of the admin shows officials their own, and editors what waits."""
    short_menu: bool = True
    """Whether the menu of an official holds only what is an official's."""
    allow_list: bool = True
    """Whether officials get only those views of the admin that show nothing of others."""
    hide_drafts: bool = True
    """Whether choosers of pages leave out drafts that somebody may not edit."""
    keep_published: bool = True
    """Whether a practice that was public can only be archived, not deleted, so that links hold."""
    editors_publish_new_pages: bool = True
    """Whether editors may publish what is made directly below the home page."""
    review_mails: bool = True
    """Whether editors and authors are mailed about reviews."""
    only_practices: bool = False
    """Whether the admin is for practices only: who is no editor is then treated as an official."""


def configuration() -> Configuration:
    """What holds for this site.

    Raises `ImproperlyConfigured` with a sentence for each key that is wrong.
    """
    return _read()


def mistakes() -> list[str]:
    """A sentence for each key that does not exist or has a value of another kind."""
    given = getattr(settings, NAME, {})
    if not isinstance(given, Mapping):
        return [f"{NAME} is no dictionary. Write {NAME} = {{…}} in your settings."]
    kinds = {name.upper(): kind for name, kind in get_type_hints(Configuration).items()}
    unknown = [_unknown(key, list(kinds)) for key in given if key not in kinds]
    wrong = [
        f"{NAME}[{key!r}] must be {_said(kinds[key])}, not {value!r}."
        for key, value in given.items()
        if key in kinds and not _fits(value, kinds[key])
    ]
    items = given.get("MENU_ITEMS", ())
    strange = [
        f"{NAME}['MENU_ITEMS'] names {item!r}. Choose from: {', '.join(MENU_ITEMS)}."
        for item in (items if _fits(items, tuple[str, ...]) else ())
        if item not in MENU_ITEMS
    ]
    return unknown + wrong + strange


def _unknown(key: Any, known: list[str]) -> str:
    near = get_close_matches(str(key).upper(), known, n=1)
    cure = f"Did you mean {near[0]!r}?" if near else f"Known are: {', '.join(sorted(known))}."
    return f"{NAME} has no key {key!r}. {cure}"


def _fits(value: Any, kind: Any) -> bool:
    if get_origin(kind) is tuple:
        of = get_args(kind)[0]
        return isinstance(value, (list, tuple, set, frozenset)) and all(
            isinstance(one, of) for one in value
        )
    if kind is int:
        return type(value) is int and value >= 0
    return isinstance(value, kind)


def _said(kind: Any) -> str:
    return {
        bool: "True or False",
        int: "a whole number of at least 0",
        str: "a text",
    }.get(kind, "a list of texts")


@cache
def _read() -> Configuration:
    if wrong := mistakes():
        raise ImproperlyConfigured("\n".join(wrong))
    given = getattr(settings, NAME, {})
    values = {key.lower(): value for key, value in given.items()}
    if "menu_items" in values:
        values["menu_items"] = tuple(values["menu_items"])
    return Configuration(**values)


def _forget(*, setting: str, **_kwargs: Any) -> None:
    if setting == NAME:
        _read.cache_clear()


setting_changed.connect(_forget)
