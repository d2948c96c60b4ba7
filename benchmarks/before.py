"""The commit before the search knew what comes near and what is meant, to compare with."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.sites import CHECKOUT, Site, home_of_sites

BEFORE = "65844de"
MAKE = """\
import sys
from benchmarks import sites
print(sites.prepare([int(sys.argv[1])])[-1].folder)
"""


def is_known() -> bool:
    """Whether the commit is here: a copy without history has none to compare with."""
    asked = ["git", "cat-file", "-e", f"{BEFORE}^{{commit}}"]
    done = subprocess.run(asked, cwd=CHECKOUT, check=False, capture_output=True)  # noqa: S603
    return not done.returncode


@contextmanager
def site_before(size: int) -> Iterator[Site]:
    """A site with the same practices, made and served by that commit; its files go afterwards."""
    home = home_of_sites()
    with tempfile.TemporaryDirectory() as folder:
        checkout = Path(folder) / "before"
        _git("worktree", "add", "--quiet", "--detach", str(checkout), BEFORE)
        try:
            made = subprocess.run(  # noqa: S603 (our own)
                [sys.executable, "-c", MAKE, str(size)],
                cwd=checkout,
                env=os.environ | {"BENCH_DIR": str(home.with_name(f"{home.name}-before"))},
                stdout=subprocess.PIPE,
                text=True,
                check=True,
            )
            yield Site(Path(made.stdout.splitlines()[-1]), size, checkout=checkout)
        finally:
            _git("worktree", "remove", "--force", str(checkout))


def _git(*command: str) -> None:
    subprocess.run(["git", *command], cwd=CHECKOUT, check=True)  # noqa: S603, S607
