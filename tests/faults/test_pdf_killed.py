"""PDFs with real queues, servers and workers: none is half, and none that was asked for is lost."""

import os
import signal
from pathlib import Path

import pytest

from tests.faults.conftest import Site
from tests.faults.gunicorn import Gunicorn
from tests.faults.test_deliveries import until, worker

pytestmark = [pytest.mark.fault, pytest.mark.usefixtures("pango")]

ADDRESS = "/gemeenten/gouda/eerste.pdf"
KEPT = "SELECT count(*) FROM cms_shelf WHERE cache_key LIKE '%:pdf:%'"
BEING_MADE = "SELECT count(*) FROM cms_shelf WHERE cache_key LIKE '%:pdf-making:%'"


def test_a_process_killed_while_it_keeps_a_pdf_leaves_none_that_is_half(any_site: Site) -> None:
    assert any_site.script("make_pdf_and_die_while_keeping") == -signal.SIGKILL
    assert any_site.rows(KEPT) == [0]
    assert any_site.tell("make_pdf") == "0", "it may still be being made"
    any_site.tell("let_claims_run_out")
    assert int(any_site.tell("make_pdf")) > 1000
    assert any_site.tell("ask_for_pdf") == "there"


def test_what_a_killed_worker_was_making_is_made_by_another(grown_site: Site) -> None:
    assert grown_site.tell("ask_for_pdf") == "asked for"
    with worker(grown_site):
        until(lambda: grown_site.rows(BEING_MADE) == [1])
    assert grown_site.rows(KEPT) == [0]
    grown_site.tell("let_claims_run_out")
    with worker(grown_site):
        assert grown_site.tell("ask_for_pdf") == "asked for"
        until(lambda: grown_site.rows(KEPT) == [1])
    assert grown_site.tell("ask_for_pdf") == "there"


def test_a_worker_makes_the_pdf_of_what_was_published(grown_site: Site) -> None:
    grown_site.tell("publish", "Tweede")
    with worker(grown_site):
        until(lambda: grown_site.rows(KEPT) == [1])


def test_a_server_that_is_killed_makes_it_when_it_is_asked_for_again(embedded_site: Site) -> None:
    site = embedded_site
    site.manage("collectstatic", "--noinput")
    with Gunicorn(site.folder, site.environment) as server:
        answer = server.ask(ADDRESS, method="HEAD")
        assert answer.status == 202
        until(lambda: site.rows(BEING_MADE) == [1])
        kill_with_children(server)
    assert site.rows(KEPT) == [0]
    site.tell("let_claims_run_out")
    with Gunicorn(site.folder, site.environment) as server:
        assert server.ask(ADDRESS, method="HEAD").status == 202
        until(lambda: server.ask(ADDRESS, method="HEAD").status == 200)


def test_a_server_makes_the_pdf_of_what_it_published(embedded_site: Site) -> None:
    embedded_site.tell("schedule", "Op tijd")
    with Gunicorn(embedded_site.folder, embedded_site.environment):
        until(lambda: embedded_site.rows(KEPT) == [1])


def kill_with_children(server: Gunicorn) -> None:
    """End a server and its workers as a power cut would."""
    parent = server.process.pid
    children = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
    for pid in [parent, *map(int, children)]:
        os.kill(pid, signal.SIGKILL)
