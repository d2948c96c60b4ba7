"""The URL walk: nobody gets to see what isn't theirs, at any address of the site.

Set `WRITE_URL_TABLE=1` to write down what is there now; then look at every line that changed.
"""

import os
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.apps import apps
from django.core.management import call_command
from django.utils import timezone

from tests.security import table
from tests.security.forgetting import forget_secrets
from tests.security.routes import Route, addresses, crossed, routes
from tests.security.walker import Answer, Walker
from tests.security.world import MARKER, NUMBER, PUBLIC, Target, World

# Wagtail leaves the file of a rendition to the garbage collector.
pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")

ROUTES = list({route.pattern: route for route in routes()}.values())
LOGOUT = "beheer/logout/"
WATCHED = ("visitor", "other", "public")
"""The roles that see nothing of what is A's alone."""
FORM = {
    "title": "Gekaapt", "slug": "gekaapt", "action-publish": "1", "name": "approve",
    "comment": "Gekaapt", "live": "on", "owner": "1", "collection": "1", "next": "/beheer/",
    "new_title": "Gekaapt", "new_slug": "gekaapt", "is_active": "", "is_superuser": "on",
}  # fmt: skip
"""Fields that some form takes."""

UNWATCHED = {
    "Session", "EditingSession", "UserProfile", "RegisterStamp", "IndexEntry", "AuditEvent",
}  # fmt: skip
"""What a request may change for itself."""


def targets(role: str, world: World) -> list[Target]:
    secret = [target for state, target in world.secret.items() if state not in PUBLIC]
    if role == "visitor":
        return secret
    if role == "other":
        return [*secret, *(crossed(world, target) for target in world.secret.values())]
    if role == "public":
        return [*(world.secret[state] for state in PUBLIC), world.parent]
    return [world.secret["never"]]


def fewer(browser: Walker, route: Route, role: str, world: World) -> list[Target]:
    """The targets of a role; two will do where the door is shut to B even for what is B's own."""
    if role == "other" and all(
        browser.get(path).word == "denied" for path in addresses(route, world.own, world)
    ):
        never = world.secret["never"]
        return [never, crossed(world, never)]
    return targets(role, world)


def walker(role: str, world: World, **options: Any) -> Walker:
    name = "other" if role == "public" else role
    known = world.known[name] if role in WATCHED else None
    return Walker(world.users.get(name), known=known, **options)


def paths(route: Route, role: str, world: World) -> Iterator[tuple[Target, str]]:
    """Each address once, without those that point at what is B's own altogether."""
    asked = set()
    if route.parameters and role == "other":
        asked.update(addresses(route, world.own, world))
    for target in targets(role, world):
        for path in addresses(route, target, world, with_questions=role in WATCHED):
            if path not in asked:
                asked.add(path)
                yield target, path


def test_every_address_is_classified() -> None:
    rows = table.read()
    if os.environ.get("WRITE_URL_TABLE"):
        pytest.skip("the table is being written")
    assert sorted({route.pattern for route in ROUTES}) == sorted(rows)


@pytest.mark.parametrize("role", table.ROLES)
def test_everybody_gets_what_the_table_says(world: World, role: str) -> None:
    browser = walker(role, world)
    rows = table.read()
    wrong, leaks, found = [], [], {}
    for route in ROUTES:
        answers = [browser.get(path) for _target, path in paths(route, role, world)]
        words = "/".join(sorted({answer.word for answer in answers})) or "-"
        found[route.pattern] = words
        if rows.get(route.pattern, {}).get(role) != words:
            wrong.append(f"{route.pattern} {role}: {words}")
        if role in WATCHED:
            leaks += [leak for answer in answers if (leak := leaked(answer))]
    assert leaks == []
    if os.environ.get("WRITE_URL_TABLE"):
        rows = {pattern: rows.get(pattern, {}) for pattern in found}
        table.write(
            {
                pattern: dict.fromkeys(table.ROLES, "-") | cells | {role: found[pattern]}
                for pattern, cells in rows.items()
            }
        )
    else:
        assert wrong == []


def leaked(answer: Answer) -> str:
    """Where a secret stands in an answer; a question that holds the word itself proves nothing."""
    question = answer.path.partition("?")[2]
    if MARKER in question or str(NUMBER) in question:
        return ""
    text = answer.everything.casefold()
    for secret in (MARKER, str(NUMBER)):
        at = text.find(secret)
        if at >= 0:
            return f"{answer.path}: …{text[max(0, at - 60) : at + 60]}…"
    return ""


