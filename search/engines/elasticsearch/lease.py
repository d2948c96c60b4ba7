"""Who is building an index, and whether he still is: kept in the `_meta` of that index.

A build says at intervals until when it may be taken for alive, by the clock of the cluster: those
of the machines may differ. One of this machine whose process has gone is dead at once, so that the
next one need not wait.
"""

import os
import platform
from collections.abc import Mapping
from pathlib import Path
from typing import Any

LEASE = 180.0
"""Seconds."""


def lease(now: float) -> dict[str, Any]:
    """What a build that lives writes down; `now` in seconds since 1970."""
    return {"by": _process(os.getpid()), "until": now + LEASE}


def is_alive(meta: Mapping[str, Any], now: float) -> bool:
    """Whether the build that wrote this may still be going on."""
    by, until = meta.get("by"), meta.get("until", 0)
    if not isinstance(by, list) or not isinstance(until, int | float):
        return False
    if not now <= until <= now + 2 * LEASE:
        return False
    machine, pid, _began = by
    return machine != _machine() or _process(pid) == by


def _process(pid: int) -> list[Any]:
    """A process and when it began, as numbers of processes are used again."""
    try:
        began = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[19]
    except OSError:
        began = "unknown" if _runs(pid) else "gone"
    return [_machine(), pid, began]


def _runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        pass
    return True


def _machine() -> str:
    """This machine, or container: within it, a number means one process."""
    try:
        space = os.readlink("/proc/self/ns/pid")  # noqa: PTH115 (no path: “pid:[number]”)
    except OSError:
        space = ""
    return f"{platform.node()} {space}"
