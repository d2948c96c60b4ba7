"""All that practices refer to (terms, municipalities, WegWijzers), in one query for 500 pages."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import Any, NamedTuple

from django.db.models import Case, CharField, Exists, F, OuterRef, Value, When

from practices.models import (
    GoalOutcome,
    MunicipalityPage,
    PracticePage,
    SignpostPage,
    Term,
    Trainer,
)
from practices.models.relations import RELATIONS
from practices.selectors.prepared import Prepared, chunks, together
from practices.selectors.public import restricted, shown_name

TOLD = ("brought", "reached")
"""What a trainer brought (as definition) and how far a goal was reached (as slug).

No references, but wanted together with those by lists that show no other parts.
"""


class Reference(NamedTuple):
    """One thing that a practice, or a part of it, refers to.

    `relation` is a name in `RELATIONS`, `OF_PARTS` or `TOLD`, `partner_municipalities` or
    `signposts`.
    `owner_id` is the practice, or the trainer or goal outcome that the reference hangs on. `slug`
    is the term's or municipality's slug, or the search code. `definition` is the term's, the
    WegWijzer's introduction, or the address part of a municipality's page (empty without one).
    """

    relation: str
    owner_id: int
    slug: str
    label: str
    definition: str
    position: int


_EMPTY = Value("", output_field=CharField())

COLUMNS = ("r_page", "r_relation", "r_owner", "r_slug", "r_label", "r_definition", "r_position")


def read_references(
    page_ids: Iterable[int], *, relations: Sequence[str] = ()
) -> dict[int, list[Reference]]:
    """The references of practices by the id of the page, each relation in the editors' order.

    One query for every 500 pages. `relations` limits them; without it all but `TOLD` are read.
    Every page asked for has an entry.
    """
    ids = list(page_ids)
    found: dict[int, list[Reference]] = {page_id: [] for page_id in ids}
    query = _prepared(tuple(relations))
    for chunk in chunks(ids):
        for page_id, *row in query.rows(chunk):
            found[page_id].append(Reference(*row))
    for references in found.values():
        references.sort(key=_order)
    return found


def references_of(page: PracticePage) -> list[Reference]:
    """The references of a page that may not be saved yet: a preview or an old revision.

    Parts without a number of their own are numbered as in `parts_of`: from 1, in their order.
    """
    owner = page.pk or 0
    terms: list[tuple[str, int, Term]] = [
        (relation, owner, term) for relation in RELATIONS for term in getattr(page, relation).all()
    ]
    for number, trainer in enumerate(page.trainers.all(), 1):
        terms += [("expertises", number, term) for term in trainer.expertises.all()]
        terms += [("providers", number, trainer.provider)] if trainer.provider else []
    terms += [("goals", number, o.goal) for number, o in enumerate(page.goal_outcomes.all(), 1)]
    references = [
        Reference(relation, owner_id, term.slug, term.label, term.definition, term.position)
        for relation, owner_id, term in terms
    ]
    references += [
        Reference("partner_municipalities", owner, partner.slug, partner.shown_name, "", 0)
        for partner in page.partner_municipalities.all()
    ]
    return sorted(references, key=_order)


def by_relation(references: Iterable[Reference]) -> dict[tuple[str, int], list[Reference]]:
    """References grouped by relation and owner; a group that is absent is empty."""
    groups: dict[tuple[str, int], list[Reference]] = defaultdict(list)
    for reference in references:
        groups[reference.relation, reference.owner_id].append(reference)
    return groups


@cache
def _prepared(relations: tuple[str, ...]) -> Prepared:
    readers = [_READERS[name] for name in relations or _USUAL]

    def build(ids: list[int]) -> Any:
        return together([read(ids) for read in readers])

    return Prepared(build)


def _order(reference: Reference) -> tuple[str, int, int, str]:
    return reference.relation, reference.owner_id, reference.position, reference.label


def _terms(rows: Any, relation: str, *, page: str, owner: str, term: str = "term") -> Any:
    return (
        rows.order_by()
        .annotate(
            r_page=F(page),
            r_relation=Value(relation, output_field=CharField()),
            r_owner=F(owner),
            r_slug=F(f"{term}__slug"),
            r_label=F(f"{term}__label"),
            r_definition=F(f"{term}__definition"),
            r_position=F(f"{term}__position"),
        )
        .values_list(*COLUMNS)
    )


def _field(relation: str) -> Callable[[list[int]], Any]:
    through = getattr(PracticePage, relation).through

    def read(ids: list[int]) -> Any:
        rows = through.objects.filter(practicepage__in=ids)
        return _terms(rows, relation, page="practicepage_id", owner="practicepage_id")

    return read


def _expertises(ids: list[int]) -> Any:
    rows = Trainer.expertises.through.objects.filter(trainer__page__in=ids)
    return _terms(rows, "expertises", page="trainer__page_id", owner="trainer_id")


def _providers(ids: list[int]) -> Any:
    rows = Trainer.objects.filter(page__in=ids, provider__isnull=False)
    return _terms(rows, "providers", page="page_id", owner="pk", term="provider")


def _goals(ids: list[int]) -> Any:
    rows = GoalOutcome.objects.filter(page__in=ids)
    return _terms(rows, "goals", page="page_id", owner="pk", term="goal")


def _told(relation: str, rows: Any, *, slug: Any = _EMPTY, definition: Any = _EMPTY) -> Any:
    return rows.annotate(
        r_page=F("page_id"),
        r_relation=Value(relation, output_field=CharField()),
        r_owner=F("pk"),
        r_slug=slug,
        r_label=_EMPTY,
        r_definition=definition,
        r_position=F("sort_order"),
    ).values_list(*COLUMNS)


def _brought(ids: list[int]) -> Any:
    rows = Trainer.objects.filter(page__in=ids)
    return _told("brought", rows, definition=F("brought"))


def _reached(ids: list[int]) -> Any:
    rows = GoalOutcome.objects.filter(page__in=ids)
    return _told("reached", rows, slug=F("reached"))


def _partners(ids: list[int]) -> Any:
    through = PracticePage.partner_municipalities.through
    home = MunicipalityPage.objects.filter(
        ~restricted(), live=True, municipality=OuterRef("municipality")
    )
    return (
        through.objects.filter(practicepage__in=ids)
        .annotate(
            r_page=F("practicepage_id"),
            r_relation=Value("partner_municipalities", output_field=CharField()),
            r_owner=F("practicepage_id"),
            r_slug=F("municipality__slug"),
            r_label=shown_name("municipality"),
            r_definition=Case(
                When(Exists(home), then=F("municipality__slug")),
                default=Value(""),
                output_field=CharField(),
            ),
            r_position=Value(0),
        )
        .values_list(*COLUMNS)
    )


def _signposts(ids: list[int]) -> Any:
    rows = SignpostPage.practices.through.objects.filter(
        ~restricted("signpostpage__path"), practicepage__in=ids, signpostpage__live=True
    )
    return (
        rows.order_by()
        .annotate(
            r_page=F("practicepage_id"),
            r_relation=Value("signposts", output_field=CharField()),
            r_owner=F("practicepage_id"),
            r_slug=F("signpostpage__code"),
            r_label=F("signpostpage__title"),
            r_definition=F("signpostpage__introduction"),
            r_position=Value(0),
        )
        .values_list(*COLUMNS)
    )


_READERS: dict[str, Callable[[list[int]], Any]] = {
    **{relation: _field(relation) for relation in RELATIONS},
    "expertises": _expertises,
    "providers": _providers,
    "goals": _goals,
    "brought": _brought,
    "reached": _reached,
    "partner_municipalities": _partners,
    "signposts": _signposts,
}

_USUAL = tuple(name for name in _READERS if name not in TOLD)
