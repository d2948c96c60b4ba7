"""The standby answers for an engine that really cannot: its folder is not there."""

import logging
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings

from search import engines
from search.documents import Index
from search.engines.base import Answer, Axis, Engine, EngineError, IndexMissingError, Request
from search.engines.breaker import Breaker, State
from search.engines.failover import FailoverReader, Guard
from search.engines.standby import StandbyEngine
from search.engines.tantivy.engine import TantivyEngine
from search.questions.parsing import parse_text
from tests.contracts.corpus import DOCUMENTS, Source

WIJK = Request(parse_text("wijk"))


class Clock:
    """Time that passes when a test says so."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def fill(engine: Engine) -> None:
    with engine.build() as builder:
        builder.apply(DOCUMENTS, ())
        builder.swap()


def until(condition: Callable[[], bool], seconds: float = 10) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.01)


@pytest.fixture
def index() -> Index:
    return Source.of(DOCUMENTS).index("failover")


@pytest.fixture
def engine(index: Index, tmp_path: Path) -> TantivyEngine:
    made = TantivyEngine(index, tmp_path / "engine")
    fill(made)
    return made


@pytest.fixture
def standby(index: Index, tmp_path: Path) -> StandbyEngine:
    made = StandbyEngine(index, tmp_path / "standby")
    fill(made)
    return made


@pytest.fixture
def guard(engine: Engine) -> Iterator[Guard]:
    made = Guard(engine)
    yield made
    made.stop()


@pytest.fixture
def reader(engine: Engine, standby: Engine, guard: Guard) -> Callable[[], FailoverReader]:
    return lambda: FailoverReader(engine.reader(), standby.reader(), guard)


def questions(one: FailoverReader) -> tuple[Answer, int, object, object]:
    axes = Axis("vorm", ("training",)), Axis("doelgroep", ("eerstelijn",))
    return one.search(WIJK), one.total(WIJK), one.words_like("wijkk"), one.crossed(WIJK, *axes)


def break_(engine: TantivyEngine) -> None:
    engine.folder.rename(engine.folder.with_name("broken"))


def heal(engine: TantivyEngine) -> None:
    engine.folder.with_name("broken").rename(engine.folder)


def test_the_engine_answers_as_long_as_it_can(
    reader: Callable[[], FailoverReader], standby: StandbyEngine
) -> None:
    shutil.rmtree(standby.folder)
    one = reader()
    assert one.search(WIJK).total
    assert not one.is_standby


def test_the_standby_gives_the_same_answers(
    reader: Callable[[], FailoverReader], engine: TantivyEngine
) -> None:
    healthy = questions(reader())
    break_(engine)
    one = reader()
    assert questions(one) == healthy
    assert one.is_standby


def test_a_search_that_fell_back_stays_on_the_standby(
    reader: Callable[[], FailoverReader], engine: TantivyEngine, standby: StandbyEngine
) -> None:
    one, other = reader(), reader()
    break_(engine)
    one.total(WIJK)
    heal(engine)
    shutil.rmtree(standby.folder)
    with pytest.raises(EngineError):
        one.total(WIJK)
    assert other.total(WIJK)


def test_where_both_fail_the_error_comes_through(
    reader: Callable[[], FailoverReader], engine: TantivyEngine, standby: StandbyEngine
) -> None:
    break_(engine)
    shutil.rmtree(standby.folder)
    with pytest.raises(IndexMissingError):
        reader().search(WIJK)


def test_after_three_failures_nobody_asks_the_engine_until_a_probe_found_it_well(
    reader: Callable[[], FailoverReader], engine: TantivyEngine, guard: Guard
) -> None:
    break_(engine)
    for _ in range(3):
        assert guard.breaker.is_closed
        reader().total(WIJK)
    assert not guard.breaker.is_closed
    heal(engine)
    one = reader()
    one.total(WIJK)
    assert one.is_standby, "no visitor is the probe"
    until(lambda: guard.breaker.is_closed)
    two = reader()
    two.total(WIJK)
    assert not two.is_standby
    state = guard.state()
    assert (state.state, state.failures, state.fallbacks) == (State.CLOSED, 3, 4)


class Asked(TantivyEngine):
    """Counts who asks, and how many at once."""

    askers: list[str]
    at_once = most_at_once = 0

    def search(self, request: Request) -> Answer:
        self.askers.append(threading.current_thread().name)
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        time.sleep(0.02)
        try:
            return super().search(request)
        finally:
            self.at_once -= 1


def test_one_probe_at_a_time_and_never_a_visitor(
    index: Index, tmp_path: Path, standby: StandbyEngine
) -> None:
    engine, clock = Asked(index, tmp_path / "none"), Clock()
    engine.askers = []
    guard = Guard(engine, Breaker(clock))
    for _ in range(3):
        FailoverReader(engine.reader(), standby.reader(), guard).search(WIJK)
    engine.askers.clear()

    def visit() -> None:
        for _ in range(50):
            clock.now += 1
            FailoverReader(engine.reader(), standby.reader(), guard).search(WIJK)

    visitors = [threading.Thread(target=visit, name="visitor") for _ in range(4)]
    for visitor in visitors:
        visitor.start()
    for visitor in visitors:
        visitor.join()
    until(lambda: bool(engine.askers))
    probers = [one for one in threading.enumerate() if one.name == f"probe-{engine.follower}"]
    assert len(probers) == 1
    guard.stop()
    assert set(engine.askers) == {f"probe-{engine.follower}"}
    assert engine.most_at_once == 1


def test_a_probe_that_fails_in_an_unknown_way_is_no_answer(
    index: Index, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    class Odd(TantivyEngine):
        asked = 0

        def search(self, request: Request) -> Answer:
            self.asked += 1
            raise ZeroDivisionError

    clock = Clock()
    engine = Odd(index, tmp_path / "odd")
    guard = Guard(engine, Breaker(clock))
    for _ in range(3):
        assert guard.breaker.admits()
        guard.failed(EngineError("It is away."))
    guard.fell_back()
    clock.now = 1
    until(lambda: engine.asked == 1)
    until(lambda: guard.breaker.state is State.OPEN)
    clock.now = 3
    until(lambda: engine.asked == 2)
    guard.stop()
    assert "Traceback" not in caplog.text


def test_a_mistake_of_ours_goes_on_to_the_top_and_blames_nobody(
    index: Index, tmp_path: Path, standby: StandbyEngine
) -> None:
    class Odd(TantivyEngine):
        def search(self, request: Request) -> Answer:
            raise ZeroDivisionError

    engine = Odd(index, tmp_path / "odd")
    guard = Guard(engine)
    for _ in range(5):
        with pytest.raises(ZeroDivisionError):
            FailoverReader(engine, standby, guard).search(WIJK)
    assert guard.breaker.admits()
    guard.breaker.failed()
    assert guard.breaker.admits(), "those who left are not counted as still asking"


def test_the_log_has_one_line_a_minute_and_tells_when_it_is_over(
    reader: Callable[[], FailoverReader],
    engine: TantivyEngine,
    guard: Guard,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.INFO)
    break_(engine)
    for _ in range(20):
        reader().search(WIJK)
    heal(engine)
    until(lambda: guard.breaker.is_closed)
    until(lambda: len(caplog.records) == 2)
    first, second = caplog.records
    assert (first.levelname, second.levelname) == ("WARNING", "INFO")
    assert first.exc_info is second.exc_info is None
    assert "failover:tantivy does not answer" in first.getMessage()
    assert "answers again" in second.getMessage()


@pytest.mark.usefixtures("on_tantivy")
def test_an_embedded_engine_has_no_standby(
    index: Index, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "SEARCH_STANDBY", str(tmp_path / "standby"))
    assert engines.standby_for(index) is None
    assert engines.followers(index) == (engines.engine_for(index),)
    assert not isinstance(engines.reader_for(index), FailoverReader)
    assert engines.breaker_states() == {}


def test_a_standby_has_an_id_that_stays_with_its_folder(index: Index, tmp_path: Path) -> None:
    made: list[str] = []
    start = threading.Barrier(8)

    def make() -> None:
        start.wait()
        made.append(StandbyEngine(index, tmp_path / "a").follower)

    threads = [threading.Thread(target=make) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 8
    (follower,) = set(made)
    assert follower.startswith("failover:tantivy/")
    assert StandbyEngine(index, tmp_path / "b").follower != follower
    assert [path.name for path in (tmp_path / "a" / "failover").iterdir()] == ["follower"]


def test_an_index_with_other_fields_or_of_rubbish_counts_as_missing(tmp_path: Path) -> None:
    source = Source.of(DOCUMENTS)
    index = source.index("same")
    other = Index("same", {"title": 1.0}, (), {}, source.load, source.ids)
    fill(TantivyEngine(index, tmp_path))
    with pytest.raises(IndexMissingError):
        TantivyEngine(other, tmp_path).search(WIJK)
    (tmp_path / "live" / "meta.json").write_text("{")
    with pytest.raises(IndexMissingError):
        TantivyEngine(index, tmp_path).search(WIJK)
