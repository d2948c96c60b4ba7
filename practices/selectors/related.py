"""Practices that look like another one."""

from typing import Any

from django.db.models import Count, F, IntegerField, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce

from practices.models import PracticePage
from practices.selectors.cards import CardRow
from practices.selectors.prepared import Prepared
from practices.selectors.public import public_pages
from practices.selectors.retirement import not_archived

CANDIDATES = 300
LIMIT = 4
WEIGHTS = {"target_groups": 3, "radicalisation_types": 2, "themes": 1, "formats": 1}


def related_practices(page_id: int) -> list[CardRow]:
    """The practices that share most terms with a practice, four at most; one query.

    Bounded on purpose: only the newest practices for one of the same target groups are weighed,
    so that it costs the same with ten practices as with a hundred thousand.
    """
    return [CardRow(*row) for row in _RELATED.rows([page_id])]


def _related(ids: list[int]) -> Any:
    (page_id,) = ids
    groups = PracticePage.target_groups.through.objects
    own = groups.filter(practicepage=page_id).values("term")
    newest = groups.filter(term__in=own).exclude(practicepage=page_id).order_by("-pk")
    score = sum((_shared(name, page_id) * weight for name, weight in WEIGHTS.items()), Value(0))
    pages = (
        not_archived(public_pages(PracticePage))
        .filter(pk__in=newest.values("practicepage")[:CANDIDATES])
        .annotate(score=score)
        .order_by(F("score").desc(), "-pk")
    )
    return CardRow.of(pages)[:LIMIT]


def _shared(relation: str, page_id: int) -> Any:
    through = getattr(PracticePage, relation).through.objects
    own = through.filter(practicepage=page_id).values("term")
    same = through.filter(practicepage=OuterRef("pk"), term__in=own).order_by()
    counted = same.values("practicepage").annotate(shared=Count("pk")).values("shared")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


_RELATED = Prepared(_related)
