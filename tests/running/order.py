"""A pytest plugin: with `--dist loadfile`, files that take long come first.

So no worker waits for the other at the end. A file stays with one worker, which makes what its
tests share once.
"""

from collections import defaultdict

import pytest

from tests.running import limits

MARKED = ("cluster", "browser", "fault")
"""Markers of tests that take long, the longest first."""


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Sort files; within a file, and among short ones, all stays as it is."""
    if config.getoption("loadscopereorder", default=True):
        return
    long_ones = {name.partition("::")[0] for name in limits.listed(config)}
    files: dict[str, list[pytest.Item]] = defaultdict(list)
    for item in items:
        files[item.nodeid.partition("::")[0]].append(item)

    def rank(path: str) -> tuple[int, bool]:
        marked = (
            number
            for number, marker in enumerate(MARKED)
            if any(item.get_closest_marker(marker) for item in files[path])
        )
        return next(marked, len(MARKED)), path not in long_ones

    items[:] = [item for path in sorted(files, key=rank) for item in files[path]]
