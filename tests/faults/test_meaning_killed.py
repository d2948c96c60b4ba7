"""The worker that makes vectors is killed: another makes those that lack."""

import signal

import pytest

from search.meaning import model
from search.meaning.vectors import AT_ONCE
from tests.faults.conftest import Site
from tests.faults.test_deliveries import until, worker

pytestmark = [
    pytest.mark.fault,
    pytest.mark.skipif(not model.name(), reason="no model is installed"),
]

MEANT = "SELECT document FROM search_meaning ORDER BY document"
PUBLIC = (
    "SELECT id FROM wagtailcore_page JOIN practices_practicepage ON id = page_ptr_id ORDER BY id"
)
PENDING = (
    "SELECT count(*) FROM search_change WHERE version > delivered AND follower LIKE '%:meaning'"
)


def test_a_worker_that_is_killed_among_vectors_leaves_them_to_the_next(embedded_site: Site) -> None:
    site = embedded_site
    before = site.rows(MEANT)
    site.tell("publish_many", "Met betekenis", str(AT_ONCE + 4))
    assert site.script("work_and_die_at_the_second_vectors") == -signal.SIGKILL
    assert len(site.rows(MEANT)) == len(before) + AT_ONCE, "it was in the middle"
    assert site.rows(PENDING) == [AT_ONCE + 4], "none counts as delivered"
    # The claim of who was killed runs out.
    site.tell("let_a_day_pass")
    with worker(site):
        until(lambda: site.rows(PENDING) == [0])
    assert site.rows(MEANT) == site.rows(PUBLIC)
