"""A grown site that goes from one failure around Elasticsearch to the next, and is well after each.

Its web server and worker reach Elasticsearch through a proxy that fails as it is told.
"""

import signal
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.faults.conftest import ELSEWHERE, Site, give_static_files, remove_database
from tests.faults.failover import remove, request
from tests.faults.gunicorn import Gunicorn
from tests.faults.proxy import FaultProxy, Mode
from tests.faults.test_cluster import (
    PENDING,
    ClusterSite,
    Visitors,
    change,
    found,
    must_catch_up,
    running,
)
from tests.faults.test_deliveries import until, worker
from tests.services import elasticsearch_url

# A worker and a web server start on both services, and the breaker must open and its pauses end.
pytestmark = [pytest.mark.fault, pytest.mark.soak]

PUBLIC = ("/", "/praktijken/", "/praktijken/?q=eerste", "/gemeenten/gouda/", "/lessen/")
LONG = pytest.mark.soak
QUICK = 12.0
"""Seconds within which all is delivered while nothing is wrong here; a cut-off machine that held
up the others did so for twenty."""


@dataclass(frozen=True)
class Grown:
    """A site, its web server, and the proxy that both server and worker go through."""

    site: ClusterSite
    server: Gunicorn
    proxy: FaultProxy

    @property
    def prefix(self) -> str:
        return self.site.search_url.rpartition("/")[2]

    def through(self, other: FaultProxy, folder: Path) -> ClusterSite:
        """The same site as another machine sees it."""
        folder.mkdir()
        (folder / ELSEWHERE).write_text(self.site.database)
        give_static_files(folder)
        return ClusterSite(folder, f"{other.url}/{self.prefix}")


@pytest.fixture(scope="module")
def grown(prepared_grown: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Grown]:
    with ExitStack() as stack:
        proxy = stack.enter_context(FaultProxy(elasticsearch_url()))
        folder = tmp_path_factory.mktemp("elasticsearch-site") / "data"
        cluster = SimpleNamespace(urls=[proxy.url])
        site, server = stack.enter_context(running(prepared_grown, folder, cluster))  # type: ignore[arg-type]
        assert isinstance(site, ClusterSite)
        made = Grown(site, server, proxy)
        yield made
        proxy.mode = Mode.PASS
        stack.callback(remove_database, site)
        stack.callback(remove, proxy.behind, made.prefix)


@pytest.fixture(autouse=True)
def healthy(grown: Grown) -> Iterator[None]:
    yield
    grown.proxy.mode = Mode.PASS


def must_be_public(server: Gunicorn) -> None:
    for page in PUBLIC:
        assert server.ask(page).status == 200, page


@pytest.mark.parametrize("count", [10, pytest.param(300, marks=LONG)])
# `test_cluster.py` stops and hangs the cluster itself.
@pytest.mark.parametrize(
    "mode",
    [Mode.BUSY, pytest.param(Mode.SILENT, marks=LONG), pytest.param(Mode.REFUSE, marks=LONG)],
)
def test_nothing_is_lost_while_elasticsearch_takes_nothing(
    grown: Grown, mode: Mode, count: int
) -> None:
    with Visitors(grown.server) as visitors:
        grown.proxy.mode = mode
        change(grown.site, count, f"Tijdens {mode.name} {count}")
        until(lambda: found(grown.server)[0] == len(grown.site.titles()), 30)
        must_be_public(grown.server)
        grown.proxy.mode = Mode.PASS
        must_catch_up(grown.site, grown.server)
    assert set(visitors.answers) == {200}


def test_a_web_server_that_is_cut_off_holds_up_no_other(grown: Grown, tmp_path: Path) -> None:
    site = grown.site
    with FaultProxy(grown.proxy.behind) as its_own:
        elsewhere = grown.through(its_own, tmp_path / "elsewhere")
        with Gunicorn(elsewhere.folder, elsewhere.environment) as cut_off:
            cut_off.wait_for("/praktijken.json", 200)
            its_own.mode = Mode.SILENT
            # It fails, and goes on failing, while changes of both sides come.
            elsewhere.tell("publish", "Van een afgesneden machine")
            for number in range(3):
                site.tell("publish", f"Van elders {number}")
                until(lambda: in_cluster(site) == [0], QUICK)
            until(lambda: its_own.asked(Mode.SILENT) >= 3)
            site.tell("publish", "En nog een")
            until(lambda: in_cluster(site) == [0], QUICK)
            must_be_public(cut_off)
    # That machine goes for good, with what would wait for its own index.
    site.tell("let_a_day_pass")
    ids = elsewhere.folder.rglob("follower")
    gone = [f"{file.parent.name}:tantivy/{file.read_text()}" for file in ids]
    assert gone
    site.manage("search_forget", *gone)
    must_catch_up(site, grown.server)


def in_cluster(site: Site) -> list[int]:
    """How many changes the cluster still has to get."""
    return site.rows(f"{PENDING} AND follower LIKE '%:elasticsearch'")


@pytest.mark.parametrize("count", [500, pytest.param(20_000, marks=LONG)])
def test_after_a_day_without_worker_and_cluster_all_that_waits_is_delivered(
    grown: Grown, count: int
) -> None:
    site = grown.site
    grown.proxy.mode = Mode.REFUSE
    site.tell("change_many", "Van gisteren", "3")
    site.tell("record_many", str(count))
    site.tell("let_a_day_pass")
    waiting = int(in_cluster(site)[0])
    assert waiting >= count
    must_be_public(grown.server)
    grown.proxy.mode = Mode.PASS
    until(lambda: in_cluster(site) == [0], 60 + count / 50)
    must_catch_up(site, grown.server)


def test_two_workers_and_rebuilds_at_once_end_with_one_whole_index(grown: Grown) -> None:
    site = grown.site
    with worker(site) as second:
        editor = site.start("-m", "tests.faults.scripts", "change_many", "Druk", "6")
        rebuilds = 0
        while editor.poll() is None or not rebuilds:
            done = site.run("manage.py", "search_rebuild", "--only", "engine")
            assert done.returncode == 0 or "being rebuilt by another" in done.stderr, done.stderr
            rebuilds += 1
        assert editor.communicate()[1] == ""
        assert second.poll() is None
    must_catch_up(site, grown.server)
    assert len(own_indexes(grown)) == 1


def own_indexes(grown: Grown) -> list[str]:
    names = request(grown.proxy.behind, "GET", f"/_cat/indices/{grown.prefix}-practices-*?h=index")
    return names.split()


def test_a_rebuild_that_is_killed_leaves_the_old_index_serving_and_is_cleared_away(
    grown: Grown,
) -> None:
    site = grown.site
    before = own_indexes(grown)
    assert site.script("rebuild_and_die_before_the_swap") == -signal.SIGKILL
    assert len(own_indexes(grown)) == len(before) + 1
    change(site, 5, "Na een afgebroken bouw")
    must_catch_up(site, grown.server)
    # Its lease runs out; the worker builds the next index when there is a reason.
    site.tell("let_a_day_pass")
    site.manage("search_rebuild", "--only", "engine")
    assert len(own_indexes(grown)) == 1
