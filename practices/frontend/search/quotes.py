"""What practices say on a question, word for word, above the list of what was found."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from practices.frontend.search.results import Result
from search.questions.query import RELEVANCE
from search.results.answers import Found
from search.results.highlight import mark
from search.results.quoting import is_question, quotes


@dataclass(frozen=True, slots=True)
class ShownQuote:
    """A passage of a practice, and where it stands."""

    text: str
    html: SafeString
    """The same with the words marked that answer the question."""
    result: Result

    def data(self) -> dict[str, object]:
        """The passage as JSON has it."""
        return {
            "text": self.text,
            "practice": {
                "id": self.result.id,
                "title": self.result.title,
                "url": self.result.url,
            },
            "municipality": self.result.municipality._asdict(),
        }


def shown_quotes(found: Found, results: Sequence[Result]) -> tuple[ShownQuote, ...]:
    """The passages for a question: only of practices that the database confirms are public."""
    query = found.query
    if query.page > 1 or query.order() != RELEVANCE or not is_question(query.text):
        return ()
    shown = {result.id: result for result in results}
    text, answer = found.text, found.answer
    first = [key for key in answer.ids if key in shown]
    return tuple(
        ShownQuote(quote.text, mark(quote.text, text.near_marks).html, shown[quote.document])
        for quote in quotes(text, first, answer.passages)
    )
