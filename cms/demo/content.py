"""Loads the demo's practices and WegWijzers from the TOML files beside this module."""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import models, transaction
from tqdm import tqdm

from cms.models import EditorialPage, HomePage
from practices.models import (
    GoalOutcome,
    Lesson,
    Municipality,
    MunicipalityPage,
    PracticeLink,
    PracticePage,
    SignpostIndexPage,
    SignpostLink,
    SignpostPage,
    SignpostPublication,
    Term,
    Trainer,
    Vocabulary,
)
from practices.services.people.roles import let_editors_publish
from practices.services.record import ensure_municipality_page
from practices.services.setup.tree import publish_under

FOLDER = Path(__file__).parent
# Gouda, Ede, Haarlemmermeer and Utrecht were at the expert meeting of 30 November 2009 too.
OTHERS_AT_THE_MEETING = ("GM0513", "GM0228", "GM0394", "GM0344")

Row = dict[str, Any]


@dataclass(frozen=True)
class Content:
    """How many pages were added."""

    practices: int
    signposts: int


@transaction.atomic
def load_content() -> Content:
    """Load the practices and the WegWijzers that are not there yet; all or nothing.

    A practice is known by its municipality and slug, a WegWijzer by its code. What exists stays as
    it is. For a site that was set up.
    """
    rows = _toml("practices.toml")["practice"]
    codes = dict.fromkeys([row["municipality"] for row in rows] + list(OTHERS_AT_THE_MEETING))
    pages = {
        code: ensure_municipality_page(municipality=Municipality.objects.get(code=code))
        for code in codes
    }
    terms = {(term.vocabulary, term.slug): term for term in Term.objects.all()}
    practices = sum(
        _add_practice(row, pages[row["municipality"]], terms)
        for row in tqdm(rows, desc="Demo practices", disable=None)
    )
    _say_what_this_is(_toml("pages.toml"))
    signposts = sum(_add_signpost(row) for row in _toml("signposts.toml")["signpost"])
    return Content(practices, signposts)


def _say_what_this_is(texts: Row) -> None:
    """A page on where the practices come from, and the way to it; once."""
    home = HomePage.objects.get()
    if EditorialPage.objects.filter(slug=texts["page"]["slug"]).exists():
        return
    page = EditorialPage(**texts["page"])
    publish_under(home, page)
    let_editors_publish(page=page)
    about = EditorialPage.objects.filter(slug=texts["about"]["slug"]).first()
    if about is not None:
        about.body += texts["about"]["section"]
        about.save_revision().publish()


def _add_practice(row: Row, parent: MunicipalityPage, terms: dict[tuple[str, str], Term]) -> bool:
    if parent.get_children().filter(slug=row["slug"]).exists():
        return False
    page = practice_from(row, terms)
    publish_under(parent, page)
    return True


def practice_from(row: Row, terms: dict[tuple[str, str], Term]) -> PracticePage:
    """A practice, not saved, from a row whose keys are the names of the model's fields."""

    def chosen(model: type[models.Model], field: str, slugs: list[str]) -> list[Term]:
        choices: Any = model._meta.get_field(field)
        vocabulary = choices.get_limit_choices_to()["vocabulary"]
        return [terms[vocabulary, slug] for slug in slugs]

    row = dict(row)
    row.pop("municipality")
    parts = {name: row.pop(name, []) for name in ("trainers", "lessons", "goals", "links")}
    partners = row.pop("partner_municipalities", [])
    many = {name: row.pop(name) for name, value in list(row.items()) if isinstance(value, list)}
    page = PracticePage(**row)
    for name, slugs in many.items():
        setattr(page, name, chosen(PracticePage, name, slugs))
    page.partner_municipalities = list(Municipality.objects.filter(code__in=partners))
    page.lessons = [Lesson(**lesson) for lesson in parts["lessons"]]
    page.links = [PracticeLink(**link) for link in parts["links"]]
    page.goal_outcomes = [
        GoalOutcome(**{**goal, "goal": terms[Vocabulary.LEARNING_GOAL, goal["goal"]]})
        for goal in parts["goals"]
    ]
    trainers = []
    for part in parts["trainers"]:
        expertises, provider = part.pop("expertises"), part.pop("provider", None)
        trainer = Trainer(**part)
        trainer.expertises = chosen(Trainer, "expertises", expertises)
        trainer.provider = terms[Vocabulary.DELIVERY, provider] if provider else None
        trainers.append(trainer)
    page.trainers = trainers
    return page


def _add_signpost(row: Row) -> bool:
    if SignpostPage.objects.filter(code=row["code"]).exists():
        return False
    row = dict(row)
    publications, links = row.pop("publications", []), row.pop("links", [])
    practices = row.pop("practices", [])
    page = SignpostPage(**row)
    page.publications = [SignpostPublication(**publication) for publication in publications]
    page.links = [SignpostLink(**link) for link in links]
    by_slug = {page.slug: page for page in PracticePage.objects.filter(slug__in=practices)}
    page.practices = [by_slug[slug] for slug in practices]
    publish_under(SignpostIndexPage.objects.get(), page)
    return True


def _toml(name: str) -> Row:
    return tomllib.loads((FOLDER / name).read_text(encoding="utf-8"))
