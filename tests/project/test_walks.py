"""The walks of docs/architecture.md, walked: where does the way climb back up?

A call counts from the room of ours that caused it to the room it enters, whatever of Django or
Wagtail lies between: a template tag is called by the view that renders.
"""

import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from django.test import Client

from practices.indexes.practices import PRACTICES
from search.indexing.rebuild import rebuild
from tests.mails import delivered
from tests.practices.services.moderation.conftest import EVERYTHING, World, review_of
from tools.architecture import PACKAGES, ROOT, floors

Edges = set[tuple[str, str]]
OURS = tuple(f"{ROOT / package}/" for package in PACKAGES)


def _levels() -> dict[str, int]:
    """How high each room lies, from the ground of the lowest package on."""
    found: dict[str, int] = {}
    height = 0
    for package in reversed(PACKAGES):
        for rooms in reversed(floors(package) or [[]]):
            height += 1
            found |= {f"{package}.{room}": height for room in rooms} or {package: height}
    return found


LEVELS = _levels()


def room_of(file: str) -> str:
    package, *rest = Path(file).relative_to(ROOT).with_suffix("").parts
    return package if package == "cms" else f"{package}.{rest[0]}"


def climbs(walk: Callable[[], Any]) -> Edges:
    """The rooms between which a call went up."""
    passed: Edges = set()

    def look(frame: FrameType, event: str, _argument: Any) -> None:
        entered = frame.f_code.co_filename
        # A generator is run where it is read, and belongs to where it was written.
        if event != "call" or frame.f_code.co_name == "<genexpr>" or not entered.startswith(OURS):
            return
        caller = frame.f_back
        while caller is not None and not caller.f_code.co_filename.startswith(OURS):
            caller = caller.f_back
        if caller is not None:
            passed.add((room_of(caller.f_code.co_filename), room_of(entered)))

    sys.setprofile(look)
    try:
        walk()
    finally:
        sys.setprofile(None)
    return {(low, high) for low, high in passed if LEVELS[high] > LEVELS[low]}


@pytest.fixture
def published(world: World, django_capture_on_commit_callbacks: Any) -> World:
    """A practice that everybody may find."""
    with django_capture_on_commit_callbacks(execute=True):
        world.published(title="Training over signaleren")
    rebuild(PRACTICES)
    return world


def test_a_search(published: World) -> None:
    visitor = Client()
    assert "Training over signaleren" in visitor.get("/praktijken/?q=training").content.decode()
    assert climbs(lambda: visitor.get("/praktijken/?q=training")) == {
        # The reader of practices is given to the search as a value.
        ("search.results", "practices.indexes"),
        # Tags of the template; what is on every page of the site; its measurements.
        ("practices.frontend", "practices.templatetags"),
        ("practices.frontend", "cms"),
        ("search.results", "cms"),
    }


def test_a_publication_and_its_mail(
    published: World, django_capture_on_commit_callbacks: Any
) -> None:
    page = published.submitted(title="Verdieping voor wijkagenten")
    editor = published.client("edith")
    address = f"/beheer/beoordelen/{review_of(page).pk}/"
    shown = editor.get(address).context
    seen = {name: shown[name] for name in ("version", "files")}
    decision = {"decision": "approve", "comment": "Mooi.", **seen}
    delivered().clear()

    def approve() -> None:
        with django_capture_on_commit_callbacks(execute=True):
            editor.post(address, {**dict.fromkeys(EVERYTHING, "on"), **decision})

    assert climbs(approve) == {
        # Signals: the index hears of it, and the site measures.
        ("practices.models", "practices.signals"),
        ("practices.models", "cms"),
        # Signals again: who did what is remembered, and perhaps told to whom it was done.
        ("practices.models", "practices.wiring"),
        ("practices.services", "practices.wiring"),
        ("practices.services", "cms"),
        # A model asks whether somebody may; who that is, is looked at only then.
        ("practices.models", "practices.admin"),
        # The function that loads documents is part of the index that was registered.
        ("search.indexing", "practices.indexes"),
        # The mail: a task is a function that the queue calls, and the site measures that it ended.
        ("search.tasks", "practices.services"),
        ("search.tasks", "cms"),
    }
    assert [message.to for message in delivered()] == [["sam@voorbeeld.example"]]
    assert "wijkagenten" in Client().get("/praktijken.json?q=wijkagenten").content.decode()
