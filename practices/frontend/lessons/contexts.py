"""What differs between the practices of two lessons, in words."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.utils.formats import number_format
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from practices.frontend.pages.practice import PracticeView
from practices.indexes.likeness.sentences import urbanity_words
from practices.selectors import Parts, read_references
from practices.selectors.compared import compared_pages

NAMED, TOLD = 3, 4
"""So many terms of a kind, and so many differences, fit in a sentence."""


class Fact(NamedTuple):
    """One thing that is known of a practice: its name, and what it is in words."""

    label: str
    known: str


class Difference(NamedTuple):
    """One thing that differs; empty where it is not known."""

    label: str
    here: str
    there: str


@dataclass(frozen=True, slots=True)
class Contexts:
    """Two practices beside each other."""

    differences: Sequence[Difference]

    @property
    def here(self) -> str:
        """What differs as it is here, in a few words."""
        return _sentence(one.here for one in self.differences[:TOLD])

    @property
    def there(self) -> str:
        """The same as it is there."""
        return _sentence(one.there for one in self.differences[:TOLD])


def read_views(practices: Iterable[int]) -> dict[int, PracticeView]:
    """The public ones of these practices with what a context is made of; two queries."""
    pages = compared_pages(sorted(set(practices)))
    references = read_references([page.pk for page in pages]) if pages else {}
    return {page.pk: PracticeView(page, references[page.pk], Parts()) for page in pages}


def facts_of(view: PracticeView) -> list[Fact]:
    """The context of a practice, what says most first; what is not known is empty."""
    return [Fact(label, known(view)) for label, known in _characteristics()]


def contexts(here: PracticeView, there: PracticeView) -> Contexts:
    """What differs between two practices."""
    pairs = zip(facts_of(here), facts_of(there), strict=True)
    return Contexts(
        [Difference(one.label, one.known, two.known) for one, two in pairs if one != two]
    )


def _sentence(known: Iterable[str]) -> str:
    return ", ".join(filter(None, known))


def _characteristics() -> list[tuple[str, Callable[[PracticeView], str]]]:
    return [
        (_("Format"), _terms("formats")),
        (_("For whom"), _terms("target_groups")),
        (_("Group"), lambda view: view.group),
        (_("Length"), lambda view: view.length),
        (_("Working methods"), _terms("working_methods")),
        (_("Delivery"), _terms("deliveries")),
        (_("Inhabitants"), _inhabitants),
        (_("Urbanity"), _urbanity),
    ]


def _terms(relation: str) -> Callable[[PracticeView], str]:
    def known(view: PracticeView) -> str:
        labels = [_within_a_sentence(term.label) for term in view.fields[relation]]
        more = len(labels) - NAMED
        shown = labels[:NAMED] + ([_("%(count)d more") % {"count": more}] if more > 0 else [])
        return get_text_list(shown, _("and"))

    return known


def _within_a_sentence(label: str) -> str:
    """A label with a small letter, unless it begins with an abbreviation (ZAT-coördinatoren)."""
    return label if label[:2].isupper() else label[:1].lower() + label[1:]


def _inhabitants(view: PracticeView) -> str:
    number = number_format(view.page.municipality.inhabitants, force_grouping=True)
    return _("%(number)s inhabitants") % {"number": number}


def _urbanity(view: PracticeView) -> str:
    urbanity = view.page.municipality.urbanity
    return urbanity_words(urbanity) if urbanity else ""
