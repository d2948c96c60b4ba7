"""What practices hold more than one of, in one query for 500 pages."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import CharField, F, OuterRef, Q, TextField, Value
from django.db.models.functions import Cast
from django.urls import reverse

from practices.models import (
    GoalOutcome,
    Lesson,
    PracticeDocument,
    PracticeLink,
    PracticePage,
    Trainer,
)
from practices.models.owners import of_others
from practices.selectors.prepared import Prepared, chunks, together


@dataclass(frozen=True, slots=True)
class TrainerPart:
    """A trainer; expertises and provider are references that this id owns."""

    id: int
    organisation: str
    brought: str


@dataclass(frozen=True, slots=True)
class LessonPart:
    """A lesson; `kind` is a value of `Lesson.Kind`, `key` is empty in what was never saved."""

    kind: str
    text: str
    key: str = ""


@dataclass(frozen=True, slots=True)
class OutcomePart:
    """How a goal was measured and reached; the goal is a reference that this id owns."""

    id: int
    measure: str
    reached: str


@dataclass(frozen=True, slots=True)
class LinkPart:
    """A link to another site."""

    title: str
    url: str


@dataclass(frozen=True, slots=True)
class DocumentPart:
    """A document to download; `size` in bytes, 0 when unknown."""

    title: str
    url: str
    extension: str
    size: int


@dataclass(slots=True)
class Parts:
    """The parts of one practice, each kind in the author's order."""

    trainers: list[TrainerPart] = field(default_factory=list)
    lessons: list[LessonPart] = field(default_factory=list)
    outcomes: list[OutcomePart] = field(default_factory=list)
    links: list[LinkPart] = field(default_factory=list)
    documents: list[DocumentPart] = field(default_factory=list)


def read_parts(page_ids: Iterable[int]) -> dict[int, Parts]:
    """The parts of practices by the id of the page; one query for every 500 pages.

    Every page asked for has an entry.
    """
    ids = list(page_ids)
    found = {page_id: Parts() for page_id in ids}
    for chunk in chunks(ids):
        for page_id, *row in sorted(_PREPARED.rows(chunk), key=lambda row: row[:4]):
            _add(found[page_id], *row)
    return found


def parts_of(page: PracticePage) -> Parts:
    """The parts of a page that may not be saved yet; trainers and outcomes are numbered from 1."""
    return Parts(
        trainers=[
            TrainerPart(number, trainer.organisation, trainer.brought)
            for number, trainer in enumerate(page.trainers.all(), 1)
        ],
        lessons=[LessonPart(lesson.kind, lesson.text, lesson.key) for lesson in page.lessons.all()],
        outcomes=[
            OutcomePart(number, outcome.measure, outcome.reached)
            for number, outcome in enumerate(page.goal_outcomes.all(), 1)
        ],
        links=[LinkPart(link.title, link.url) for link in page.links.all()],
        documents=[document_part(item.document) for item in page.documents.all()],
    )


def document_part(document: Any) -> DocumentPart:
    """A document of Wagtail's library as a part."""
    return _document(document.pk, document.title, document.file.name, document.file_size or 0)


def _document(pk: int, title: str, file: str, size: int) -> DocumentPart:
    name = file.rpartition("/")[2]
    url = reverse("wagtaildocs_serve", args=[pk, name])
    return DocumentPart(title, url, name.rpartition(".")[2].upper(), size)


def _parts(ids: list[int]) -> Any:
    empty = Value("", output_field=CharField())
    texts: list[tuple[str, Any, list[Any]]] = [
        ("trainers", Trainer, [F("organisation"), F("brought"), empty]),
        ("lessons", Lesson, [F("kind"), F("text"), F("key")]),
        ("outcomes", GoalOutcome, [F("measure"), F("reached"), empty]),
        ("links", PracticeLink, [F("title"), F("url"), empty]),
        (
            "documents",
            PracticeDocument,
            [F("document__title"), F("document__file"), Cast("document__file_size", CharField())],
        ),
    ]
    # Of a practice that came from another municipality, the files stayed there.
    stayed = of_others("document__collection__path", OuterRef("page__municipality"))
    queries = [
        model.objects.filter(~stayed if kind == "documents" else Q(), page__in=ids)
        .annotate(
            p_kind=Value(kind, output_field=CharField()),
            p_order=F("sort_order"),
            p_id=F("document_id" if kind == "documents" else "pk"),
            **{
                f"p_{name}": Cast(text, TextField())
                for name, text in zip("abc", columns, strict=True)
            },
        )
        .values_list("page_id", "p_kind", "p_order", "p_id", "p_a", "p_b", "p_c")
        for kind, model, columns in texts
    ]
    return together(queries)


_PREPARED = Prepared(_parts)


def _add(parts: Parts, kind: str, _order: int, pk: int, a: str, b: str, c: str | None) -> None:
    if kind == "trainers":
        parts.trainers.append(TrainerPart(pk, a, b))
    elif kind == "lessons":
        parts.lessons.append(LessonPart(a, b, c or ""))
    elif kind == "outcomes":
        parts.outcomes.append(OutcomePart(pk, a, b))
    elif kind == "links":
        parts.links.append(LinkPart(a, b))
    else:
        parts.documents.append(_document(pk, a, b, int(c or 0)))
