"""What the workers of a run share: made by the first that asks for it, in the folder of the run."""

import fcntl
import os
from collections.abc import Callable
from pathlib import Path

from tests.running import watcher


def made_once(name: str, make: Callable[[Path], object]) -> Path:
    """A folder of this name, which `make` fills; nobody changes it after that."""
    folder = Path(os.environ[watcher.RUN]) / name
    with folder.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            partial = folder.with_suffix(".partial")
            partial.mkdir()
            make(partial)
            partial.rename(folder)
    return folder
