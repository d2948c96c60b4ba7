"""Somebody cuts off or removes what an index is made of, while processes have it in use."""

import logging
import shutil
from pathlib import Path

import pytest

from cms.health import checks
from cms.health.findings import State
from search.engines.base import EngineError, IndexMissingError, Request
from search.engines.standby import StandbyEngine
from search.engines.tantivy.engine import TantivyEngine
from search.indexing.check import Drift, compare
from search.indexing.outbox import record
from search.indexing.rebuild import rebuild
from search.indexing.upkeep import keep_up
from search.models import Change, Follower
from tests.search.indexing.shelf import Shelf

KEYS = [*range(1, 21)]
FILES = (
    "store",
    "term",
    "idx",
    "pos",
    "fast",
    "fieldnorm",
    "meta.json",
    ".managed.json",
    "about.json",
)


@pytest.fixture
def shelf(db: None) -> Shelf:
    made = Shelf()
    made.put(*KEYS)
    return made


@pytest.fixture
def standby(shelf: Shelf, tmp_path: Path) -> StandbyEngine:
    """In use: what it answers with is in memory."""
    engine = StandbyEngine(shelf.index, tmp_path)
    rebuild(shelf.index, engine)
    assert total(engine) == len(KEYS)
    return engine


def total(engine: TantivyEngine) -> int:
    return engine.search(Request()).total


def damage(engine: TantivyEngine, what: str) -> None:
    kind, how = what.split()
    if kind == "folder":
        shutil.rmtree(engine.folder)
        return
    if kind == "live":
        lose_link(engine.folder / "live", how)
        return
    found = [one for one in (engine.folder / "live").iterdir() if one.name.endswith(kind)]
    assert found, kind
    for file in found:
        if how == "gone":
            file.unlink()
            continue
        # Another file in its place: whoever reads a part of a file in memory that was cut off is
        # killed by the machine, as `tests/faults/test_standby.py` does.
        left = file.read_bytes()[: file.stat().st_size // 2 if how == "cut" else 0]
        other = file.with_suffix(".other")
        other.write_bytes(left)
        other.replace(file)


def lose_link(live: Path, how: str) -> None:
    """As whoever copies the folder does with a tool that follows links, or one that has none."""
    generation = live.resolve()
    live.unlink()
    if how == "followed":
        for copy in (live, live.with_name("next-000000000000")):
            shutil.copytree(generation, copy)
    elif how == "written":
        live.write_text(generation.name)


DAMAGE = [
    *(f"{kind} {how}" for kind in FILES for how in ("cut", "gone", "empty")),
    *(f"live {how}" for how in ("gone", "followed", "written")),
    "folder gone",
]
ONLY_FOR_WRITERS = ".managed.json gone"
"""Tantivy makes it anew."""


@pytest.mark.parametrize("what", DAMAGE)
def test_an_index_that_is_damaged_says_so_and_heals(
    shelf: Shelf, standby: StandbyEngine, what: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    damage(standby, what)
    if what != ONLY_FOR_WRITERS:
        with pytest.raises(IndexMissingError):
            standby.check()
        with pytest.raises(EngineError):
            standby.status()
        assert checks._engines([standby]).state is not State.GOOD
        assert compare(shelf.index, standby).fault, "and no false differences"
    for _tick in range(3):
        keep_up(shelf.index, standby, may_rebuild_shared=False)
    assert total(standby) == len(KEYS)
    assert compare(shelf.index, standby) == Drift()
    built = [line for line in caplog.messages if "is built" in line]
    assert len(built) == (what != ONLY_FOR_WRITERS)
    other_process = StandbyEngine(shelf.index, standby.folder.parent)
    assert total(other_process) == len(KEYS)
    assert other_process.follower == standby.follower
    assert Follower.objects.count() == 1


@pytest.mark.parametrize("what", DAMAGE)
def test_a_change_that_comes_to_a_damaged_index_is_not_lost(
    shelf: Shelf, standby: StandbyEngine, what: str
) -> None:
    damage(standby, what)
    shelf.put(30)
    Follower.objects.update(is_current=True)
    record(shelf.index, [30])
    for _tick in range(2):
        keep_up(shelf.index, standby, may_rebuild_shared=False)
    assert total(standby) == len(KEYS) + 1
    assert not Change.objects.filter(is_set_aside=True).exists()


def test_a_process_that_starts_on_a_damaged_index_reads_nothing_of_it(
    shelf: Shelf, standby: StandbyEngine
) -> None:
    for kind in ("store", "fast"):
        damage(standby, f"{kind} cut")
        fresh = StandbyEngine(shelf.index, standby.folder.parent)
        with pytest.raises(IndexMissingError):
            fresh.search(Request())
        keep_up(shelf.index, fresh, may_rebuild_shared=False)
        assert total(fresh) == len(KEYS)


def test_commits_of_others_are_no_damage(shelf: Shelf, standby: StandbyEngine) -> None:
    other = StandbyEngine(shelf.index, standby.folder.parent)
    for number in range(15):
        shelf.put(1 + number % 3, title=f"titel {number}")
        record(shelf.index, [1 + number % 3])
        keep_up(shelf.index, other, may_rebuild_shared=False)
        standby.check()
    assert total(standby) == len(KEYS)


def test_processes_agree_on_an_id_after_their_folder_was_removed_or_its_id_cut_off(
    shelf: Shelf, standby: StandbyEngine
) -> None:
    before = standby.follower
    (standby.folder / "follower").write_text("")
    assert standby.follower == before
    shutil.rmtree(standby.folder)
    started_before_it_was_noticed = StandbyEngine(shelf.index, standby.folder.parent)
    assert standby.follower == started_before_it_was_noticed.follower != before
