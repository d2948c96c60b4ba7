"""Why the municipalities of search results are comparable with those that a visitor chose."""

from collections.abc import Container, Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from practices.indexes.likeness.ranking import Likeness
from practices.indexes.likeness.sentences import Explanation


@dataclass(frozen=True, slots=True)
class Comparison:
    """Why a municipality is comparable with another one, which has this slug and name."""

    slug: str
    name: str
    explanation: Explanation

    @property
    def heading(self) -> str:
        """With which municipality."""
        return _("Comparable with %(name)s:") % {"name": self.name}

    @property
    def text(self) -> str:
        """The reasons, and what does not count because it is not known."""
        text, unknown = self.explanation.text, self.explanation.unknown_text
        if not unknown:
            return f"{text}."
        return f"{text}. " + _("Not known, so it does not count: %(what)s.") % {"what": unknown}

    def data(self) -> dict[str, object]:
        """The comparison as JSON has it."""
        return {
            "value": self.slug,
            "name": self.name,
            "reasons": list(self.explanation.reasons),
            "unknown": list(self.explanation.unknown),
        }


def comparisons(
    likeness: Likeness, chosen: Iterable[str], codes: Container[str], own: str = ""
) -> dict[str, tuple[Comparison, ...]]:
    """By the code, if it is one of `codes`: with which chosen municipalities one is comparable.

    And first with the searcher's own, of which only is said what they have in common.
    """
    found: dict[str, tuple[Comparison, ...]] = {}
    for slug in dict.fromkeys((*([own] if own else ()), *chosen)):
        for one in likeness.comparable(slug):
            if one.facts.code not in codes:
                continue
            name = likeness.facts[slug].name
            explanation = likeness.explanation(slug, one.facts.slug)
            if slug == own:
                explanation = explanation._replace(unknown=())
            comparison = Comparison(slug, name, explanation)
            found[one.facts.code] = (*found.get(one.facts.code, ()), comparison)
    return found
