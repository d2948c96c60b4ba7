"""Where downloads are kept, outside the checkout, so that each is fetched once on a machine."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tools.services.processes import is_root


def cache_folder() -> Path:
    """`$XDG_CACHE_HOME/wegwijzer`, or that of the user.

    Root's home is closed to the others, and the servers do not run as root: root's is /var/cache.
    """
    own = Path("/var/cache") if is_root() else Path.home() / ".cache"
    folder = Path(os.environ.get("XDG_CACHE_HOME") or own) / "wegwijzer"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@contextmanager
def alone() -> Iterator[None]:
    """Fetch while no other checkout on this machine does."""
    with (cache_folder() / "lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
