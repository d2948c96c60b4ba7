"""A cluster of real nodes that lose one, hang, or refuse to write, under a site that goes on."""

import json
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import pytest
from elasticsearch import Elasticsearch

from tests.faults.conftest import Site, copy_site, give_static_files
from tests.faults.failover import NOTICE
from tests.faults.gunicorn import Gunicorn
from tests.faults.test_deliveries import until, worker
from tests.services import missing
from tools.services import ServiceError
from tools.services.elasticsearch import Cluster

# Three nodes of half a gigabyte: too much beside all other tests.
pytestmark = [pytest.mark.fault, pytest.mark.cluster]

COUNTS = [20, pytest.param(500, marks=pytest.mark.soak)]
SEARCH = "/praktijken.json?sorteer=gemeente"
PENDING = (
    "SELECT count(*) FROM search_change"
    # The prepared site searched in tantivy, which nobody delivers to any more.
    " WHERE version > delivered AND follower <> 'practices:tantivy'"
)
CAUGHT_UP = 60.0
"""Seconds after which the index must equal the database, without a command."""


@dataclass(frozen=True)
class ClusterSite(Site):
    """A site that searches in a cluster, with a standby of its own."""

    search_url: str = ""

    @property
    def environment(self) -> dict[str, str]:
        """The environment of a process on this site."""
        return {**super().environment, "SEARCH_URL": self.search_url}


@contextmanager
def cluster_of(nodes: int) -> Iterator[Cluster]:
    try:
        cluster = Cluster(nodes)
        cluster.start()
    except ServiceError as error:
        missing(str(error))
    try:
        yield cluster
    finally:
        cluster.stop()


@pytest.fixture(scope="module")
def three() -> Iterator[Cluster]:
    """Three nodes."""
    with cluster_of(3) as cluster:
        yield cluster


@pytest.fixture(scope="module")
def one() -> Iterator[Cluster]:
    """One node."""
    with cluster_of(1) as cluster:
        yield cluster


@pytest.fixture(scope="module")
def on_one(
    one: Cluster, prepared: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Site, Gunicorn]]:
    """A site on it that goes through one failure after another, and is well after each."""
    with running(prepared, tmp_path_factory.mktemp("on-one") / "data", one) as running_site:
        yield running_site


@contextmanager
def running(prepared: Path, folder: Path, cluster: Cluster) -> Iterator[tuple[Site, Gunicorn]]:
    """A site with gunicorn and a worker, whose index in the cluster is built."""
    hosts = ",".join(url.removeprefix("http://") for url in cluster.urls)
    copied = copy_site(prepared, folder)
    site = ClusterSite(copied.folder, f"http://{hosts}/t-{uuid4().hex[:8]}")
    give_static_files(site.folder)
    with ExitStack() as stack:
        stack.enter_context(worker(site))
        server = stack.enter_context(Gunicorn(site.folder, site.environment))
        server.wait_for("/praktijken.json", 200)
        # The worker builds the index; no command is given.
        until(lambda: NOTICE not in server.ask(SEARCH).text, 120)
        assert found(server)[0] == 1
        yield site, server


class Visitors:
    """Search all the while in a thread; what was not a 200 is kept."""

    def __init__(self, server: Gunicorn) -> None:
        self.server = server
        self.answers: list[int] = []
        self._is_over = threading.Event()
        self._thread = threading.Thread(target=self._search)

    def __enter__(self) -> "Visitors":
        self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._is_over.set()
        self._thread.join(60)

    def _search(self) -> None:
        while not self._is_over.wait(0.05):
            self.answers.append(self.server.ask("/praktijken/?q=eerste").status)


def found(server: Gunicorn) -> tuple[int, set[str]]:
    """How many practices a search finds, and the titles on its first page."""
    answer = server.ask(SEARCH).json()
    return answer["total"], {one["title"] for one in answer["results"]}


