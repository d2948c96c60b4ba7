"""What a measurement answers with: figures, sent from process to process as lines of JSON."""

import json
import math
import statistics
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import cycle


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured number; `name` is that of a line of the report."""

    name: str
    value: float

    def to_line(self) -> str:
        """The figure as a line."""
        return json.dumps(asdict(self))


def from_lines(lines: Iterable[str]) -> Iterator[Figure]:
    """The figures among lines of output."""
    for line in lines:
        if line.startswith("{"):
            yield Figure(**json.loads(line))


def median_and_p95(name: str, times: Sequence[float]) -> Iterator[Figure]:
    """The median and the 95th percentile of times in milliseconds."""
    yield Figure(f"{name}.median", statistics.median(times))
    yield Figure(f"{name}.p95", percentile(times, 0.95))


def percentile(times: Sequence[float], share: float) -> float:
    """The smallest time that at least this share of the times do not exceed."""
    return sorted(times)[max(0, math.ceil(share * len(times)) - 1)]


def milliseconds(action: Callable[[], object]) -> float:
    """How long an action takes."""
    start = time.perf_counter()
    action()
    return (time.perf_counter() - start) * 1000


def warm(actions: Sequence[Callable[[], object]], seconds: float) -> None:
    """Go through the actions for so long: a server that just started compiles what it runs often.

    What is compared with each other has the same time to warm up.
    """
    end = time.perf_counter() + seconds
    for action in cycle(actions):
        if time.perf_counter() > end:
            return
        action()


def median_of(passes: int, actions: Sequence[Callable[[], object]]) -> list[float]:
    """The median time of each action over so many passes through all of them."""
    times = [[milliseconds(action) for action in actions] for _number in range(passes)]
    return [statistics.median(each) for each in zip(*times, strict=True)]
