"""Factories for tests; what a test does not care about is made up and valid."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import factory
import wagtail_factories
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from factory.django import DjangoModelFactory
from wagtail.documents.models import Document
from wagtail.models import Page, Revision, Site, WorkflowState

from cms.models import EditorialPage, HomePage
from practices.models import (
    GoalOutcome,
    Lesson,
    Municipality,
    MunicipalityAlias,
    MunicipalityIndexPage,
    MunicipalityPage,
    PracticeDocument,
    PracticeLink,
    PracticePage,
    ReviewTask,
    ReviewTaskState,
    SignpostIndexPage,
    SignpostPage,
    Term,
    Trainer,
    Vocabulary,
)
from practices.models.roles import EDITORS
from practices.selectors import RELATIONS
from practices.services.moderation.workflow import ensure_workflow

PUBLISHED = datetime(2026, 3, 4, 12, tzinfo=UTC)


@dataclass(frozen=True)
class SiteTree:
    """The pages under which everything else stands."""

    home: HomePage
    municipalities: MunicipalityIndexPage
    signposts: SignpostIndexPage


def make_tree() -> SiteTree:
    """The pages of the tree, made when they are not there yet."""
    home = HomePage.objects.first() or _make_home()
    return SiteTree(
        home,
        MunicipalityIndexPage.objects.first()
        or home.add_child(instance=MunicipalityIndexPage(title="Gemeenten", slug="gemeenten")),
        SignpostIndexPage.objects.first()
        or home.add_child(instance=SignpostIndexPage(title="WegWijzers", slug="wegwijzers")),
    )


def _make_home() -> HomePage:
    root = Page.get_first_root_node()
    home = root.add_child(
        instance=HomePage(title="WegWijzer", slug="wegwijzer", lead="Leer van andere gemeenten.")
    )
    Site.objects.update_or_create(
        is_default_site=True, defaults={"hostname": "localhost", "root_page": home}
    )
    Site.clear_site_root_paths_cache()
    return home


class TermFactory(DjangoModelFactory):
    """A term; the same vocabulary and slug give the same term."""

    vocabulary = Vocabulary.FORMAT
    slug = factory.Sequence(lambda number: f"term-{number}")
    label = factory.LazyAttribute(lambda term: term.slug.replace("-", " ").capitalize())
    definition = factory.LazyAttribute(lambda term: f"Wat {term.label} betekent.")
    position = factory.Sequence(lambda number: number % 1000)

    class Meta:
        model = Term
        django_get_or_create = ("vocabulary", "slug")


class MunicipalityFactory(DjangoModelFactory):
    """A municipality; `aliases` and `neighbours` can be given as lists."""

    # Above the codes that CBS has given, which tests name and the registers hold.
    code = factory.Sequence(lambda number: f"GM{2_000 + number % 8_000}")
    name = factory.Sequence(lambda number: f"Waterdam {number}")
    slug = factory.LazyAttribute(lambda one: one.name.lower().replace(" ", "-").replace("'", ""))
    province = "PV28"
    inhabitants = 75_000
    inhabitants_on = date(2022, 1, 1)
    urbanity = 2
    x = 100_000
    y = 450_000

    class Meta:
        model = Municipality
        skip_postgeneration_save = True

    @factory.post_generation
    def aliases(self, create: bool, names: list[str] | None, **_: Any) -> None:
        for name in names or ():
            MunicipalityAlias.objects.create(municipality=self, name=name)

    @factory.post_generation
    def neighbours(self, create: bool, others: list[Municipality] | None, **_: Any) -> None:
        self.neighbours.set(others or ())


class PublishedPageFactory(wagtail_factories.PageFactory):
    """A page that was published; `draft=True` makes one that never was."""

    first_published_at = PUBLISHED
    last_published_at = PUBLISHED

    class Meta:
        model = Page
        abstract = True

    class Params:
        draft = factory.Trait(live=False, first_published_at=None, last_published_at=None)


class EditorialPageFactory(PublishedPageFactory):
    """A page of text under the home page."""

    parent = factory.LazyFunction(lambda: make_tree().home)
    title = factory.Sequence(lambda number: f"Over {number}")
    body = "<p>Tekst.</p>"

    class Meta:
        model = EditorialPage


class MunicipalityPageFactory(PublishedPageFactory):
    """The page of a municipality."""

    parent = factory.LazyFunction(lambda: make_tree().municipalities)
    municipality = factory.SubFactory(MunicipalityFactory)
    title = factory.LazyAttribute(lambda page: page.municipality.name)
    slug = factory.LazyAttribute(lambda page: page.municipality.slug)

    class Meta:
        model = MunicipalityPage


class PracticePageFactory(PublishedPageFactory):
    """A practice with what it minimally needs; `complete=True` fills every field and part.

    `terms` gives terms by field and slug: `terms={"formats": ["training"]}`.
    """

    parent = factory.SubFactory(MunicipalityPageFactory)
    title = factory.Sequence(lambda number: f"Praktijk {number}")
    summary = "Een samenvatting van wat er is gedaan."
    approach = "<p>Zo ging het.</p>"

    class Meta:
        model = PracticePage
        skip_postgeneration_save = True

    class Params:
        fictional = factory.Trait(is_fictional=True)

    @factory.post_generation
    def terms(self, create: bool, slugs: dict[str, list[str]] | None, **_: Any) -> None:
        for relation, names in (slugs or {}).items():
            vocabulary = RELATIONS[relation]
            chosen = [TermFactory(vocabulary=vocabulary, slug=name) for name in names]
            setattr(self, relation, chosen)
        if slugs:
            self.save()

    @factory.post_generation
    def complete(self, create: bool, wanted: bool | None, **_: Any) -> None:
        if wanted:
            fill_in(self)


class SignpostPageFactory(PublishedPageFactory):
    """A WegWijzer."""

    parent = factory.LazyFunction(lambda: make_tree().signposts)
    code = factory.Sequence(lambda number: f"WW{number % 90 + 10}{10 + number // 90:02}")
    slug = factory.LazyAttribute(lambda page: page.code.lower())
    title = factory.LazyAttribute(lambda page: f"Een feitenblad ({page.code})")
    date = date(2009, 12, 18)
    introduction = "Waar het over gaat."
    body = "<p>De tekst.</p>"

    class Meta:
        model = SignpostPage


def fill_in(page: PracticePage) -> None:
    """Give a practice a recognisable value in every field, and two of every part."""
    for relation, vocabulary in RELATIONS.items():
        terms = [
            TermFactory(vocabulary=vocabulary, slug=f"{relation.replace('_', '-')}-{number}")
            for number in (1, 2)
        ]
        setattr(page, relation, terms)
    page.partner_municipalities = [MunicipalityPageFactory().municipality, MunicipalityFactory()]
    page.start_year, page.end_year, page.is_running = 2007, 2009, False
    page.status, page.duration, page.duration_unit = "afgerond", Decimal(2), "dagdeel"
    page.meetings, page.group_size, page.participants_reached = 3, 12, 144
    page.networks = "Het zorgnetwerk van de stad."
    page.local_stakes = "Spanning tussen groepen jongeren."
    page.in_action_plan, page.municipality_took_part = True, False
    page.exploratory_study = "vooraf"
    page.evaluation = "<p>Deelnemers waren tevreden.</p>"
    page.contact_name, page.contact_function = "Kim de Vries", "Beleidsmedewerker"
    page.contact_email = "kim@gemeente.example"
    _fill_parts(page)
    page.save()


def _fill_parts(page: PracticePage) -> None:
    expertise, provider, goal = (
        TermFactory(vocabulary=vocabulary, slug=f"{vocabulary.value}-1")
        for vocabulary in (Vocabulary.EXPERTISE, Vocabulary.DELIVERY, Vocabulary.LEARNING_GOAL)
    )
    other = TermFactory(vocabulary=Vocabulary.LEARNING_GOAL, slug="leerdoel-2")
    page.trainers = [
        Trainer(
            expertises=[expertise], provider=provider, organisation="Bureau Een", brought="Rust."
        ),
        Trainer(expertises=[expertise], organisation="Bureau Twee", brought="Ervaring."),
    ]
    page.lessons = [
        Lesson(kind="werkte", text="Dit werkte goed."),
        Lesson(kind="werkte_niet", text="Dit werkte niet."),
        Lesson(kind="tip", text="Begin op tijd."),
    ]
    page.goal_outcomes = [
        GoalOutcome(goal=goal, measure="Met een vragenlijst.", reached="deels"),
        GoalOutcome(goal=other, measure="Met een gesprek."),
    ]
    page.links = [PracticeLink(title="Verslag", url="https://voorbeeld.example/verslag")]
    document = Document(title="Draaiboek", file=ContentFile(b"tekst", "draaiboek.pdf"))
    document.save()
    page.documents = [PracticeDocument(document=document)]


def approve(revision: Revision) -> None:
    """Note that an editor approved this version of a practice, without publishing it."""
    editors, _ = Group.objects.get_or_create(name=EDITORS)
    workflow = ensure_workflow(tree=make_tree().municipalities, editors=editors)
    state = WorkflowState.objects.create(
        workflow=workflow,
        base_content_type=revision.base_content_type,
        content_type=revision.content_type,
        object_id=revision.object_id,
        status=WorkflowState.STATUS_APPROVED,
    )
    ReviewTaskState.objects.create(
        workflow_state=state, revision=revision, task=ReviewTask.objects.get(),
        status=ReviewTaskState.STATUS_APPROVED,
    )  # fmt: skip
