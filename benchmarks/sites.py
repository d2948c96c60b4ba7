"""Sites of several sizes to measure: made once, each from the smaller one, and kept."""

import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

from benchmarks.figures import Figure, from_lines

CHECKOUT = Path(__file__).resolve().parents[1]
# What decides how a synthetic practice looks in the database.
SOURCES = (
    "cms/migrations/*.py",
    "practices/migrations/*.py",
    "practices/services/reference/*",
    "cms/synthetic/*.py",
)
DATABASE = "wegwijzer.sqlite3"


@dataclass(frozen=True, slots=True)
class Site:
    """A data folder of its own, with so many synthetic practices in its database."""

    folder: Path
    size: int
    extra: tuple[tuple[str, str], ...] = ()
    """Variables of the environment beside the usual ones."""
    checkout: Path = CHECKOUT
    """Where the code lies that serves it."""

    @property
    def database(self) -> Path:
        """The database, which stands there as soon as it is complete."""
        return self.folder / DATABASE

    @property
    def environment(self) -> dict[str, str]:
        """An environment in which only this folder is used, and production's checks are off."""
        ours = {name: value for name, value in os.environ.items() if not name.endswith("_URL")}
        ours |= {"DATA_DIR": str(self.folder), "DJANGO_SETTINGS_MODULE": "cms.settings.base"}
        return ours | {"LOG_LEVEL": "ERROR", "PYTHONHASHSEED": "0"} | dict(self.extra)

    def on(self, **variables: str) -> "Site":
        """The same site in another environment."""
        return replace(self, extra=tuple(variables.items()))

    def run(self, *command: str) -> str:
        """What a Python command of its checkout prints on this site."""
        done = subprocess.run(  # noqa: S603 (our own programs)
            [sys.executable, *command],
            cwd=self.checkout,
            env=self.environment,
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
        return done.stdout

    def manage(self, *command: str) -> str:
        """Run a command of `manage.py`."""
        return self.run("manage.py", *command)

    def measure(self, *arguments: str) -> Iterator[Figure]:
        """What a measurement answers, in a process of its own."""
        return from_lines(self.run("-m", "benchmarks.measure", *arguments).splitlines())


def home_of_sites() -> Path:
    """The folder of all that is made to measure."""
    return Path(os.environ.get("BENCH_DIR") or CHECKOUT / "var" / "bench")


def prepare(sizes: Iterable[int], seed: int = 1) -> list[Site]:
    """A site of each size with an up-to-date index, the smallest first."""
    home = home_of_sites()
    shelf = home / _fingerprint(seed)
    for old in home.glob("*"):
        if old != shelf:
            shutil.rmtree(old)
    smaller = _made(Site(shelf / "0", 0), _fill_registers)
    sites = []
    for size in sorted(sizes):
        extra = str(size - smaller.size)
        site = Site(shelf / str(size), size)
        if not site.folder.exists():
            _made(site, _grown(smaller, "synthetic", extra, "--seed", str(seed)))
            list(site.measure("meanings", "fill"))
            # Built anew: the empty index of the smallest would be brought up to date bit by bit.
            site.manage("search_rebuild")
        site.manage("collectstatic", "--noinput", "--verbosity", "0")
        site.manage("search_rebuild", "--if-needed")
        sites.append(site)
        smaller = site
    return sites


def with_modelsearch(site: Site) -> Site:
    """A copy of a site that also has modelsearch's index of its pages."""

    def make(copy: Site) -> None:
        _copy(site, copy)
        copy.measure("modelsearch_way", "prepare")

    return _made(Site(site.folder.with_name(f"{site.size}-modelsearch"), site.size), make)


def _fingerprint(seed: int) -> str:
    digest = hashlib.sha256(str(seed).encode())
    for pattern in SOURCES:
        for path in sorted(CHECKOUT.glob(pattern)):
            if path.is_file():
                digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def _made(site: Site, make: Callable[[Site], object]) -> Site:
    """The site; one that is not there is made in a folder beside its own, to be whole or absent."""
    if not site.folder.exists():
        start = time.monotonic()
        part = Site(site.folder.with_name(f"{site.folder.name}.part"), site.size)
        shutil.rmtree(part.folder, ignore_errors=True)
        part.folder.mkdir(parents=True)
        make(part)
        part.folder.rename(site.folder)
        seconds = time.monotonic() - start
        print(f"Made {site.folder.name} in {seconds:.0f} s", file=sys.stderr)
    return site


def _fill_registers(site: Site) -> None:
    site.manage("setup")


def _grown(smaller: Site, *command: str) -> Callable[[Site], object]:
    def make(site: Site) -> None:
        _copy(smaller, site)
        site.manage(*command)

    return make


def _copy(source: Site, target: Site) -> None:
    """Copy the database and the index, which then only takes in what is added."""
    index = source.folder / "index"
    shutil.copytree(index, target.folder / "index", symlinks=True)
    with (
        closing(sqlite3.connect(source.database)) as old,
        closing(sqlite3.connect(target.database)) as new,
    ):
        old.backup(new)
