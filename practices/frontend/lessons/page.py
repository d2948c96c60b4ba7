"""The page of one lesson, made ready to show."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from practices.addresses import LESSONS_PAGE, absolute, site_name
from practices.frontend.lessons.beside import Beside, beside
from practices.frontend.lessons.contexts import Fact, facts_of, read_views
from practices.frontend.pages import crumbs
from practices.indexes.readers import lesson_reader
from practices.models import PracticePage
from practices.models.lessons import KEY_LENGTH, KEY_LETTERS
from practices.selectors import public_pages
from practices.selectors.lessons import PublicLesson, lessons_of_practices
from search.engines.base import EngineError

MOST_OPPOSITES = 3
LETTERS = 70
"""So much of a lesson stands in a title."""
_ADDRESS = re.compile(rf"([1-9][0-9]{{0,8}})-([{KEY_LETTERS}]{{{KEY_LENGTH}}})", re.ASCII)


def read_address(reference: str) -> tuple[int, str] | None:
    """The practice and the key in the address of a lesson; None if there is no such lesson."""
    match = _ADDRESS.fullmatch(reference.lower())
    return (int(match[1]), match[2]) if match else None


@dataclass(frozen=True, slots=True)
class LessonPage:
    """What the page shows."""

    lesson: PublicLesson
    facts: Sequence[Fact]
    opposites: Sequence[Beside]
    has_no_engine: bool
    """Whether opposites could not be looked for."""
    others: Sequence[PublicLesson]
    """The other lessons of the practice."""
    citation: str

    @property
    def title(self) -> str:
        """The lesson, as far as it fits in a title."""
        return Truncator(self.lesson.text).chars(LETTERS)

    @property
    def canonical_url(self) -> str:
        """The lasting address with its host."""
        return absolute(self.lesson.url)

    @property
    def crumbs(self) -> list[crumbs.Crumb]:
        """The way to this page."""
        return [*crumbs.home(), crumbs.Crumb(_("Lessons"), LESSONS_PAGE)]


def lesson_page(practice: int, key: str) -> LessonPage | None:
    """The page of a lesson; None if it is gone or its practice is not public.

    At most ten queries, however many lessons there are.
    """
    lessons = lessons_of_practices([practice]).get(practice, [])
    lesson = next((one for one in lessons if one.key == key), None)
    view = read_views([practice]).get(practice)
    if lesson is None or view is None:
        return None
    try:
        found, has_no_engine = beside(lesson_reader(), [lesson], most=MOST_OPPOSITES), False
    except EngineError:
        found, has_no_engine = {}, True
    return LessonPage(
        lesson=lesson,
        facts=[fact for fact in facts_of(view) if fact.known],
        opposites=found.get(lesson.id, ()),
        has_no_engine=has_no_engine,
        others=[one for one in lessons if one.id != lesson.id],
        citation=citation(lesson),
    )


def citation(lesson: PublicLesson) -> str:
    """One line to refer to a lesson by, as plain text; one query."""
    dates = public_pages(PracticePage).filter(pk=lesson.practice.id)
    first, last = dates.values_list("first_published_at", "last_published_at").get()
    told = {
        "municipality": lesson.municipality.name,
        "year": first.year if first else _("no date"),
        "lesson": Truncator(" ".join(lesson.text.split())).chars(LETTERS),
        "kind": lesson.kind_label,
        "practice": lesson.practice.title,
        "site": site_name(),
        "url": absolute(lesson.url),
        "day": date_format(localtime(last), "j F Y") if last else _("no date"),
    }
    if lesson.is_fictional:
        text = _(
            "%(municipality)s (%(year)s). %(kind)s: “%(lesson)s” [fictional]. In: %(practice)s. "
            "%(site)s. %(url)s (last changed on %(day)s)"
        )
    else:
        text = _(
            "%(municipality)s (%(year)s). %(kind)s: “%(lesson)s”. In: %(practice)s. "
            "%(site)s. %(url)s (last changed on %(day)s)"
        )
    return text % told
