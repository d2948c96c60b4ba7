"""On what was measured, so that figures can be compared later."""

import os
import platform
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

PACKAGES = ("Django", "wagtail", "modelsearch", "tantivy", "pyroaring", "gunicorn")


def description() -> str:
    """One line: date, processor, cores, memory and versions."""
    return ", ".join(_parts())


def _parts() -> Iterator[str]:
    yield f"{datetime.now(UTC):%-d %B %Y}"
    yield f"{os.cpu_count()} cores of {_processor()}"
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1024**3
    yield f"{memory:.0f} GB"
    yield f"Python {platform.python_version()}{_build()}"
    for package in PACKAGES:
        yield f"{package} {version(package)}"


def _build() -> str:
    """Debian's own runs these pages a quarter faster than one built without profile."""
    return " of the system" if sys.base_prefix == "/usr" else ""


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        name, _colon, value = line.partition(":")
        if name.strip() == "model name":
            return value.strip()
    return platform.machine()
