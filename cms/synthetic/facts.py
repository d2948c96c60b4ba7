"""The facts of a fictional practice, which hang together as they do in reality."""

from dataclasses import dataclass
from decimal import Decimal
from random import Random
from typing import Any

from cms.synthetic.world import World

FIRST_YEAR, LAST_YEAR = 2004, 2026
# Interest rose after 2004, fell after 2011, and rose again from 2014.
YEARS = tuple(range(FIRST_YEAR, LAST_YEAR + 1))
YEAR_WEIGHTS = (2, 3, 5, 7, 9, 10, 9, 7, 4, 3, 5, 8, 10, 10, 9, 8, 4, 4, 5, 6, 6, 6, 4)


@dataclass(frozen=True)
class Shape:
    """What a format usually looks like: unit and lengths, meetings, group, methods, groups."""

    unit: str
    lengths: tuple[str, ...]
    meetings: tuple[int, ...]
    group: tuple[int, int]
    methods: tuple[str, ...]
    target_groups: tuple[str, ...] = ()


MEETING = Shape(
    "uur", ("1", "1.5", "2", "2", "3", "4"), (1,), (15, 150), ("presentatie", "stellingen")
)
TRAINING = Shape(
    "dagdeel",
    ("1", "2", "2", "3", "4"),
    (1, 2, 3, 4),
    (8, 16),
    ("rollenspel", "acteurs", "feedback"),
)
SHAPES = {
    "informatiebijeenkomst": MEETING,
    "deskundigheidsbevordering": Shape(
        "uur", ("2", "3", "3", "4"), (1, 1, 2, 3), (10, 40), ("presentatie", "casuistiek")
    ),
    "training": TRAINING,
    "verdiepingstraining": TRAINING,
    "lunchbijeenkomst": Shape(
        "uur", ("1", "1.5"), (1, 1, 2), (8, 30), ("presentatie",), ("hoger-kader", "middenkader")
    ),
    "onderwijsmodule": Shape(
        "dagdeel", ("1", "2"), (4, 6, 8, 10), (15, 30), ("casuistiek", "intervisie"), ("onderwijs",)
    ),
    "expertmeeting": Shape(
        "dagdeel", ("1", "2"), (1,), (8, 25), ("stellingen", "casuistiek"), ("beleidsmedewerkers",)
    ),
    "e-learning": Shape("uur", ("1", "2", "4"), (1, 3, 5), (10, 150), ("casuistiek",)),
}


def facts_of(world: World, rng: Random) -> tuple[dict[str, Any], dict[str, tuple[str, ...]]]:
    """Plain fields and terms (slugs) of one practice, by the names of the model's fields."""
    words = world.vocabularies
    formats = words["vorm"].some(rng, rng.choice((1, 1, 1, 1, 2)))
    shape = SHAPES.get(formats[0], MEETING) if formats else MEETING
    size = _group_size(rng, shape)
    terms = {
        "formats": formats,
        "target_groups": words["doelgroep"].some(
            rng, rng.choice((1, 1, 2, 2, 3, 4)), shape.target_groups if rng.random() < 0.7 else ()
        ),
        "radicalisation_types": words["soort"].some(rng, rng.choice((1, 1, 1, 2, 2, 3))),
        "themes": words["thema"].some(rng, rng.choice((1, 1, 2, 2, 3, 4))),
        "working_methods": words["werkvorm"].some(
            rng, rng.randint(0, 4), [m for m in shape.methods if rng.random() < 0.6]
        ),
        "deliveries": words["uitvoering"].some(
            rng, rng.choice((0, 1, 1, 2)), ["ingebed-in-onderwijs"] * ("onderwijsmodule" in formats)
        ),
        "compositions": words["samenstelling"].some(
            rng, rng.choice((0, 1, 1)), ["homogeen" if (size or 0) <= 16 else "multidisciplinair"]
        ),
        "policy_fields": words["beleidsveld"].some(rng, rng.choice((0, 1, 1, 2, 3))),
    }
    meetings = rng.choice(shape.meetings)
    facts = _period(rng) | {
        "group_size": size,
        "meetings": _known(rng, meetings),
        "participants_reached": _known(rng, (size or 20) * rng.choice((1, 1, 2, 3, 5, 12)), 0.6),
        "in_action_plan": _known(rng, rng.random() < 0.6, 0.7),
        "municipality_took_part": _known(rng, rng.random() < 0.5, 0.7),
        "exploratory_study": _known(rng, rng.choice(("vooraf", "achteraf", "geen")), 0.5) or "",
    }
    if rng.random() < 0.9:
        facts |= {"duration": Decimal(rng.choice(shape.lengths)), "duration_unit": shape.unit}
    return facts, terms


def _known(rng: Random, value: Any, chance: float = 0.85) -> Any:
    """The value, or None where an official would not have known it."""
    return value if rng.random() < chance else None


def _group_size(rng: Random, shape: Shape) -> int | None:
    low, high = shape.group
    return _known(rng, int(low * (high / low) ** rng.random()), 0.85)


def _period(rng: Random) -> dict[str, Any]:
    """Years and status that agree: what has ended is finished or stopped, the rest runs."""
    if rng.random() < 0.04:
        return {"start_year": None, "end_year": None, "is_running": False, "status": ""}
    start = rng.choices(YEARS, YEAR_WEIGHTS)[0]
    end = start + rng.choices((0, 1, 2, 3, 5, 8), (30, 25, 18, 12, 10, 5))[0]
    runs = end > LAST_YEAR or (start >= LAST_YEAR - 2 and rng.random() < 0.6)
    if runs:
        status = "pilot" if rng.random() < 0.3 else "lopend"
    else:
        status = rng.choices(("afgerond", "gestopt", "pilot", ""), (70, 15, 8, 7))[0]
    return {
        "start_year": start,
        "end_year": None if runs else end,
        "is_running": runs,
        "status": status,
    }
