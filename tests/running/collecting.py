"""What pytest would run in a folder, with one of our plugins."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def collected(folder: Path, plugin: str, *options: str) -> list[str]:
    """The tests in their order, by their addresses."""
    plugins = ("-p", "tests.running.limits", "-p", f"tests.running.{plugin}", "-p", "no:django")
    told = subprocess.run(
        [sys.executable, "-m", "pytest", *plugins, "--collect-only", "-q", *options],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    return [line for line in told.splitlines() if "::" in line]
