"""One line a minute, and how many it stands for."""

from search.throttle import Throttle


def test_one_in_a_period_passes_and_tells_how_many_it_stands_for() -> None:
    now = [0.0]
    throttle = Throttle(60, lambda: now[0])
    assert [throttle.passes() for _ in range(5)] == [1, 0, 0, 0, 0]
    now[0] = 59.9
    assert throttle.passes() == 0
    now[0] = 60
    assert throttle.passes() == 6
    now[0] = 300
    assert throttle.passes() == 1
