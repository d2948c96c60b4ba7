"""Installs what a requirements file names into this environment, and tells how far it is.

Usage: python -m tools.installing REQUIREMENTS

pip alone is silent (`--quiet`) or tells everything. This counts what it fetches, and then what
stands in place; on no terminal, a line every so often. Needs nothing but Python and pip.
"""

import subprocess
import sys
import sysconfig
import threading
from collections.abc import Iterator
from pathlib import Path

PAUSE = 2.0
"""Seconds between two looks at what stands in place."""
EVERY = 10
"""Without a terminal, so many packages a line."""
PIP = (
    "-m", "pip", "install", "--disable-pip-version-check", "--progress-bar", "off",
    "--require-hashes", "--requirement",
)  # fmt: skip


def main(requirements: str) -> int:
    """Install; pip's exit code. What went wrong is shown as pip says it."""
    total = sum("==" in line for line in Path(requirements).read_text().splitlines())
    process = subprocess.Popen(
        [sys.executable, *PIP, requirements], stdout=subprocess.PIPE, text=True
    )
    ended = threading.Event()
    watcher = threading.Thread(target=_watch_places, args=(ended,), daemon=True)
    last = [""]
    for fetched in _fetched(process, last):
        _tell(f"  fetched {fetched} of at most {total}", is_milestone=fetched % EVERY == 0)
        if last[0].startswith("Installing collected packages"):
            watcher.start()
    code = process.wait()
    ended.set()
    _tell("  done" if code == 0 else f"  pip stopped: {last[0]}", is_milestone=True)
    print(flush=True)
    return code


def _fetched(process: "subprocess.Popen[str]", last: list[str]) -> Iterator[int]:
    count = 0
    for line in process.stdout or ():
        last[0] = line.strip()
        count += line.startswith(("Collecting ", "Processing "))
        yield count


def _watch_places(ended: threading.Event) -> None:
    """Count packages as they appear: pip says nothing while it puts them in place."""
    folder = Path(sysconfig.get_paths()["purelib"])
    while not ended.wait(PAUSE):
        count = sum(1 for _ in folder.glob("*.dist-info"))
        _tell(f"  in place: {count}", is_milestone=True)


def _tell(text: str, *, is_milestone: bool) -> None:
    if sys.stdout.isatty():
        print(f"\r{text:<60}", end="", flush=True)
    elif is_milestone:
        print(text, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
