"""One practice that was found, and why."""

from dataclasses import dataclass

from django.utils.safestring import SafeString

from practices.frontend.search.pair_stories import Story
from practices.indexes.likeness.comparisons import Comparison
from practices.selectors import Card
from search.results.highlight import best_passage, mark


@dataclass(frozen=True, slots=True)
class Result(Card):
    """One practice that was found, and why: marked words as safe HTML."""

    title_html: SafeString
    summary_html: SafeString
    passage: SafeString | None
    highlights: tuple[SafeString, ...]
    alike: tuple[Comparison, ...] = ()
    """Why its municipality is comparable with those that were chosen."""
    story: Story | None = None
    """What the chosen pairs of trainers brought, and what was reached."""
    missing: tuple[str, ...] = ()
    """The words of the search that the practice lacks."""

    def data(self) -> dict[str, object]:
        """The result as JSON has it."""
        data: dict[str, object] = {
            "id": self.id,
            "title": self.title,
            "url": self.url,
            "summary": self.summary,
            "municipality": self.municipality._asdict(),
            "highlights": list(self.highlights),
            "missing": list(self.missing),
        }
        if self.alike:
            data["comparable"] = [one.data() for one in self.alike]
        if self.story:
            data["trainer_pairs"] = self.story.data()
        return data


def result_of(
    card: Card,
    passages: tuple[str, ...],
    marks: frozenset[str],
    alike: tuple[Comparison, ...] = (),
    story: Story | None = None,
    missing: tuple[str, ...] = (),
) -> Result:
    """A card with the words marked that answer the search, or else the best passage."""
    title, summary = mark(card.title, marks), mark(card.summary, marks)
    highlights = tuple(marked.html for marked in (title, summary) if marked.has_marks)
    passage = best_passage(passages, marks) if marks and not summary.has_marks else None
    if passage:
        highlights = (*highlights, passage)
    values = {name: getattr(card, name) for name in Card.__slots__}
    return Result(
        **values,
        title_html=title.html,
        summary_html=summary.html,
        passage=passage,
        highlights=highlights,
        alike=alike,
        story=story,
        missing=missing,
    )