def must_catch_up(site: Site, server: Gunicorn) -> None:
    """Within a minute the cluster itself answers, and equals the database, by itself."""
    deadline = time.monotonic() + CAUGHT_UP
    until(lambda: site.rows(PENDING) == [0], max(1.0, deadline - time.monotonic()))
    until(lambda: NOTICE not in server.ask(SEARCH).text, max(1.0, deadline - time.monotonic()))
    until(lambda: found(server)[0] == len(site.titles()), max(1.0, deadline - time.monotonic()))
    assert "gelijk aan de database" in site.manage("search_check")


def change(site: Site, count: int, prefix: str = "Onderweg") -> None:
    """Publications, edits and deletions, in a process of its own."""
    site.tell("change_many", prefix, str(count))


@pytest.mark.parametrize("count", COUNTS)
def test_a_node_that_is_killed_and_comes_back_costs_no_search_and_no_change(
    three: Cluster, prepared: Path, tmp_path: Path, count: int
) -> None:
    with running(prepared, tmp_path / "data", three) as (site, server):
        with Visitors(server) as visitors:
            change(site, count // 2)
            three.end_node(1, signal.SIGKILL)
            change(site, count // 2)
            three.start_node(1)
            three.wait_for(3)
        assert set(visitors.answers) == {200}
        assert len(visitors.answers) > count / 4
        must_catch_up(site, server)


def stop(cluster: Cluster) -> Callable[[], None]:
    cluster.end_node(0)

    def start() -> None:
        cluster.start_node(0)
        cluster.wait_for(1)

    return start


def hang(cluster: Cluster) -> Callable[[], None]:
    pid = cluster.pid(0)
    assert pid
    os.kill(pid, signal.SIGSTOP)
    return lambda: os.kill(pid, signal.SIGCONT)


def client_of(cluster: Cluster) -> Elasticsearch:
    return Elasticsearch(cluster.urls[0])


def forbid_writing(cluster: Cluster) -> Callable[[], None]:
    """As an operator does."""
    client = client_of(cluster)

    def may_write(settings: dict[str, bool | None]) -> None:
        client.indices.put_settings(index="t-*", settings=settings)

    may_write({"index.blocks.write": True})
    return lambda: may_write({"index.blocks.write": None})


def fill_the_disk(cluster: Cluster) -> Callable[[], None]:
    """Let the cluster find that too little is free; then it forbids writing by itself."""
    disk = "cluster.routing.allocation.disk"
    wanted = {
        f"{disk}.threshold_enabled": True,
        f"{disk}.watermark.low": "900tb",
        f"{disk}.watermark.high": "900tb",
        f"{disk}.watermark.flood_stage": "900tb",
        "cluster.info.update.interval": "10s",
    }
    client = client_of(cluster)
    client.cluster.put_settings(persistent=wanted)
    known = client.indices.get_settings
    until(lambda: "read_only_allow_delete" in json.dumps(known(index="t-*").body), 60)
    off = {name: None for name in wanted if name.startswith(disk)}

    def free() -> None:
        client.cluster.put_settings(persistent=off)

    return free


@pytest.mark.parametrize("count", COUNTS)
@pytest.mark.parametrize("how", [stop, hang, forbid_writing, fill_the_disk])
def test_changes_while_the_cluster_fails_are_shown_at_once_and_reach_it_when_it_is_back(
    one: Cluster,
    on_one: tuple[Site, Gunicorn],
    how: Callable[[Cluster], Callable[[], None]],
    count: int,
) -> None:
    site, server = on_one
    before = len(site.titles())
    mend = how(one)
    try:
        change(site, count, f"Tijdens {how.__name__} {count}")
        titles = site.titles()
        assert len(titles) - before > count / 2
        if how in (stop, hang):
            # Searches fail too, and the standby answers with what is true now.
            until(lambda: NOTICE in server.ask(SEARCH).text, 30)
            until(lambda: found(server)[0] == len(titles), 30)
        for page in ("/", "/praktijken/", "/praktijken/?q=eerste", "/gemeenten/gouda/"):
            assert server.ask(page).status == 200
    finally:
        mend()
    must_catch_up(site, server)
