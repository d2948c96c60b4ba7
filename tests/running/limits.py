"""A pytest plugin: a test that takes longer than the limit is in the list, or the run fails.

What a test shares with others, a fixture of a wider scope, is counted by itself, so that the test
that happens to come first does not pay for all. Tests marked `soak` are long on purpose. Where a
machine has more to do than its tests, time counts for less.
"""

import os
import time
import tomllib
from collections import defaultdict
from collections.abc import Generator
from pathlib import Path

import pytest

LIMIT = 20
"""Seconds of a test, with its own set-up, on two cores that do nothing else."""
LIST = Path(__file__).with_name("long_tests.toml")
SHARED = "seconds of shared fixtures"
OWN_LOAD = 2.0
"""Processes that run or wait on each core while tests do: a worker, and a server or browser."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Both can be set, for the tests of this, and for a machine that is slower on purpose."""
    parser.addini("longest_test", "seconds that a test takes at most", default=str(LIMIT))
    parser.addini("heed_load", "whether a busy machine may take longer", type="bool", default=True)
    parser.addini("long_tests", "TOML: those that may take longer, and why", default=str(LIST))


def pytest_configure(config: pytest.Config) -> None:
    """Measure where tests run, and judge where the run is told about."""
    config.pluginmanager.register(Clock())
    if not hasattr(config, "workerinput"):
        limit = float(config.getini("longest_test"))
        is_lenient = bool(config.getini("heed_load"))
        config.pluginmanager.register(Judge(limit, set(listed(config)), is_lenient=is_lenient))


def listed(config: pytest.Config) -> dict[str, str]:
    """Tests and shared fixtures that may take longer, and why."""
    return tomllib.loads(Path(config.getini("long_tests")).read_text(encoding="utf-8"))


def slowness(load: float, cores: int) -> float:
    """How many times as long all takes on a machine with such a load; at least once."""
    return max(1.0, load / cores / OWN_LOAD)


class Clock:
    """Measures fixtures that are shared, without others that they make use of."""

    def __init__(self) -> None:
        self._inner = [0.0]
        self._made: dict[str, float] = {}

    @pytest.hookimpl(wrapper=True)
    def pytest_fixture_setup(
        self, fixturedef: pytest.FixtureDef[object]
    ) -> Generator[None, object, object]:
        """Measure a fixture as it is made."""
        if fixturedef.scope == "function":
            return (yield)
        began = time.monotonic()
        self._inner.append(0.0)
        try:
            return (yield)
        finally:
            took, inner = time.monotonic() - began, self._inner.pop()
            self._inner[-1] += took
            name = f"{fixturedef.baseid}::{fixturedef.argname}"
            self._made[name] = self._made.get(name, 0.0) + took - inner

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_makereport(self, item: pytest.Item, call: pytest.CallInfo[None]) -> None:
        """Send along what was measured."""
        if call.when == "setup":
            item.user_properties.append((SHARED, self._made))
            self._made = {}


class Judge:
    """Knows how long each test took, and which were too long."""

    def __init__(self, limit: float, allowed: set[str], *, is_lenient: bool) -> None:
        self.limit = limit
        self.is_lenient = is_lenient
        self.allowed = allowed
        self.seconds: dict[str, float] = defaultdict(float)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Add up what was measured."""
        if "soak" in report.keywords:
            return
        times = slowness(os.getloadavg()[0], os.cpu_count() or 1) if self.is_lenient else 1.0
        self.seconds[report.nodeid] += report.duration / times
        if report.when == "setup":
            for name, made in dict(report.user_properties).get(SHARED, {}).items():  # type: ignore[attr-defined]
                self.seconds[report.nodeid] -= made / times
                self.seconds[name] = max(self.seconds[name], made / times)

    def too_long(self) -> dict[str, float]:
        """The tests and fixtures over the limit that no reason is given for."""
        return {
            name: took
            for name, took in self.seconds.items()
            # A fixture without a path is pytest's or Django's.
            if took > self.limit and name.partition("[")[0] not in self.allowed and name[0] != ":"
        }

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Fail the run that otherwise went well."""
        if self.too_long() and session.exitstatus == pytest.ExitCode.OK:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Say which, and what to do."""
        if not (found := self.too_long()):
            return
        terminalreporter.section(f"longer than {self.limit:g} s", red=True)
        for name, took in sorted(found.items(), key=lambda one: -one[1]):
            terminalreporter.line(f"TOO LONG {took:.1f} s {name}", red=True)
        terminalreporter.line(
            f"Make them quicker, or give the reason why they can't be in {LIST.name}."
        )
