"""Usage: python -m tools.services start [NODES] | stop | running | url elasticsearch|postgresql.

`start` prints where both services answer; `running` tells by its exit code whether both do; `url`
prints one address.
"""

import os
import sys
from pathlib import Path

from tools.services import ServiceError, containers, elasticsearch, postgresql, state
from tools.services.state import Started

VARIABLES = {"elasticsearch": "ELASTICSEARCH_URL", "postgresql": "TEST_DATABASE_URL"}


def start(nodes: int = 1) -> None:
    """Start what is not given by the environment and does not run yet."""
    for name, variable in VARIABLES.items():
        url = find(name)
        if not url:
            services = state.read()
            _stop(name, services)
            services[name] = _start(name, nodes)
            state.write(services)
            url = services[name].url
        print(f"{variable}={url}")


def find(name: str) -> str:
    """Where a service answers: what the environment says, else what was started; or nothing."""
    if given := os.environ.get(VARIABLES[name]):
        return given
    started = state.read().get(name)
    return started.url if started and _runs(name, started) else ""


def needed(name: str) -> str:
    """Where a service answers. Raises `ServiceError`."""
    if url := find(name):
        return url
    raise ServiceError(f"There is no {name}: run `make services`, or set {VARIABLES[name]}.")


def stop() -> None:
    """Stop what `start` started, and nothing else."""
    services = state.read()
    for name in list(services):
        _stop(name, services)
    state.write(services)


def _start(name: str, nodes: int) -> Started:
    if nodes == 1 and (url := containers.start(name)):
        return Started(url)
    if name == "elasticsearch":
        cluster = elasticsearch.Cluster(nodes)
        cluster.start()
        return Started(cluster.url, str(cluster.folder))
    server = postgresql.Server()
    server.create()
    return Started(server.url, str(server.folder))


def _runs(name: str, started: Started) -> bool:
    if name == "elasticsearch":
        return elasticsearch.health(started.url) is not None
    return not started.folder or postgresql.is_running(Path(started.folder))


def _stop(name: str, services: dict[str, Started]) -> None:
    started = services.pop(name, None)
    if started and started.folder:
        module = elasticsearch if name == "elasticsearch" else postgresql
        module.stop(Path(started.folder))
    elif started:
        containers.stop(name)


def main(arguments: list[str]) -> int:
    """Do what is asked; 0 if it was done."""
    match arguments:
        case ["start"]:
            start()
        case ["start", nodes] if nodes.isdigit():
            start(int(nodes))
        case ["stop"]:
            stop()
        case ["running"]:
            return 0 if all(map(find, VARIABLES)) else 1
        case ["url", name] if name in VARIABLES:
            print(needed(name))
        case _:
            print(__doc__, file=sys.stderr)
            return 2
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except ServiceError as error:
        sys.exit(f"services: {error}")
