"""Two officials at the same moment, on a real database with two connections."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier

import pytest
from django.db import connection

from practices.models import Consideration, Introduction, IntroductionAnswer, Says
from practices.services.considerations import steps
from tests.mails import delivered
from tests.practices.services.considerations.conftest import cell
from tests.practices.services.people.conftest import People

pytestmark = [
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
    # SQLite in memory refuses a second writer; on disk writers take turns.
    pytest.mark.grown,
]
ROUNDS = 5


def at_once(*actions: Callable[[], object]) -> list[str]:
    start = Barrier(len(actions))

    def act(action: Callable[[], object]) -> str:
        try:
            start.wait()
            return str(action())
        except steps.ClosedError:
            return "closed"
        finally:
            connection.close()

    with ThreadPoolExecutor(len(actions)) as pool:
        return list(pool.map(act, actions))


def consider_both(people: People) -> list[str]:
    asked = cell()
    pairs = ((people.page, people.official), (people.other_page, people.other))
    return at_once(
        *(
            partial(steps.consider, cell=asked, municipality=page.municipality, by=person)
            for page, person in pairs
        )
    )


def test_two_municipalities_at_once_are_brought_together_once(people: People) -> None:
    for _ in range(ROUNDS):
        Consideration.objects.all().delete()
        delivered().clear()
        consider_both(people)
        assert Introduction.objects.count() == 1
        assert IntroductionAnswer.objects.count() == 2
        assert sorted(one.to for one in delivered()) == [
            ["kim@voorbeeld.example"],
            ["sam@voorbeeld.example"],
        ]


def test_two_colleagues_at_once_add_it_once(people: People) -> None:
    asked, place = cell(), people.page.municipality
    people.other.groups.add(*people.official.groups.all())
    found = at_once(
        *(
            partial(steps.consider, cell=asked, municipality=place, by=person)
            for person in (people.official, people.other)
        )
    )
    assert sorted(found) == ["False", "True"]


def test_two_that_say_yes_at_once_are_introduced_once(people: People) -> None:
    for _ in range(ROUNDS):
        Consideration.objects.all().delete()
        consider_both(people)
        delivered().clear()
        answers = IntroductionAnswer.objects.select_related("consideration__made_by")
        found = at_once(
            *(
                partial(steps.answer, answer=one.pk, by=one.consideration.made_by, says=Says.YES)
                for one in answers
            )
        )
        assert sorted(found) == ["False", "True"]
        assert len(delivered()) == 2


def test_who_withdraws_while_the_other_says_yes_waits_for_nobody_for_ever(people: People) -> None:
    for _ in range(ROUNDS):
        Consideration.objects.all().delete()
        consider_both(people)
        answer = IntroductionAnswer.objects.get(consideration__made_by=people.other)
        gone = Consideration.objects.get(made_by=people.official)
        found = at_once(
            partial(steps.withdraw, consideration=gone.pk),
            partial(steps.answer, answer=answer.pk, by=people.other, says=Says.YES),
        )
        assert found[0] == "None"
        assert found[1] in ("False", "closed")
        assert not Introduction.objects.exists()
