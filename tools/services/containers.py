"""Services in containers, where an engine answers.

Not tried on the machines where this was written: they have no container engine.
"""

import subprocess
import sys
from functools import cache
from pathlib import Path

COMPOSE = Path(__file__).resolve().parents[2] / "compose.yaml"

URLS = {
    "elasticsearch": "http://127.0.0.1:9250",
    "postgresql": "postgres://wegwijzer:wegwijzer@127.0.0.1:5450/wegwijzer",
}
"""Where the services of compose.yaml answer."""


@cache
def engine() -> str | None:
    """The container engine that answers, or None."""
    for name in ("docker", "podman"):
        try:
            asked = subprocess.run([name, "info"], capture_output=True, check=False, timeout=10)
            composes = subprocess.run(
                [name, "compose", "version"], capture_output=True, check=False
            )
        except (OSError, subprocess.TimeoutExpired):
            continue
        if asked.returncode == composes.returncode == 0:
            return name
    return None


def start(service: str) -> str | None:
    """Start a service and wait until it is healthy; its URL, or None if that cannot be done."""
    if not engine():
        return None
    if _compose("up", "--detach", "--wait", service):
        print(f"The container of {service} did not start; going on without.", file=sys.stderr)
        return None
    return URLS[service]


def stop(service: str) -> None:
    """Stop a service and delete its data."""
    if engine():
        _compose("rm", "--stop", "--force", "--volumes", service)


def _compose(*arguments: str) -> int:
    command = [engine() or "", "compose", "--file", str(COMPOSE), *arguments]
    return subprocess.run(command, check=False, stdout=sys.stderr).returncode
