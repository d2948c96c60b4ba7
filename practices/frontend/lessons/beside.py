"""Opposite lessons beside each other, with the contexts that differ."""

from collections.abc import Sequence
from dataclasses import dataclass

from practices.frontend.lessons.contexts import Contexts, contexts, read_views
from practices.frontend.lessons.opposites import Opposite, opposites_of
from practices.selectors.lessons import PublicLesson
from search.engines.base import Reader


@dataclass(frozen=True, slots=True)
class Beside:
    """A lesson that says the opposite of another, and how their practices differ."""

    lesson: PublicLesson
    words: Sequence[str]
    """What both are about, in the words of the lesson that it stands beside."""
    contexts: Contexts


def beside(
    reader: Reader, lessons: Sequence[PublicLesson], *, most: int
) -> dict[int, list[Beside]]:
    """For each lesson its opposites; at most six queries in all. Raises `EngineError`."""
    found = opposites_of(reader, lessons, most=most)
    shown = [lesson for lesson in lessons if lesson.id in found]
    practices = {one.practice.id for one in shown}
    practices |= {one.lesson.practice.id for opposites in found.values() for one in opposites}
    views = read_views(practices)

    def shown_beside(lesson: PublicLesson, one: Opposite) -> Beside:
        here, there = views[lesson.practice.id], views[one.lesson.practice.id]
        return Beside(one.lesson, one.common.words, contexts(here, there))

    # A practice may have gone between two questions.
    return {
        lesson.id: [
            shown_beside(lesson, one) for one in found[lesson.id] if one.lesson.practice.id in views
        ]
        for lesson in shown
        if lesson.practice.id in views
    }
