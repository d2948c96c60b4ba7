"""Writes what belongs to a chunk of fictional practices: terms, trainers, lessons, goals, links."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Model

from cms.synthetic.bulk import insert_pairs
from cms.synthetic.generate import SyntheticPractice
from practices.models import (
    GoalOutcome,
    Lesson,
    Municipality,
    PracticeLink,
    PracticePage,
    Term,
    Trainer,
    Vocabulary,
)
from practices.models.lessons import new_key
from practices.models.relations import RELATIONS

# Practices with the keys of their pages.
Pairs = Sequence[tuple[SyntheticPractice, int]]


class Keys:
    """Keys of terms by vocabulary and slug, and of municipalities by CBS code."""

    def __init__(self) -> None:
        self.municipalities = dict(Municipality.objects.values_list("code", "pk"))
        self.terms = {
            (vocabulary, slug): key
            for vocabulary, slug, key in Term.objects.values_list("vocabulary", "slug", "pk")
        }


def write_terms(pairs: Pairs, keys: Keys) -> None:
    """The terms and partner municipalities of the practices."""
    for field, vocabulary in RELATIONS.items():
        insert_pairs(
            getattr(PracticePage, field).through,
            ("practicepage_id", "term_id"),
            [
                (key, keys.terms[vocabulary, slug])
                for practice, key in pairs
                for slug in practice.terms[field]
            ],
        )
    insert_pairs(
        PracticePage.partner_municipalities.through,
        ("practicepage_id", "municipality_id"),
        [(key, keys.municipalities[code]) for practice, key in pairs for code in practice.partners],
    )


def write_trainers(pairs: Pairs, keys: Keys) -> None:
    """The trainers, and the expertises of each."""
    trainers, expertises = [], []
    for practice, key in pairs:
        for order, row in enumerate(practice.trainers):
            provider = row.provider and keys.terms[Vocabulary.DELIVERY, row.provider]
            trainer = Trainer(page_id=key, sort_order=order, provider_id=provider)
            trainer.organisation, trainer.brought = row.organisation, row.brought
            trainers.append(trainer)
            expertises.append(row.expertises)
    Trainer.objects.bulk_create(trainers)
    insert_pairs(
        Trainer.expertises.through,
        ("trainer_id", "term_id"),
        [
            (trainer.pk, keys.terms[Vocabulary.EXPERTISE, slug])
            for trainer, slugs in zip(trainers, expertises, strict=True)
            for slug in slugs
        ],
    )


def write_parts(pairs: Pairs, keys: Keys) -> None:
    """The lessons, learning goals and links."""
    rows: dict[type[Model], list[Any]] = {Lesson: [], GoalOutcome: [], PracticeLink: []}
    for practice, key in pairs:
        for order, (kind, text) in enumerate(practice.lessons):
            lesson = Lesson(page_id=key, sort_order=order, kind=kind, text=text, key=new_key())
            rows[Lesson].append(lesson)
        for order, (slug, measure, reached) in enumerate(practice.goals):
            goal = GoalOutcome(page_id=key, sort_order=order, measure=measure, reached=reached)
            goal.goal_id = keys.terms[Vocabulary.LEARNING_GOAL, slug]
            rows[GoalOutcome].append(goal)
        for order, (title, url) in enumerate(practice.links):
            rows[PracticeLink].append(
                PracticeLink(page_id=key, sort_order=order, title=title, url=url)
            )
    for model, objects in rows.items():
        model._default_manager.bulk_create(objects)
