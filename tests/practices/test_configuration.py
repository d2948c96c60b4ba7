import re
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
from django.core.checks import run_checks
from django.core.exceptions import ImproperlyConfigured

from practices.configuration import MENU_ITEMS, Configuration, configuration, mistakes

GUIDE = (Path(__file__).resolve().parents[2] / "docs/plugin.md").read_text()
TABLE = dict(re.findall(r"^\| `([A-Z_]+)` \| (`[^`]*`|all) \|", GUIDE, re.MULTILINE))


def test_without_a_dictionary_the_defaults_hold(settings: Any) -> None:
    settings.WEGWIJZER = {}  # its going says nothing, its coming does
    del settings.WEGWIJZER
    assert configuration() == Configuration()


def test_what_a_site_says_holds_at_once(settings: Any) -> None:
    settings.WEGWIJZER = {"API_LIMIT": 3, "MENU_ITEMS": ["figures"]}
    assert (configuration().api_limit, configuration().menu_items) == (3, ("figures",))
    settings.WEGWIJZER = {}
    assert configuration().api_limit == 120


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"API_LIMITS": 3}, "WEGWIJZER has no key 'API_LIMITS'. Did you mean 'API_LIMIT'?"),
        ({"api_limit": 3}, "WEGWIJZER has no key 'api_limit'. Did you mean 'API_LIMIT'?"),
        ({"QX": 3}, "WEGWIJZER has no key 'QX'. Known are: ALLOW_LIST, API_LIMIT, BASE_TEMPLATE"),
        (
            {"API_LIMIT": "3"},
            "WEGWIJZER['API_LIMIT'] must be a whole number of at least 0, not '3'",
        ),
        ({"API_LIMIT": -1}, "['API_LIMIT'] must be a whole number of at least 0, not -1"),
        ({"API_LIMIT": True}, "must be a whole number of at least 0, not True"),
        ({"HOME_PANELS": 1}, "WEGWIJZER['HOME_PANELS'] must be True or False, not 1"),
        ({"BASE_TEMPLATE": None}, "WEGWIJZER['BASE_TEMPLATE'] must be a text, not None"),
        ({"MENU_ITEMS": "figures"}, "WEGWIJZER['MENU_ITEMS'] must be a list of texts"),
        ({"MENU_ITEMS": ["figure"]}, "WEGWIJZER['MENU_ITEMS'] names 'figure'. Choose from: te-be"),
        (["API_LIMIT"], "WEGWIJZER is no dictionary. Write WEGWIJZER = {…} in your settings."),
    ],
)
def test_what_does_not_fit_is_said_with_what_to_do(
    settings: Any, given: Any, sentence: str
) -> None:
    settings.WEGWIJZER = given
    [told] = [one.msg for one in run_checks() if one.id == "practices.E002"]
    assert sentence in told
    with pytest.raises(ImproperlyConfigured, match=re.escape(sentence)):
        configuration()


def test_this_site_makes_no_mistake() -> None:
    assert mistakes() == []


def test_the_guide_has_every_key_with_its_default() -> None:
    defaults = {field.name.upper(): field.default for field in fields(Configuration)}
    assert set(TABLE) == set(defaults)
    for key, default in defaults.items():
        shown = "all" if key == "MENU_ITEMS" else f"`{default!r}`".replace("'", '"')
        assert TABLE[key] == shown, key


def test_the_guide_has_every_item_of_the_menus() -> None:
    [line] = [line for line in GUIDE.splitlines() if line.startswith("| `MENU_ITEMS` ")]
    assert set(MENU_ITEMS) == set(re.findall(r"`([a-z-]+)`", line))
