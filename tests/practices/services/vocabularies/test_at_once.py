"""Two editors at the same moment, on a real database with two connections."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.contrib.auth.models import User
from django.db import connection

from practices.models import FormerValue, PracticePage, Term
from practices.services.vocabularies import merging as services
from tests.factories import PracticePageFactory, TermFactory, make_tree

pytestmark = [
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
    # SQLite in memory refuses a second writer; on disk writers take turns.
    pytest.mark.grown,
]


def at_once(*actions: Callable[[], object]) -> list[str]:
    start = Barrier(len(actions))

    def act(action: Callable[[], object]) -> str:
        try:
            start.wait()
            action()
        except services.MergeError:
            return "refused"
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(len(actions)) as pool:
        return sorted(pool.map(act, actions))


@pytest.mark.parametrize(
    ("pairs", "outcomes", "left"),
    [
        ([("a", "b"), ("b", "a")], ["done", "refused"], 1),
        ([("a", "b"), ("a", "c")], ["done", "refused"], 1),
        ([("a", "b"), ("b", "c")], None, 1),
        ([("a", "c"), ("b", "c")], ["done", "done"], 1),
    ],
)
def test_two_merges_at_once_lose_no_practice(
    pairs: list[tuple[str, str]], outcomes: list[str] | None, left: int
) -> None:
    make_tree()
    editor = User.objects.create_user("redactie")
    terms = {slug: TermFactory(slug=slug) for slug in "abc"}
    pages = [PracticePageFactory(terms={"formats": [slug]}) for slug in "abc"]

    def merging(old: str, new: str) -> Callable[[], object]:
        return lambda: services.merge(term=terms[old].pk, into=terms[new].pk, user=editor)

    found = at_once(*(merging(old, new) for old, new in pairs))
    assert found == outcomes or outcomes is None
    for page in pages:
        assert PracticePage.objects.get(pk=page.pk).formats.count() == left
    gone = {"a", "b", "c"} - set(Term.objects.values_list("slug", flat=True))
    assert set(FormerValue.objects.values_list("slug", flat=True)) == gone
    assert len(gone) == found.count("done")


def test_moving_at_once_numbers_every_term_once() -> None:
    editor = User.objects.create_user("redactie")
    terms = [TermFactory(slug=slug, position=number) for number, slug in enumerate("abcd")]
    at_once(*(lambda pk=term.pk: services.move(term=pk, up=True, user=editor) for term in terms))
    positions = sorted(Term.objects.values_list("position", flat=True))
    assert positions == [1, 2, 3, 4]
