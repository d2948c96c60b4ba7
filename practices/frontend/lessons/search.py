"""A search for lessons with all that the page and the JSON show of it."""

from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from practices.addresses import LESSONS_PAGE, SEARCH
from practices.frontend.lessons.beside import Beside, beside
from practices.frontend.search.faceted import FacetedSearch, Words
from practices.indexes.lesson_kinds import NAME, lesson_facets
from practices.indexes.readers import lesson_reader
from practices.indexes.registers import Registers
from practices.selectors.lessons import PublicLesson, public_lessons
from search.questions.query import Query
from search.results.highlight import mark
from search.results.presenter import Addresses


@dataclass(frozen=True, slots=True)
class LessonResult:
    """One lesson that was found: marked words as safe HTML."""

    lesson: PublicLesson
    text_html: SafeString
    title_html: SafeString
    opposite: Beside | None

    def data(self) -> dict[str, object]:
        """The result as JSON has it."""
        lesson = self.lesson
        return {
            "id": f"{lesson.practice.id}-{lesson.key}",
            "kind": lesson.kind,
            "text": lesson.text,
            "url": lesson.url,
            "practice": lesson.practice._asdict(),
            "municipality": lesson.municipality._asdict(),
            "opposite": self.opposite.lesson.url if self.opposite else None,
        }


class LessonSearch(FacetedSearch):
    """A search for lessons; raises `EngineError` if no engine can answer."""

    path, options_view = LESSONS_PAGE, "practices:lesson-facet"
    results: list[LessonResult]

    def __init__(self, query: Query, notices: list[str], registers: Registers) -> None:
        super().__init__(query, notices, registers, lesson_facets(registers), lesson_reader())

    @property
    def words(self) -> Words:
        """How the page names lessons."""
        shown = {"shown": self.shown_total}
        return Words(
            ngettext("%(shown)s lesson", "%(shown)s lessons", self.total) % shown,
            _("Show lessons"),
            ngettext("Show %(shown)s lesson", "Show %(shown)s lessons", self.total) % shown,
            _("No lesson has everything that you ask for."),
            _("View all lessons"),
        )

    @property
    def practices_url(self) -> str:
        """The search for practices with the same text and conditions, but for the kind."""
        return Addresses(SEARCH).of(self.query.choosing(NAME, ()).sorted_by(""))

    def _results(self) -> list[LessonResult]:
        ids = self.found.answer.ids
        marks = self.found.text.marks
        found = public_lessons(ids)
        lessons = [found[key] for key in ids if key in found]
        opposites = beside(self.reader, lessons, most=1)
        results = []
        shown: set[int] = set()
        for lesson in lessons:
            opposite = next(iter(opposites.get(lesson.id, ())), None)
            # Two that are each other's opposite stand beside each other once on a page.
            if opposite and {lesson.id, opposite.lesson.id} <= shown:
                opposite = None
            shown |= {lesson.id, opposite.lesson.id} if opposite else set()
            text, title = mark(lesson.text, marks).html, mark(lesson.practice.title, marks).html
            results.append(LessonResult(lesson, text, title, opposite))
        return results
