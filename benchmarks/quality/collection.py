"""Puts the practices of the test collection in an empty site."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from benchmarks.quality.judged import rows
from cms.synthetic.generate import SyntheticPractice, SyntheticTrainer
from cms.synthetic.write import Writer
from practices.models import Municipality, PracticePage
from practices.models.relations import RELATIONS

MARKS = (" Fictief voorbeeld.", "Fictief voorbeeld.", " (fictief)", "(fictief)")
"""What only says that a text is made up, and is not to be found."""
PUBLISHED = datetime(2026, 1, 1, tzinfo=UTC)
SEED = 0
"""Only tells these apart from synthetic practices."""


def load() -> dict[int, str]:
    """Publish the practices, without an index; their ids in the collection by primary key.

    The site has its registers and the page of municipalities, and no practices.
    """
    codes = _codes()
    practices = [_practice(number, row, codes) for number, row in enumerate(rows("practices"))]
    Writer().write(practices, SEED)
    return dict(PracticePage.objects.values_list("pk", "slug"))


def _codes() -> dict[str, str]:
    """The codes of the municipalities by all their names."""
    return {
        name: one.code
        for one in Municipality.objects.prefetch_related("aliases")
        for name in (one.name, *(alias.name for alias in one.aliases.all()))
    }


def _practice(number: int, row: Mapping[str, Any], codes: Mapping[str, str]) -> SyntheticPractice:
    is_running = row["status"] == "lopend"
    return SyntheticPractice(
        number=number,
        slug=row["id"],
        place=codes[row["municipality"]],
        partners=(),
        published_at=PUBLISHED + timedelta(days=number),
        fields={
            "title": row["title"],
            "summary": row["summary"],
            "start_year": min(row["jaar"]),
            "end_year": None if is_running else max(row["jaar"]),
            "is_running": is_running,
            "status": row["status"],
            "group_size": row["group_size"],
            "approach": "".join(f"<p>{part}</p>" for part in row["approach"].split("\n\n")),
            "local_stakes": row["local_stakes"],
            "evaluation": f"<p>{_without_marks(row['evaluation'])}</p>",
        },
        terms={
            relation: tuple(row.get(vocabulary.value, ()))
            for relation, vocabulary in RELATIONS.items()
        },
        trainers=tuple(
            SyntheticTrainer(
                expertises=tuple(trainer["expertise"]),
                provider=None,
                organisation=_without_marks(trainer["organisation"]),
                brought=trainer["added"],
            )
            for trainer in row["trainers"]
        ),
        lessons=tuple((one["kind"].replace(" ", "_"), one["text"]) for one in row["lessons"]),
        goals=(),
        links=(),
    )


def _without_marks(text: str) -> str:
    for mark in MARKS:
        text = text.replace(mark, "")
    return text
