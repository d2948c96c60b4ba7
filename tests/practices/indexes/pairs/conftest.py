"""Practices with trainers, for tests of pairs."""

from collections.abc import Callable, Sequence
from typing import Any

import pytest

from practices.indexes.practices import PRACTICES
from practices.models import GoalOutcome, MunicipalityPage, PracticePage, Trainer, Vocabulary
from search.indexing.rebuild import rebuild
from tests.factories import MunicipalityPageFactory, PracticePageFactory, TermFactory

Taught = Callable[..., PracticePage]


def expertise(slug: str, **fields: Any) -> Any:
    return TermFactory(vocabulary=Vocabulary.EXPERTISE, slug=slug, **fields)


def goal(slug: str) -> Any:
    return TermFactory(vocabulary=Vocabulary.LEARNING_GOAL, slug=slug)


def give(
    page: PracticePage,
    trainers: Sequence[str],
    reached: dict[str, str] | None = None,
    brought: Sequence[str] = (),
) -> PracticePage:
    """Give a practice trainers (each as "islam politie", with what they brought) and goals."""
    texts = [*brought, *[""] * len(trainers)]
    page.trainers = [
        Trainer(expertises=[expertise(slug) for slug in slugs.split()], brought=text)
        for slugs, text in zip(trainers, texts, strict=False)
    ]
    page.goal_outcomes = [
        GoalOutcome(goal=goal(slug), reached=how) for slug, how in (reached or {}).items()
    ]
    page.save()
    return page


@pytest.fixture
def place(db: None) -> MunicipalityPage:
    page: MunicipalityPage = MunicipalityPageFactory()
    return page


@pytest.fixture
def taught(place: MunicipalityPage) -> Taught:
    """Makes an indexed practice with trainers and goals."""

    def make(*trainers: str, **more: Any) -> PracticePage:
        page = give(PracticePageFactory(parent=place), trainers, **more)
        rebuild(PRACTICES)
        return page

    return make
