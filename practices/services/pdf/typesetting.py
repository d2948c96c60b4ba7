"""Whether this machine can make PDFs, and making one in a process of its own.

A process of its own: setting a page takes a second of pure Python, during which the threads of a
server would stand still; and whatever a text does to it, that process ends within its time.
"""

import ctypes
import hashlib
import os
import subprocess
import sys
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

SECONDS = 60
"""So long a PDF may take on a busy machine; the longest practices of the demo take two."""
# Under Linux and macOS; the same libraries that WeasyPrint opens.
LIBRARIES = (
    ("libgobject-2.0.so.0", "libgobject-2.0.dylib"),
    ("libpango-1.0.so.0", "libpango-1.0.dylib"),
    ("libpangoft2-1.0.so.0", "libpangoft2-1.0.dylib"),
    ("libharfbuzz.so.0", "libharfbuzz.0.dylib"),
    ("libfontconfig.so.1", "libfontconfig.1.dylib"),
)
# No secret of the site goes to a process that reads what people wrote.
PASSED_ON = ("PATH", "HOME", "XDG_CACHE_HOME", "FONTCONFIG_FILE", "FONTCONFIG_PATH", "TMPDIR")
TYPESETTER = Path(__file__).with_name("typesetter.py")


class TypesettingError(Exception):
    """No PDF came of it; the message says why."""


@dataclass(frozen=True)
class Source:
    """The HTML of a practice for paper, with the address that its links start from."""

    practice: int
    html: str
    address: str

    @cached_property
    def digest(self) -> str:
        """Differs as soon as anything in the PDF would: a word, a term's name, the styles."""
        return hashlib.sha256(f"{release()}\n{self.address}\n{self.html}".encode()).hexdigest()[:32]


@cache
def release() -> str:
    """The release of what sets the PDFs; empty where this machine cannot make any."""
    try:
        found = version("weasyprint")
    except PackageNotFoundError:
        return ""
    return found if all(map(_opens, LIBRARIES)) else ""


def _opens(names: tuple[str, ...]) -> bool:
    for name in names:
        try:
            ctypes.CDLL(name)
        except OSError:
            continue
        return True
    return False


def typeset(source: Source) -> bytes:
    """The tagged PDF of a practice. Raises `TypesettingError`."""
    command = [sys.executable, "-I", str(TYPESETTER), source.address]
    environment = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
    try:
        done = subprocess.run(  # noqa: S603 (our own program)
            command,
            input=source.html.encode(),
            capture_output=True,
            env=environment,
            timeout=SECONDS,
        )
    except subprocess.TimeoutExpired:
        raise TypesettingError(f"It took longer than {SECONDS} seconds.") from None
    except OSError as error:
        raise TypesettingError(str(error)) from error
    if done.returncode or not done.stdout.startswith(b"%PDF"):
        said = done.stderr.decode(errors="replace").strip().splitlines()
        raise TypesettingError(said[-1] if said else f"It ended with code {done.returncode}.")
    return done.stdout
