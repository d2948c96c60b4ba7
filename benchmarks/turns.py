"""Two things measured in turns, so that both meet the same moments of a machine that others use."""

import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from itertools import chain
from pathlib import Path
from statistics import median

from benchmarks.load import Load
from benchmarks.serving import serving
from benchmarks.sites import Site

VISITOR = Path(__file__).with_name("visitor.py")
SECONDS = 4.0
CLIENTS = 8


class Visitor:
    """A process of a site that asks its pages, one at a time."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self.process = process

    def ask(self, address: str) -> float:
        """How many milliseconds a page took; raises `RuntimeError` where it was not given."""
        asked, told = self.process.stdin, self.process.stdout
        if asked is None or told is None:
            raise RuntimeError("The visitor cannot be spoken to.")
        asked.write(f"{address}\n")
        asked.flush()
        line = told.readline()
        if not line:
            raise RuntimeError(f"{address} was not answered.")
        return float(line)


@contextmanager
def visiting(site: Site) -> Iterator[Visitor]:
    """A visitor of a site."""
    with subprocess.Popen(  # noqa: S603 (our own)
        [sys.executable, "-c", VISITOR.read_text(encoding="utf-8")],
        cwd=site.checkout,
        env=site.environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            yield Visitor(process)
        finally:
            process.kill()


def one_by_one(
    asked: Mapping[str, tuple[Visitor, Sequence[str]]], rounds: int
) -> dict[str, list[float]]:
    """The times of each address, by name: every name has its turn for each address.

    Rounds begin with another name each; one before the first is to become warm.
    """
    times: dict[str, list[list[float]]] = {name: [] for name in asked}
    for number in range(rounds + 1):
        turns = list(asked.items())[:: 1 if number % 2 else -1]
        found: dict[str, list[float]] = {name: [] for name in asked}
        for at in range(max(len(addresses) for _visitor, addresses in asked.values())):
            for name, (visitor, addresses) in turns:
                if at < len(addresses):
                    found[name].append(visitor.ask(addresses[at]))
        for name, some in found.items():
            times[name].append(some)
    return {
        name: [median(each) for each in zip(*every[1:], strict=True)]
        for name, every in times.items()
    }


def rates(asked: Mapping[str, tuple[Site, Sequence[str]]], rounds: int) -> dict[str, float]:
    """Requests a second for eight clients, by name: each has its turn for some seconds."""
    sites = {(site.checkout, site.extra, site.folder): site for site, _some in asked.values()}
    with ExitStack() as stack:
        ports = {
            key: stack.enter_context(serving(site.checkout, site.environment))
            for key, site in sites.items()
        }
        loads = {
            name: Load(ports[site.checkout, site.extra, site.folder], addresses, CLIENTS)
            for name, (site, addresses) in asked.items()
        }
        found: dict[str, list[float]] = {name: [] for name in asked}
        turns = chain.from_iterable(
            list(loads.items())[:: 1 if number % 2 else -1] for number in range(rounds + 1)
        )
        for name, load in turns:
            found[name].append(len(load.run(SECONDS)) / SECONDS)
    return {name: median(every[1:]) for name, every in found.items()}
