"""Processes really killed: nothing is lost, and the old index serves until there is a new one."""

import json
import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.faults.conftest import Site

pytestmark = pytest.mark.fault

KILLED = -9


def test_a_process_killed_between_commit_and_delivery_loses_nothing(site: Site) -> None:
    assert site.script("publish_and_die_after_the_commit", "Ontbijt") == KILLED
    assert site.titles() == ["Eerste", "Ontbijt"]
    assert site.found() == ["Eerste"], "the index cannot know yet"
    assert "1" in site.manage("search_drain")
    assert site.found() == site.found("") == ["Eerste", "Ontbijt"]
    assert site.found("ontbijt") == ["Ontbijt"]


def test_the_next_publication_brings_along_what_a_killed_process_left(site: Site) -> None:
    assert site.script("publish_and_die_after_the_commit", "Ontbijt") == KILLED
    assert site.script("publish", "Borrel") == 0
    assert site.found() == ["Borrel", "Eerste", "Ontbijt"]


def test_a_server_delivers_at_its_start_what_a_killed_process_left(
    site: Site, request: pytest.FixtureRequest
) -> None:
    assert site.script("publish_and_die_after_the_commit", "Ontbijt") == KILLED
    get: Callable[[str], str] = request.getfixturevalue("server")
    for _ in range(200):
        if json.loads(get("/praktijken.json"))["total"] == 2:
            break
    assert json.loads(get("/praktijken.json?q=%22ontbijt%22"))["total"] == 1


def test_a_process_killed_while_it_writes_the_index_loses_nothing(site: Site) -> None:
    assert site.script("publish_and_die_in_the_commit_of_the_index", "Ontbijt") == KILLED
    assert site.found() == ["Eerste"]
    site.manage("search_drain")
    assert site.found() == ["Eerste", "Ontbijt"]


def test_a_rebuild_killed_before_the_swap_leaves_the_old_index_and_is_cleaned_up(
    site: Site,
) -> None:
    index = site.folder / "index" / "practices"
    before = (index / "live").readlink()
    assert site.script("rebuild_and_die_before_the_swap") == KILLED
    assert (index / "live").readlink() == before
    assert len(list(index.glob("generation-*"))) == 2
    assert site.found() == ["Eerste"]
    site.manage("search_rebuild")
    assert len(list(index.glob("generation-*"))) == 1
    assert site.found() == ["Eerste"]


def test_all_server_processes_see_a_publication_at_once(
    site: Site, server: Callable[[str], str]
) -> None:
    for number in range(3):
        assert site.script("publish", f"Ronde {number}") == 0
        with ThreadPoolExecutor(8) as pool:
            answers = list(pool.map(server, ["/praktijken.json?q=%22ronde%22"] * 24))
        assert {json.loads(answer)["total"] for answer in answers} == {number + 1}


def test_a_rebuild_while_others_publish_misses_nothing(site: Site) -> None:
    writers = [
        site.start("-m", "tests.faults.scripts", "publish_many", prefix, "8")
        for prefix in ("Noord", "Zuid")
    ]
    rebuilds = 0
    while any(writer.poll() is None for writer in writers):
        site.manage("search_rebuild")
        rebuilds += 1
    for writer in writers:
        assert writer.communicate()[1] == ""
        assert writer.returncode == 0
    assert rebuilds
    assert len(site.titles()) == 17
    assert site.found() == site.titles()
    assert re.search(r"wachtende wijzigingen +0\n", site.manage("search_status"))