@pytest.mark.parametrize("role", ["visitor", "other"])
def test_what_may_not_be_seen_looks_like_what_does_not_exist(world: World, role: str) -> None:
    browser = walker(role, world)
    different = []
    beside_it: dict[str, Answer] = {}
    for route in ROUTES:
        own = set(addresses(route, world.own, world))
        for target in fewer(browser, route, role, world):
            is_crossed = target.page == world.own.page
            absent = crossed(world, world.absent) if is_crossed else world.absent
            pairs = zip(
                addresses(route, target, world), addresses(route, absent, world), strict=True
            )
            for path, beside in pairs:
                if path == beside or path in own:
                    continue
                if beside not in beside_it:
                    beside_it[beside] = browser.get(beside)
                got, expected = browser.get(path), beside_it[beside]
                if comparable(got, target) != comparable(expected, absent):
                    different.append(f"{path} {got.word}, {beside} {expected.word}")
    assert different == []


def comparable(answer: Answer, target: Target) -> tuple[int, str, str]:
    return answer.compared(*(value for value in vars(target).values() if len(str(value)) > 3))


@pytest.mark.parametrize("role", ["visitor", "other"])
def test_asking_for_the_head_only_tells_no_more(world: World, role: str) -> None:
    browser = walker(role, world)
    different = []
    for route in ROUTES:
        for path in addresses(route, world.secret["never"], world):
            head, got = browser.head(path), browser.get(path)
            if head.text or (head.word, head.location) != (got.word, got.location):
                different.append(f"{path}: {head.word}, not {got.word}")
    assert different == []


@pytest.mark.parametrize("role", ["visitor", "other", "own", "editor", "admin"])
def test_nothing_is_posted_without_the_token_of_the_site(world: World, role: str) -> None:
    browser = walker(role, world, enforce_csrf_checks=True)
    before = digest()
    accepted = {
        f"{route.pattern}: {answer.word}"
        for route in ROUTES
        # Mail programs stop mails without a cookie (RFC 8058): what lets them in is in the address.
        if route.pattern != "volgen/stop/<str:token>/"
        for path in addresses(route, world.secret["never"], world, with_questions=False)
        if (answer := browser.post(path, FORM)).status != 403
    }
    assert {line for line in accepted if not line.endswith((" 405", " login", " denied"))} == set()
    assert digest() == before


@pytest.mark.parametrize("role", ["visitor", "other"])
def test_what_others_post_changes_nothing_and_tells_nothing(world: World, role: str) -> None:
    browser = walker(role, world)
    aims = {route: fewer(browser, route, role, world) for route in ROUTES}
    before = digest()
    leaks = []
    for route in ROUTES:
        own = set(addresses(route, world.own, world, with_questions=False))
        for target in aims[route]:
            for path in addresses(route, target, world, with_questions=False):
                if (path in own and route.parameters) or route.pattern == LOGOUT:
                    continue
                if leak := leaked(browser.post(path, FORM)):
                    leaks.append(leak)
    assert leaks == []
    assert digest() == before


def digest() -> dict[str, int]:
    """All rows of all tables, except what somebody's own session changes."""
    return {
        model.__name__: hash(tuple(map(str, model._default_manager.order_by("pk").values_list())))
        for model in apps.get_models()
        if model.__name__ not in UNWATCHED
    }


def test_without_what_is_secret_the_site_looks_the_same(world: World) -> None:
    """Counts, orders, dates, suggestions: nothing tells that there is something to hide."""
    asked = list(plain_addresses(world))
    browsers = {role: walker(role, world) for role in ("visitor", "other")}
    with_secrets = {
        (role, path): browser.get(path).compared() for role, browser in browsers.items()
        for path in asked
    }  # fmt: skip
    forget_secrets(world)
    call_command("search_rebuild", verbosity=0)
    for browser in browsers.values():
        browser.known = None
    with time_machine.travel(timezone.now() + timedelta(minutes=10)):
        without = {
            (role, path): browser.get(path).compared() for role, browser in browsers.items()
            for path in asked
        }  # fmt: skip
    assert [where for where in with_secrets if with_secrets[where] != without[where]] == []


def plain_addresses(world: World) -> Iterator[str]:
    """Addresses that point at what is public or B's own, with every question."""
    seen = set()
    for route in ROUTES:
        for target in (world.own, world.parent, *(world.secret[state] for state in PUBLIC)):
            for path in addresses(route, target, world):
                if path not in seen:
                    seen.add(path)
                    yield path
