"""Every kind of task, killed when all but the note of it is done: it is done again, mails once."""

import importlib
import json
import signal

import pytest
from django_tasks.base import Task

from tests.faults.conftest import ROOT, Site

pytestmark = pytest.mark.fault

LEFT = "SELECT status FROM django_tasks_database_dbtaskresult"
MAILS = "SELECT count(*) FROM practices_queuedmail"
PRACTICE = "SELECT max(page_ptr_id) FROM practices_practicepage"
EXAMPLES: dict[str, list[object]] = {
    "practices.services.moderation.mails.send": ["review_due", "PRACTICE", "USER"],
    "practices.services.considerations.mails.tell": ["first", 0, "USER"],
    "practices.services.considerations.matching.look_for_others": [0],
    "practices.services.people.passwords.send_link": [["USER"]],
    "practices.services.people.newcomers.tell": ["USER", "official", [], None, "USER"],
    "practices.frontend.pdf.making.make": [0],
}
"""Of each of our tasks what it is given here; keys of nothing where that is enough."""


def our_tasks() -> set[str]:
    """The paths of all tasks that our packages define."""
    found = set()
    for package in ("practices", "search", "cms"):
        for file in (ROOT / package).rglob("*.py"):
            if "@task" in file.read_text():
                name = ".".join(file.relative_to(ROOT).with_suffix("").parts)
                module = importlib.import_module(name)
                found |= {one.module_path for one in vars(module).values() if isinstance(one, Task)}
    return found


def test_there_is_an_example_of_each_task() -> None:
    assert our_tasks() == set(EXAMPLES)


@pytest.mark.parametrize("path", EXAMPLES)
def test_a_task_whose_process_is_killed_is_done_by_another(embedded_site: Site, path: str) -> None:
    site = embedded_site
    site.tell("make_author")
    keys = {
        "PRACTICE": site.rows(PRACTICE)[0],
        "USER": site.rows("SELECT max(id) FROM auth_user")[0],
    }

    def filled(value: object) -> object:
        if isinstance(value, list):
            return [filled(one) for one in value]
        return keys.get(value, value) if isinstance(value, str) else value

    arguments = json.dumps(filled(EXAMPLES[path]))
    assert site.script("do_and_die", path, arguments) == -signal.SIGKILL
    assert len(site.rows(LEFT)) == 1
    queued = site.rows(MAILS)
    site.tell("do_what_was_left")
    assert site.rows(LEFT) in ([], ["SUCCESSFUL"])
    assert site.rows(MAILS) == queued, "a mail that is queued is not queued again"
    if "USER" in str(EXAMPLES[path]) and 0 not in EXAMPLES[path]:
        assert queued == [1]
