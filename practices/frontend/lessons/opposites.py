"""Opposite lessons: what worked in one place and did not in another, on one subject.

The search index proposes a few lessons for each, and what the database says of those decides. So it
costs the same with a hundred lessons as with a hundred thousand: one question to the engine for all
lessons of a page, and two to the database.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from practices.frontend.lessons.subjects import Shared, Subject, is_one_subject, shared, subject_of
from practices.indexes.lesson_kinds import NAME, OPPOSITE
from practices.selectors import Reference, read_references
from practices.selectors.lessons import PublicLesson, public_lessons
from search.engines.base import Reader, Request
from search.questions.text import Text

TERMS = ("themes", "working_methods", "formats")
CANDIDATES = 12
"""So many lessons are looked at for each."""
WORDS = 8
"""So many words of a lesson are asked for: the longest, which are rarer than short ones."""


@dataclass(frozen=True, slots=True)
class Opposite:
    """A lesson that says the opposite of another, and what both are about."""

    lesson: PublicLesson
    common: Shared


def opposites_of(
    reader: Reader, lessons: Sequence[PublicLesson], *, most: int
) -> dict[int, list[Opposite]]:
    """For each lesson those of other practices that say the opposite, most alike first.

    A lesson without any is absent. Raises `EngineError`.
    """
    asked = [lesson for lesson in lessons if lesson.kind in OPPOSITE]
    requests = {one.id: request for one in asked if (request := _request(one)) is not None}
    answers = dict(zip(requests, reader.each_ids(list(requests.values())), strict=True))
    found = public_lessons(sorted({key for ids in answers.values() for key in ids}))
    practices = {one.practice.id for one in (*asked, *found.values())} if found else set()
    references = read_references(sorted(practices), relations=TERMS) if found else {}
    subjects = {
        one.id: _subject(one, references.get(one.practice.id, ()))
        for one in (*asked, *found.values())
    }
    chosen = {
        one.id: _chosen(one, [found[key] for key in answers[one.id] if key in found], subjects)
        for one in asked
        if one.id in answers
    }
    return {key: opposites[:most] for key, opposites in chosen.items() if opposites}


def _request(lesson: PublicLesson) -> Request | None:
    """What might be the opposite: lessons that share most, and the rarest, of its words."""
    words = sorted({own[0] for _word, own in subject_of(lesson.text, ()).words})
    words = sorted(words, key=len, reverse=True)[:WORDS]
    if not words:
        return None
    kinds = {NAME: (OPPOSITE[lesson.kind],)}
    return Request(Text(any_of=tuple(words)), kinds, limit=CANDIDATES)


def _subject(lesson: PublicLesson, references: Iterable[Reference]) -> Subject:
    terms = ((one.relation, one.slug) for one in references)
    return subject_of(lesson.text, terms)


def _chosen(
    lesson: PublicLesson, candidates: Iterable[PublicLesson], subjects: Mapping[int, Subject]
) -> list[Opposite]:
    """Those on one subject; of each practice the one that has most in common."""
    opposites = [
        Opposite(other, common)
        for other in candidates
        if other.practice.id != lesson.practice.id
        and other.kind == OPPOSITE[lesson.kind]
        and is_one_subject(common := shared(subjects[lesson.id], subjects[other.id]))
    ]
    opposites.sort(key=lambda one: (-one.common.weight, -one.common.terms, one.lesson.id))
    by_practice = {one.lesson.practice.id: one for one in reversed(opposites)}
    return [one for one in opposites if by_practice[one.lesson.practice.id] is one]
