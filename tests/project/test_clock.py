"""Shared rows of the search hold the time of the database, never that of a machine.

So does whatever a timed job writes, or takes away because its time is over.
"""

import ast
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from search.running import jobs

ROOT = Path(__file__).resolve().parents[2]
CLOCKS = {("timezone", "now"), ("datetime", "now"), ("time", "time"), ("time", "time_ns")}
FOLDERS = ("search", "cms/health", "cms/metrics", "practices/services/mails")
ITS_OWN = {
    "search/clock.py": "gives the time of the database",
    "search/engines/elasticsearch/generations.py": "a moment in a name that nobody reads",
    "practices/models/registers.py": "a number that differs from all before; nobody orders by it",
}


def asked(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text())):
        match node:
            case ast.Call(func=ast.Attribute(value=ast.Name(id=module), attr=name)):
                is_today = name == "localdate" and not node.args
                if (module, name) in CLOCKS or is_today:
                    yield f"{path.relative_to(ROOT)}:{node.lineno}"


def others(lines: set[str]) -> set[str]:
    return {line for line in lines if line.rpartition(":")[0] not in ITS_OWN}


def test_the_search_asks_no_clock_but_that_of_the_database() -> None:
    paths = [path for folder in FOLDERS for path in (ROOT / folder).rglob("*.py")]
    assert len(paths) > 50
    found = {line for path in paths for line in asked(path)}
    assert not others(found)
    assert any(line.startswith("search/clock.py") for line in found), "the walk sees nothing"


def test_no_timed_job_of_ours_asks_another_clock(db: None) -> None:
    """Those of Django and Wagtail do: a machine whose clock is wrong leaves jobs to others."""
    actions = [job.action for source in jobs._sources for job in source()]
    names = {one.__module__ for one in actions if not isinstance(one, partial)}
    paths = [ROOT / f"{name.replace('.', '/')}.py" for name in names]
    assert len(paths) >= 8
    assert not others({line for path in paths for line in asked(path)})
