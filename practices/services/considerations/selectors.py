"""Reads: what is considered by whom, and who can be asked."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.utils import timezone

from practices.models import (
    Consideration,
    Introduction,
    IntroductionAnswer,
    Municipality,
    Says,
    users,
)
from practices.services.people.selectors import municipalities_of

KEPT = timedelta(days=365)
"""So long a consideration stands."""
TO_ANSWER = timedelta(days=30)
"""So long the two municipalities have to say that they want to meet."""


def standing() -> "QuerySet[Consideration]":
    """All considerations that are not too old, the oldest first."""
    rows = Consideration.objects.filter(made_at__gt=timezone.now() - KEPT)
    return rows.select_related("municipality", "made_by").order_by("made_at", "pk")


def of_municipalities(keys: Iterable[Any]) -> "QuerySet[Consideration]":
    """Those of some municipalities, and of what went into them."""
    return standing().filter(municipality__in=_with_former(set(keys)))


def of_official(person: User) -> "QuerySet[Consideration]":
    """Those of the municipalities for which somebody writes."""
    return of_municipalities(municipalities_of(person).values_list("pk", flat=True))


def questions_to(person: User) -> int:
    """How many introductions wait for an answer of this official's municipalities."""
    answers = IntroductionAnswer.objects.filter(
        consideration__in=of_official(person).order_by(),
        says=Says.NOTHING,
        introduction__introduced_at=None,
        introduction__made_at__gt=timezone.now() - TO_ANSWER,
    )
    return answers.count()


def is_open(introduction: Introduction) -> bool:
    """Whether the two can still answer."""
    is_in_time = introduction.made_at > timezone.now() - TO_ANSWER
    return introduction.introduced_at is None and is_in_time


def officials_of(municipality: Municipality) -> "QuerySet[User]":
    """Who writes for a municipality, or for the one that it is part of now, and can log in."""
    link = "groups__municipality_link__municipality"
    people = users.people().filter(is_active=True, **{link: municipality.current})
    return people.distinct().order_by("pk")


def willing(answer: IntroductionAnswer) -> User | None:
    """Who said yes for a municipality, if that is somebody who can be introduced now."""
    person = answer.answered_by
    if answer.says != Says.YES or person is None or not users.email_of(person):
        return None
    return person if person in officials_of(answer.consideration.municipality) else None


def _with_former(keys: set[Any]) -> set[Any]:
    """The municipalities, and those that are part of them now."""
    found, newest = set(keys), set(keys)
    while newest:
        former = Municipality.objects.filter(merged_into__in=newest).values_list("pk", flat=True)
        newest = set(former) - found
        found |= newest
    return found
