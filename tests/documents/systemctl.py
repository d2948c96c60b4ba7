#!/usr/bin/env python3
"""systemctl on a machine without systemd: does what our unit files say; Debian's go to `service`.

A unit's commands run as its user, without capabilities, and with everything read-only but what the
unit says, as systemd would have it. What they write goes to /var/log/units. Knows the words that
our documents use, and refuses any other.
"""

import json
import os
import pwd
import shlex
import signal
import subprocess
import sys
import time
from collections import defaultdict
from pathlib import Path

UNITS = Path("/etc/systemd/system")
STATE = Path("/run/units")
LOGS = Path("/var/log/units")
OURS = "wegwijzer"

# Everything read-only, but these folders; then the program, with nothing that root may do.
SANDBOX = """
set -e
mount --make-rprivate /
for folder in $WRITABLE; do mount --rbind "$folder" "$folder"; done
mount -o remount,bind,ro /
mount -t tmpfs tmpfs /tmp
chmod 1777 /tmp
cd "$FOLDER"
exec setpriv --reuid="$USER_ID" --regid="$GROUP_ID" --clear-groups --no-new-privs \\
    --inh-caps=-all --bounding-set=-all -- "$@"
"""


def read(unit: str) -> dict[str, list[str]]:
    """The settings of a unit file: each name with all its values."""
    found: dict[str, list[str]] = defaultdict(list)
    for line in (UNITS / unit).read_text().splitlines():
        name, is_setting, value = line.partition("=")
        if is_setting and not line.startswith(("#", ";")):
            found[name].append(value)
    return found


def environment(unit: dict[str, list[str]]) -> dict[str, str]:
    """What a unit's commands find in their environment."""
    found = {"PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin", "LANG": "C.UTF-8"}
    assigned = [one for line in unit["Environment"] for one in shlex.split(line)]
    for path in unit["EnvironmentFile"]:
        lines = (line.strip() for line in Path(path).read_text().splitlines())
        assigned += [" ".join(shlex.split(line)) for line in lines if line and line[0] not in "#;"]
    for one in assigned:
        name, _, value = one.partition("=")
        found[name] = value
    return found


def command(unit: dict[str, list[str]], line: str) -> tuple[list[str], dict[str, str]]:
    """A command of a unit in its sandbox, and its environment."""
    person = pwd.getpwnam(unit["User"][0])
    variables = environment(unit)
    words = [
        variables[word[2:-1]] if word.startswith("${") and word.endswith("}") else word
        for word in shlex.split(line)
    ]
    assert unit["ProtectSystem"] == ["strict"], "not what this sandbox does"
    sandbox = {
        "WRITABLE": " ".join(path for paths in unit["ReadWritePaths"] for path in paths.split()),
        "FOLDER": unit["WorkingDirectory"][0],
        "USER_ID": str(person.pw_uid),
        "GROUP_ID": str(person.pw_gid),
    }
    os.umask(int(unit["UMask"][0], 8))
    return ["unshare", "--mount", "sh", "-c", SANDBOX, "sh", *words], variables | sandbox


def start(name: str) -> None:
    """Start a unit; one that ends by itself has ended when this is over."""
    if name.endswith(".timer"):
        assert (UNITS / name.replace(".timer", ".service")).exists()
        return
    if pid(name):
        return
    unit = read(name)
    LOGS.mkdir(parents=True, exist_ok=True)
    STATE.mkdir(exist_ok=True)
    with (LOGS / name).open("a") as log:
        for line in unit["ExecStart"]:
            words, variables = command(unit, line)
            process = subprocess.Popen(
                words, env=variables, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                start_new_session=True,
            )  # fmt: skip
            if unit["Type"] == ["oneshot"]:
                if process.wait():
                    sys.exit(
                        f"Job for {name} failed because the control process exited with error code."
                    )
            else:
                (STATE / name).write_text(json.dumps({"pid": process.pid}))


def stop(name: str) -> None:
    """End a unit as systemd does: a SIGTERM, and patience."""
    if name.endswith(".timer"):
        return
    patience = int(read(name)["TimeoutStopSec"][0]) if (UNITS / name).exists() else 90
    deadline = time.monotonic() + patience
    while running := pid(name):
        os.kill(running, signal.SIGTERM if time.monotonic() < deadline else signal.SIGKILL)
        until = time.monotonic() + patience
        while Path(f"/proc/{running}").exists() and time.monotonic() < until:
            time.sleep(0.05)
    (STATE / name).unlink(missing_ok=True)


def pid(name: str) -> int:
    """The process of a unit that runs; 0 for one that does not."""
    try:
        number: int = json.loads((STATE / name).read_text())["pid"]
    except FileNotFoundError:
        return 0
    return number if Path(f"/proc/{number}").exists() else 0


def with_kind(name: str) -> str:
    """The whole name of a unit."""
    return name if "." in name else f"{name}.service"


def main(words: list[str]) -> None:
    """Do what was typed."""
    options = [word for word in words if word.startswith("-")]
    verb, *names = [word for word in words if not word.startswith("-")] or ["list-units"]
    if verb == "daemon-reload" or (verb == "list-units" and options == ["--failed"]):
        return
    for name in map(with_kind, names):
        if not name.startswith(OURS):
            if verb in ("start", "stop", "restart", "reload"):
                subprocess.run(["service", name.removesuffix(".service"), verb], check=True)
            continue
        assert (UNITS / name).exists(), f"Unit {name} not found."
        match verb, "--now" in options:
            case ("start", _) | ("enable", True):
                start(name)
            case ("stop", _) | ("disable", True):
                stop(name)
            case "restart", _:
                stop(name)
                start(name)
            case "is-active", _:
                print("active" if pid(name) else "inactive")  # noqa: T201
                sys.exit(0 if pid(name) else 3)
            case (("enable" | "disable" | "status"), _):
                pass
            case _:
                sys.exit(f"Unknown command verb {verb}.")


if __name__ == "__main__":
    main(sys.argv[1:])
