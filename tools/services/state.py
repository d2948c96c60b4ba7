"""What `make services` started: kept in a file, so that the next one finds it and can stop it."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

FILE = Path(__file__).resolve().parents[2] / "var/services.json"


@dataclass(frozen=True)
class Started:
    """A service that runs; in a folder of its own, or in a container when `folder` is empty."""

    url: str
    folder: str = ""


def read() -> dict[str, Started]:
    """What was started, by the name of the service."""
    if not FILE.exists():
        return {}
    return {name: Started(**found) for name, found in json.loads(FILE.read_text()).items()}


def write(services: dict[str, Started]) -> None:
    """Note what was started; nothing removes the file."""
    if not services:
        FILE.unlink(missing_ok=True)
        return
    FILE.parent.mkdir(exist_ok=True)
    FILE.write_text(json.dumps({name: asdict(one) for name, one in services.items()}, indent=1))
