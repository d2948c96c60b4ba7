"""From a seed to fictional practices: the same seed and number always give the same practice."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from html import escape
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from cms.synthetic import sentences as texts
from cms.synthetic.facts import facts_of
from cms.synthetic.sentences import sentences
from cms.synthetic.words import ORGANISATIONS
from cms.synthetic.world import Place, World

MARK = "Fictief"
EXPERTISE_OF = {"moslimradicalisering": "islam-en-orthodoxie"}
FIRST_DAY = datetime(2023, 1, 1, 9, tzinfo=ZoneInfo("Europe/Amsterdam"))


@dataclass(frozen=True)
class SyntheticTrainer:
    """One trainer; expertises and provider are slugs."""

    expertises: tuple[str, ...]
    provider: str | None
    organisation: str
    brought: str


@dataclass(frozen=True)
class SyntheticPractice:
    """One fictional practice: `fields` and `terms` (slugs) by the names of the model's fields."""

    number: int
    slug: str
    place: str
    partners: tuple[str, ...]
    published_at: datetime
    fields: dict[str, Any]
    terms: dict[str, tuple[str, ...]]
    trainers: tuple[SyntheticTrainer, ...]
    lessons: tuple[tuple[str, str], ...]
    goals: tuple[tuple[str, str, str], ...]
    links: tuple[tuple[str, str], ...]


def generate(world: World, *, seed: int, count: int, start: int = 0) -> Iterator[SyntheticPractice]:
    """The practices of a seed from number `start`; each depends on seed and number only."""
    for number in range(start, start + count):
        yield _practice(world, Random(f"{seed}:{number}"), seed, number)  # noqa: S311 (no secret)


def _practice(world: World, rng: Random, seed: int, number: int) -> SyntheticPractice:
    place = world.place(rng, number)
    facts, terms = facts_of(world, rng)
    slots = _slots(world, rng, place, terms)
    fields = facts | _texts(rng, slots)
    fields["contact_function"] = rng.choice(("beleidsmedewerker", "projectleider", "adviseur"))
    fields["contact_email"] = f"fictief-{seed}-{number}@example.org"
    return SyntheticPractice(
        number=number,
        slug=f"fictief-{seed}-{number}",
        place=place.code,
        partners=_partners(rng, place),
        published_at=FIRST_DAY + timedelta(minutes=rng.randrange(3 * 365 * 24 * 60)),
        fields=fields,
        terms=terms,
        trainers=tuple(_trainers(world, rng, terms, slots)),
        lessons=tuple(_lessons(rng, slots)),
        goals=tuple(_goals(world, rng, terms, slots)),
        links=_links(rng, seed, number),
    )


def _slots(
    world: World, rng: Random, place: Place, terms: dict[str, tuple[str, ...]]
) -> dict[str, str]:
    """The practice's own words for its sentences; a general word where it has no such term."""

    def label(vocabulary: str, field: str, otherwise: str) -> str:
        slugs = terms[field]
        if not slugs:
            return otherwise
        return world.vocabularies[vocabulary].by_slug[rng.choice(slugs)].label.lower()

    return {
        "gemeente": place.name,
        "vorm": label("vorm", "formats", "bijeenkomst"),
        "doelgroep": label("doelgroep", "target_groups", "professionals"),
        "soort": label("soort", "radicalisation_types", "radicalisering"),
        "thema": label("thema", "themes", "samenwerking"),
        "werkvorm": label("werkvorm", "working_methods", "gesprekken"),
        "cijfer": rng.choice(("6,8", "7,2", "7,6", "7,9", "8,1", "8,4")),
    }


def _texts(rng: Random, slots: dict[str, str]) -> dict[str, Any]:
    safe = {name: escape(value) for name, value in slots.items()}
    paragraphs = [
        f"<p>{sentences(rng, texts.APPROACH, rng.randint(2, 6), safe)}</p>"
        for _ in range(rng.randint(1, 4))
    ]
    return {
        "title": f"{MARK}: {sentences(rng, texts.TITLES, 1, slots)}"[:250],
        "summary": f"{MARK}. {sentences(rng, texts.SUMMARIES, rng.randint(1, 2), slots)}"[:300],
        "approach": "".join(paragraphs),
        "networks": _sometimes(rng, 0.4, texts.NETWORKS, slots),
        "local_stakes": _sometimes(rng, 0.7, texts.STAKES, slots, 2),
        "evaluation": f"<p>{sentences(rng, texts.EVALUATION, rng.randint(1, 3), safe)}</p>"
        if rng.random() < 0.6
        else "",
    }


def _sometimes(
    rng: Random, chance: float, templates: tuple[str, ...], slots: dict[str, str], most: int = 1
) -> str:
    return sentences(rng, templates, rng.randint(1, most), slots) if rng.random() < chance else ""


def _partners(rng: Random, place: Place) -> tuple[str, ...]:
    if not place.neighbours or rng.random() > 0.15:
        return ()
    return tuple(rng.sample(place.neighbours, min(len(place.neighbours), rng.randint(1, 3))))


def _trainers(
    world: World, rng: Random, terms: dict[str, tuple[str, ...]], slots: dict[str, str]
) -> Iterator[SyntheticTrainer]:
    expertise, delivery = world.vocabularies["expertise"], world.vocabularies["uitvoering"]
    types = terms["radicalisation_types"]
    wanted = [EXPERTISE_OF.get(slug, slug) for slug in types]
    for place in range(rng.choices((0, 1, 2, 3, 4), (8, 40, 35, 13, 4))[0]):
        first = wanted[place : place + 1] if rng.random() < 0.7 else []
        yield SyntheticTrainer(
            expertises=expertise.some(rng, rng.choice((1, 1, 2)), first),
            provider=next(iter(delivery.some(rng, 1, terms["deliveries"])), None)
            if rng.random() < 0.8
            else None,
            organisation=f"{rng.choice(ORGANISATIONS)} (fictief)" if rng.random() < 0.75 else "",
            brought=_sometimes(rng, 0.5, texts.BROUGHT, slots),
        )


def _lessons(rng: Random, slots: dict[str, str]) -> Iterator[tuple[str, str]]:
    count = rng.choice((0, 1, 1, 2, 2, 3, 4, 5))
    for kind in rng.choices(tuple(texts.LESSONS), (5, 3, 4), k=count):
        yield kind, sentences(rng, texts.LESSONS[kind], rng.randint(1, 2), slots)


def _goals(
    world: World, rng: Random, terms: dict[str, tuple[str, ...]], slots: dict[str, str]
) -> Iterator[tuple[str, str, str]]:
    goals = world.vocabularies["leerdoel"]
    fitting = [goal.slug for goal in goals.choices if goal.parent in terms["themes"]]
    for slug in goals.some(rng, rng.choice((0, 1, 1, 2, 2, 3, 4, 6)), fitting):
        measure = _sometimes(rng, 0.5, texts.MEASURES, slots)
        outcomes = ("ja", "deels", "nee") if measure else ("niet_gemeten", "")
        yield slug, measure, rng.choices(outcomes, (4, 3, 1)[: len(outcomes)])[0]


def _links(rng: Random, seed: int, number: int) -> tuple[tuple[str, str], ...]:
    if rng.random() > 0.2:
        return ()
    return (("Verslag (fictief)", f"https://example.org/verslag/{seed}-{number}"),)
