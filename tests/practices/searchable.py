"""A site with five hundred fictional practices and its index, once for a module; and an oracle.

The oracle answers a search in plain Python from what the models say, without `search/`.
"""

import html
import json
import random
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import permutations, product
from typing import Any

from django.core.management import call_command
from django.db import connection

from practices.indexes.practices import PRACTICES
from practices.models import PracticePage
from search.indexing.rebuild import rebuild
from tests.factories import make_tree

COUNT = 500
FIELDS = {
    "vorm": "formats",
    "soort": "radicalisation_types",
    "thema": "themes",
    "doelgroep": "target_groups",
    "samenstelling": "compositions",
    "beleidsveld": "policy_fields",
    "uitvoering": "deliveries",
    "werkvorm": "working_methods",
}
SIZES = (
    (20_000, "tot-20000"),
    (50_000, "20000-50000"),
    (100_000, "50000-100000"),
    (250_000, "100000-250000"),
)
URBANITY = {
    1: "zeer-sterk-stedelijk",
    2: "sterk-stedelijk",
    3: "matig-stedelijk",
    4: "weinig-stedelijk",
    5: "niet-stedelijk",
}


@dataclass(frozen=True, eq=False)
class Fact:
    """What the oracle knows of a practice."""

    id: int
    title: str
    texts: tuple[str, ...]
    values: Mapping[str, frozenset[str]]


def fill(count: int = COUNT) -> list[Fact]:
    """Load the registers and the fictional practices, and index them."""
    make_tree()
    call_command("reference", verbosity=0)
    call_command("synthetic", str(count), seed=11, verbosity=0)
    rebuild(PRACTICES)
    _analyse()
    return list(facts())


def _analyse() -> None:
    """Let PostgreSQL count what it got, as it does by itself soon after a commit.

    It may have counted the tables before, when they were empty to all but this transaction.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def facts() -> Iterator[Fact]:
    """Every practice as its model tells it."""
    for page in PracticePage.objects.live():
        values = {name: _with_parents(getattr(page, field).all()) for name, field in FIELDS.items()}
        values["leerdoel"] = frozenset(outcome.goal.slug for outcome in page.goal_outcomes.all())
        values["expertise"] = frozenset(
            term.slug for trainer in page.trainers.all() for term in trainer.expertises.all()
        )
        values["trainerspaar"] = frozenset(_pairs(page))
        yield Fact(
            page.pk,
            page.title,
            tuple(map(plain, _texts(page))),
            {**values, **_place(page), **_time(page)},
        )


@cache
def plain(text: str) -> str:
    """The words of a text without case, accents and marks, with a space around each."""
    apart = unicodedata.normalize("NFKD", text.replace("'", "").replace("’", "").casefold())
    letters = "".join(char for char in apart if not unicodedata.combining(char))
    words = " ".join(re.findall(r"[^\W_]+", letters))
    return f" {words} "


def _texts(page: PracticePage) -> Iterator[str]:
    """All that is searched of a practice."""
    yield from (page.title, page.summary, page.networks, page.local_stakes)
    for rich in (page.approach, page.evaluation):
        yield from (html.unescape(re.sub("<[^>]*>", " ", part)) for part in rich.split("</p>"))
    yield from (lesson.text for lesson in page.lessons.all())
    for trainer in page.trainers.all():
        yield from (trainer.brought, trainer.organisation, str(trainer.provider or ""))
        yield from (term.label for term in trainer.expertises.all())
    for outcome in page.goal_outcomes.all():
        yield from (outcome.measure, outcome.goal.label)
    for field in FIELDS.values():
        yield from (term.label for term in getattr(page, field).all())
    yield page.municipality.name
    yield from (alias.name for alias in page.municipality.aliases.all())
    yield from (partner.shown_name for partner in page.partner_municipalities.all())


def _pairs(page: PracticePage) -> Iterator[str]:
    """What two different trainers bring together."""
    for one, other in permutations(page.trainers.all(), 2):
        for mine, theirs in product(one.expertises.all(), other.expertises.all()):
            if mine.slug < theirs.slug:
                yield f"{mine.slug}.{theirs.slug}"


def _with_parents(terms: Any) -> frozenset[str]:
    found = set()
    for term in terms:
        found.add(term.slug)
        if term.parent and term.parent.vocabulary == term.vocabulary:
            found.add(term.parent.slug)
    return frozenset(found)


def _place(page: PracticePage) -> dict[str, frozenset[str]]:
    place = page.municipality
    size = next((name for bound, name in SIZES if place.inhabitants < bound), "vanaf-250000")
    province = place.get_province_display().lower().replace("â", "a")
    return {
        "gemeente": frozenset({place.slug}),
        "provincie": frozenset({province}),
        "grootte": frozenset({size}),
        "stedelijkheid": frozenset({URBANITY[place.urbanity]} if place.urbanity else ()),
    }


def _time(page: PracticePage) -> dict[str, frozenset[str]]:
    first = page.start_year or page.end_year
    years: range = range(0)
    if first:
        last = page.end_year or (max(first, date.today().year) if page.is_running else first)
        years = range(first, last + 1)
    return {
        "jaar": frozenset(str(year) for year in years),
        "status": frozenset({page.status} if page.status else ()),
    }


@dataclass(frozen=True)
class State:
    """A search: chosen values by facet (a range of years as `2008-2012`), and a phrase or two."""

    chosen: Mapping[str, frozenset[str]]
    phrases: frozenset[str] = frozenset()
    excluded: frozenset[str] = frozenset()

    def parameters(self) -> dict[str, Any]:
        """The search as a query string has it."""
        pieces = [*sorted(self.phrases), *(f"-{phrase}" for phrase in sorted(self.excluded))]
        chosen: dict[str, Any] = {name: sorted(values) for name, values in self.chosen.items()}
        return {**chosen, "q": " ".join(pieces)} if pieces else chosen


def missed(fact: Fact, state: State) -> list[str]:
    """The facets in which a practice does not answer a search; `q` stands for the phrases."""
    says = all(_says(fact, phrase) for phrase in state.phrases)
    if not says or any(_says(fact, phrase) for phrase in state.excluded):
        return ["q"]
    return [name for name, values in state.chosen.items() if not _has(fact, name, values)]


def evaluate(known: list[Fact], state: State) -> tuple[list[int], dict[str, Counter[str]]]:
    """The oracle's ids, and its counts: a facet counts what misses no other facet than itself."""
    ids = []
    counts = {name: Counter[str]() for name in known[0].values}
    for fact in known:
        failed = missed(fact, state)
        if not failed:
            ids.append(fact.id)
        if len(failed) < 2:
            for name in failed or counts:
                if name in counts:
                    counts[name].update(fact.values[name])
    return sorted(ids), counts


