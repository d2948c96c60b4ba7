from practices.services.jobs import jobs
from search.running.jobs import _sources


def test_jobs_keep_the_names_under_which_the_database_knows_their_last_turn() -> None:
    assert {job.name for job in jobs()} == {
        "forget followers",
        "forget searches",
        "mail followers",
        "reorganisations",
        "review due",
        "tell of first practices",
        "tidy considerations",
        "tidy register stamps",
    }


def test_the_site_has_them_once() -> None:
    assert _sources.count(jobs) == 1
