"""The breaker against a model of it that is simpler than it."""

import threading

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from search.engines.breaker import FAILURES, FIRST_WAIT, LONGEST_WAIT, Breaker, State


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def fail(breaker: Breaker) -> bool:
    """Ask in vain; whether that opened it."""
    return breaker.admits() and breaker.failed()


def succeed(breaker: Breaker) -> None:
    assert breaker.admits()
    breaker.succeeded()


def opened(clock: Clock) -> Breaker:
    breaker = Breaker(clock)
    outcomes = [fail(breaker) for _ in range(FAILURES)]
    assert outcomes == [False] * (FAILURES - 1) + [True]
    return breaker


def test_two_failures_and_an_answer_keep_it_closed() -> None:
    breaker = Breaker()
    for _ in range(5):
        assert not fail(breaker)
        assert not fail(breaker)
        succeed(breaker)
    assert breaker.is_closed


def test_the_probe_waits_one_second_then_longer_up_to_ten() -> None:
    clock = Clock()
    breaker = opened(clock)
    waits = []
    for _ in range(6):
        waits.append(breaker.seconds_to_probe())
        assert not breaker.begin_probe()
        clock.now += waits[-1]
        assert breaker.begin_probe()
        breaker.end_probe(is_answered=False)
    assert waits == [1, 2, 4, 8, 10, 10]


def test_an_answered_probe_closes_it_and_three_failures_open_it_again() -> None:
    clock = Clock()
    breaker = opened(clock)
    clock.now += FIRST_WAIT
    assert breaker.begin_probe()
    assert (breaker.state, breaker.is_closed) == (State.HALF_OPEN, False)
    breaker.end_probe(is_answered=True)
    assert breaker.is_closed
    assert [fail(breaker) for _ in range(FAILURES)].count(True) == 1


@pytest.mark.parametrize(("is_served", "wait"), [(True, FIRST_WAIT), (False, 2 * FIRST_WAIT)])
def test_a_service_that_answers_probes_only_is_left_alone_for_longer(
    is_served: bool, wait: float
) -> None:
    clock = Clock()
    breaker = opened(clock)
    clock.now += FIRST_WAIT
    assert breaker.begin_probe()
    breaker.end_probe(is_answered=True)
    if is_served:
        succeed(breaker)
    for _ in range(FAILURES):
        fail(breaker)
    assert breaker.seconds_to_probe() == wait


def test_an_answer_that_comes_late_does_not_close_it() -> None:
    breaker = Breaker(Clock())
    assert [breaker.admits() for _ in range(FAILURES + 1)] == [True] * (FAILURES + 1)
    assert [breaker.failed() for _ in range(FAILURES)].count(True) == 1
    breaker.succeeded()
    assert breaker.state is State.OPEN


def test_in_doubt_no_more_ask_at_once_than_it_takes_to_open_it() -> None:
    breaker = Breaker(Clock())
    assert all(breaker.admits() for _ in range(4))
    breaker.failed()
    assert not breaker.admits(), "three are still asking, and two failures open it"
    breaker.left()
    breaker.left()
    assert breaker.admits()
    breaker.succeeded()
    assert all(breaker.admits() for _ in range(9))


def test_a_probe_that_did_not_begin_cannot_end() -> None:
    with pytest.raises(RuntimeError, match="No probe"):
        Breaker().end_probe(is_answered=True)


def test_of_many_threads_one_opens_it_and_one_probes() -> None:
    clock = Clock()
    breaker = Breaker(clock)
    outcomes: dict[str, list[bool]] = {"opened": [], "probes": []}
    start = threading.Barrier(16)

    def run() -> None:
        start.wait()
        outcomes["opened"] += [fail(breaker) for _ in range(50)]
        if start.wait() == 0:
            clock.now += FIRST_WAIT
        start.wait()
        outcomes["probes"] += [breaker.begin_probe() for _ in range(50)]

    threads = [threading.Thread(target=run) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (outcomes["opened"].count(True), outcomes["probes"].count(True)) == (1, 1)


class Machine(RuleBasedStateMachine):
    """Any order of callers, probes and time; the model is a list of what happened."""

    @initialize()
    def begin(self) -> None:
        self.clock = Clock()
        self.breaker = Breaker(self.clock)
        self.model = State.CLOSED
        self.in_a_row = self.inside = 0
        self.opened_at = self.clock.now
        self.openings_without_answer = 0

    @rule(seconds=st.floats(0, 12))
    def time_passes(self, seconds: float) -> None:
        self.clock.now += seconds

    @rule()
    def a_caller_comes(self) -> None:
        is_welcome = self.model is State.CLOSED and (
            not self.in_a_row or self.inside + self.in_a_row < FAILURES
        )
        assert self.breaker.admits() == is_welcome
        self.inside += is_welcome

    @precondition(lambda self: self.inside)
    @rule()
    def a_caller_leaves(self) -> None:
        self.breaker.left()
        self.inside -= 1

    @precondition(lambda self: self.inside)
    @rule()
    def a_caller_is_answered(self) -> None:
        self.breaker.succeeded()
        self.inside -= 1
        if self.model is State.CLOSED:
            self.in_a_row = self.openings_without_answer = 0

    @precondition(lambda self: self.inside)
    @rule()
    def a_caller_is_not_answered(self) -> None:
        opens = self.breaker.failed()
        self.inside -= 1
        if self.model is State.CLOSED:
            self.in_a_row += 1
            if self.in_a_row == FAILURES:
                self.model_opens()
                assert opens
                return
        assert not opens

    @rule()
    def a_probe_wants_to_begin(self) -> None:
        is_due = self.model is State.OPEN and self.clock.now >= self.opened_at + self.wait
        assert self.breaker.begin_probe() == is_due
        if is_due:
            self.model = State.HALF_OPEN

    @precondition(lambda self: self.model is State.HALF_OPEN)
    @rule(is_answered=st.booleans())
    def a_probe_ends(self, is_answered: bool) -> None:
        self.breaker.end_probe(is_answered=is_answered)
        if is_answered:
            self.model, self.in_a_row = State.CLOSED, 0
        else:
            self.model_opens()

    def model_opens(self) -> None:
        self.model, self.opened_at = State.OPEN, self.clock.now
        self.openings_without_answer += 1

    @property
    def wait(self) -> float:
        return min(FIRST_WAIT * 2 ** (self.openings_without_answer - 1), LONGEST_WAIT)

    @invariant()
    def it_is_what_the_model_says(self) -> None:
        if hasattr(self, "breaker"):
            assert self.breaker.state is self.model
            assert self.breaker.is_closed == (self.model is State.CLOSED)
            assert 0 <= self.breaker.seconds_to_probe() <= LONGEST_WAIT


TestBreaker = Machine.TestCase