def options_of(data: Mapping[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """All options of all facets of a search, narrower ones too, as JSON offers them."""
    for facet in json.loads(json.dumps(data))["facets"]:
        waiting = list(facet["options"])
        while waiting:
            option = waiting.pop()
            waiting += option.get("children", [])
            yield facet["name"], option


@cache
def _says(fact: Fact, phrase: str) -> bool:
    return any(plain(phrase) in text for text in fact.texts)


def _has(fact: Fact, name: str, values: frozenset[str]) -> bool:
    if name != "jaar":
        return bool(fact.values[name] & values)
    for value in values:
        start, dash, end = value.partition("-")
        wanted = range(int(start), int(end if dash else start) + 1)
        if any(int(year) in wanted for year in fact.values["jaar"]):
            return True
    return False


def random_states(known: list[Fact], count: int) -> list[State]:
    """The same so many each time."""
    rng = random.Random(2009)
    return [random_state(rng, known) for _ in range(count)]


def random_state(rng: random.Random, known: list[Fact]) -> State:
    """Conditions taken from a real practice, now and then with others beside them."""
    fact = rng.choice(known)
    names = [name for name, values in fact.values.items() if values]
    chosen: dict[str, frozenset[str]] = {}
    for name in rng.sample(names, rng.choice((0, 1, 1, 2, 2, 3, 4))):
        values = {rng.choice(sorted(fact.values[name]))}
        if rng.random() < 0.4:
            values |= set(rng.choice(known).values[name])
        if name == "jaar" and rng.random() < 0.5:
            year = int(min(values))
            values = {f"{year - rng.randint(1, 5)}-{year + rng.randint(1, 3)}"}
        chosen[name] = frozenset(values)
    phrases = frozenset({_phrase(rng, fact)} if rng.random() < 0.4 else ())
    excluded = frozenset({_phrase(rng, rng.choice(known))} if rng.random() < 0.2 else ())
    return State(chosen, phrases, excluded)


def _phrase(rng: random.Random, fact: Fact) -> str:
    """One to three words as they stand in a title."""
    words = fact.title.replace('"', "").split()
    start = rng.randrange(len(words))
    return f'"{" ".join(words[start : start + rng.randint(1, 3)])}"'
