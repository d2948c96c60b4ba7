import ast
from pathlib import Path

from practices.services.jobs import jobs
from search.running.jobs import _sources


def test_jobs_keep_the_names_under_which_the_database_knows_their_last_turn() -> None:
    assert {job.name for job in jobs()} == {
        "check events",
        "forget events",
        "forget followers",
        "forget invitations",
        "forget mails",
        "forget searches",
        "mail followers",
        "reorganisations",
        "review due",
        "seal events",
        "tell of first practices",
        "tidy considerations",
        "tidy register stamps",
    }


def test_the_site_has_them_once() -> None:
    assert _sources.count(jobs) == 1


def test_whatever_says_that_a_nightly_job_does_it_is_done_by_one() -> None:
    done = {getattr(job.action, "__name__", "") for job in jobs()}
    said = {
        node.name
        for file in Path("practices/services").rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.FunctionDef)
        and "nightly job" in (ast.get_docstring(node) or "").lower()
    }
    assert len(said) >= 3
    assert said <= done
