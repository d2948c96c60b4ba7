"""A pytest plugin: marks `slow` what `make test-fast` leaves out; decision 0054.

Of the tests of a file that ask a database or a real Elasticsearch, all but the first; tests of
examples that are generated; and long tests. A module of which every test is slow says so itself.
"""

from collections import Counter

import pytest

from tests.running import limits

FIRST = 1
"""So many tests of a file that ask a database are not slow: the file is there, and works."""
DATABASE = {"db", "transactional_db", "django_db_setup"}


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Before tests are chosen by their markers."""
    asked: Counter[str] = Counter()
    long_ones = limits.listed(config)
    for item in items:
        if is_generated(item) or item.nodeid.partition("[")[0] in long_ones:
            item.add_marker(pytest.mark.slow)
        elif asks(item):
            path = item.nodeid.partition("::")[0]
            asked[path] += 1
            if asked[path] > FIRST:
                item.add_marker(pytest.mark.slow)


def is_generated(item: pytest.Item) -> bool:
    """Whether Hypothesis makes up its examples."""
    return bool(getattr(getattr(item, "obj", None), "is_hypothesis_test", False))


def asks(item: pytest.Item) -> bool:
    """Whether it asks a database or a real Elasticsearch."""
    parameters = getattr(getattr(item, "callspec", None), "params", {}).values()
    return (
        item.get_closest_marker("django_db") is not None
        or not DATABASE.isdisjoint(getattr(item, "fixturenames", ()))
        or "elasticsearch" in parameters
    )
