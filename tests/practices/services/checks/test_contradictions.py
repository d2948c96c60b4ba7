"""Every rule fires where it must, and not on its border; none on the demo content."""

import re
import tomllib
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from practices.services.checks.contradictions import RULES, contradictions
from practices.services.checks.facts import Draft, Goal
from practices.services.checks.rules import SKILLS
from practices.services.reference.files import read_terms

NOW = 2026
GOALS = tuple(row.slug for row in read_terms() if row.vocabulary == "leerdoel")


def draft(**values: Any) -> Draft:
    """A draft that says nothing but this; terms may be given as words with spaces between."""
    sets = {name: frozenset(value.split()) for name, value in values.items() if name in TERMS}
    if "duration" in values:
        values["duration"] = Decimal(values["duration"])
        values.setdefault("duration_unit", "uur")
    return replace(Draft(this_year=NOW), **{**values, **sets})


TERMS = {"formats", "compositions", "working_methods", "target_groups", "expertises"}


def goals(count: int) -> tuple[Goal, ...]:
    return tuple(Goal(slug) for slug in GOALS[:count])


FIRES: list[tuple[str, dict[str, Any]]] = [
    ("training-te-kort", {"formats": "training", "duration": "1"}),
    ("training-te-kort", {"formats": "training", "duration": "7.5", "meetings": 1}),
    ("training-te-kort", {"formats": "verdiepingstraining", "duration": "3.9", "meetings": 2}),
    ("training-te-kort", {"formats": "training", "duration": "1.9", "duration_unit": "dagdeel"}),
    ("training-te-groot", {"formats": "training", "group_size": 80}),
    ("training-te-groot", {"formats": "training", "group_size": 21}),
    ("training-zonder-oefenen", {"formats": "training", "working_methods": "stellingen excursie"}),
    ("bijeenkomst-te-lang", {"formats": "informatiebijeenkomst", "duration": "4.5"}),
    (
        "bijeenkomst-te-lang",
        {"formats": "deskundigheidsbevordering", "duration": "2", "duration_unit": "dagdeel"},
    ),
    ("bijeenkomst-te-kort", {"formats": "informatiebijeenkomst", "duration": "0.5"}),
    *(
        (
            "vaardigheid-alleen-presentatie",
            {"working_methods": "presentatie", "goals": (Goal("nuance"), Goal(slug))},
        )
        for slug in sorted(SKILLS)
    ),
    ("veel-leerdoelen", {"goals": goals(12), "duration": "1.5"}),
    ("veel-leerdoelen", {"goals": goals(6), "duration": "0.5", "meetings": 3}),
    ("behaald-zonder-meting", {"goals": (Goal("nuance", "", "ja"),)}),
    (
        "behaald-zonder-meting",
        {"goals": (Goal("nuance", "Vragenlijst.", "ja"), Goal("deradicaliseren", "", "ja"))},
    ),
    ("meting-niet-gemeten", {"goals": (Goal("nuance", "Vragenlijst.", "niet_gemeten"),)}),
    ("afgelopen-in-toekomst", {"status": "afgerond", "end_year": NOW + 1}),
    ("afgelopen-in-toekomst", {"status": "gestopt", "start_year": NOW + 1}),
    ("lopend-na-eindjaar", {"status": "lopend", "end_year": NOW - 1}),
    ("lopend-en-afgelopen", {"status": "afgerond", "is_running": True}),
    ("lopend-en-afgelopen", {"status": "gestopt", "is_running": True}),
    ("acteurs-zonder-acteur", {"working_methods": "acteurs", "expertises": "radicalisering"}),
    (
        "homogeen-veel-doelgroepen",
        {
            "compositions": "homogeen",
            "target_groups": "jongerenwerk onderwijs leerplicht jeugdzorg",
        },
    ),
    ("bereik-kleiner-dan-groep", {"participants_reached": 11, "group_size": 12}),
    ("e-learning-met-groep", {"formats": "e-learning", "group_size": 30}),
]
SILENT: list[tuple[str, dict[str, Any]]] = [
    ("training-te-kort", {"formats": "training", "duration": "8"}),
    ("training-te-kort", {"formats": "training", "duration": "4", "meetings": 2}),
    ("training-te-kort", {"formats": "training", "duration": "2", "duration_unit": "dagdeel"}),
    (
        "training-te-kort",
        {"formats": "training", "duration": "1", "duration_unit": "dagdeel", "meetings": 2},
    ),
    ("training-te-kort", {"formats": "training"}),
    ("training-te-kort", {"formats": "informatiebijeenkomst", "duration": "1"}),
    ("training-te-groot", {"formats": "training", "group_size": 20}),
    ("training-te-groot", {"formats": "training"}),
    ("training-te-groot", {"formats": "informatiebijeenkomst", "group_size": 80}),
    ("training-te-groot", {"formats": "training informatiebijeenkomst", "group_size": 80}),
    (
        "training-zonder-oefenen",
        {"formats": "training", "working_methods": "stellingen casuistiek"},
    ),
    ("training-zonder-oefenen", {"formats": "training"}),
    ("training-zonder-oefenen", {"formats": "expertmeeting", "working_methods": "stellingen"}),
    ("bijeenkomst-te-lang", {"formats": "informatiebijeenkomst", "duration": "4"}),
    (
        "bijeenkomst-te-lang",
        {"formats": "deskundigheidsbevordering", "duration": "3", "meetings": 4},
    ),
    (
        "bijeenkomst-te-lang",
        {"formats": "informatiebijeenkomst", "duration": "1", "duration_unit": "dagdeel"},
    ),
    ("bijeenkomst-te-lang", {"formats": "informatiebijeenkomst training", "duration": "8"}),
    ("bijeenkomst-te-kort", {"formats": "informatiebijeenkomst", "duration": "1"}),
    ("bijeenkomst-te-kort", {"formats": "lunchbijeenkomst", "duration": "0.5"}),
    *(
        (
            "vaardigheid-alleen-presentatie",
            {"working_methods": "presentatie", "goals": (Goal(slug),)},
        )
        for slug in GOALS
        if slug not in SKILLS
    ),
    (
        "vaardigheid-alleen-presentatie",
        {"working_methods": "presentatie rollenspel", "goals": (Goal("praktisch-omgaan"),)},
    ),
    ("vaardigheid-alleen-presentatie", {"goals": (Goal("praktisch-omgaan"),)}),
    ("veel-leerdoelen", {"goals": goals(5), "duration": "1.5"}),
    ("veel-leerdoelen", {"goals": goals(12), "duration": "1.6"}),
    ("veel-leerdoelen", {"goals": goals(12), "duration": "1.5", "meetings": 2}),
    ("veel-leerdoelen", {"goals": goals(12)}),
    ("behaald-zonder-meting", {"goals": (Goal("nuance", "Vragenlijst.", "ja"),)}),
    ("behaald-zonder-meting", {"goals": (Goal("nuance", "", "deels"), Goal("nuance"))}),
    ("meting-niet-gemeten", {"goals": (Goal("nuance", "", "niet_gemeten"),)}),
    ("meting-niet-gemeten", {"goals": (Goal("nuance", "Vragenlijst.", "nee"),)}),
    ("afgelopen-in-toekomst", {"status": "afgerond", "end_year": NOW}),
    ("afgelopen-in-toekomst", {"status": "lopend", "end_year": NOW + 1}),
    ("afgelopen-in-toekomst", {"status": "afgerond"}),
    ("lopend-na-eindjaar", {"status": "lopend", "end_year": NOW}),
    ("lopend-na-eindjaar", {"status": "afgerond", "end_year": NOW - 1}),
    ("lopend-na-eindjaar", {"status": "lopend"}),
    ("lopend-en-afgelopen", {"status": "lopend", "is_running": True}),
    ("lopend-en-afgelopen", {"status": "afgerond"}),
    ("acteurs-zonder-acteur", {"working_methods": "acteurs", "expertises": "acteur polarisatie"}),
    ("acteurs-zonder-acteur", {"working_methods": "rollenspel", "expertises": "radicalisering"}),
    ("acteurs-zonder-acteur", {"working_methods": "acteurs"}),
    (
        "homogeen-veel-doelgroepen",
        {"compositions": "homogeen", "target_groups": "jongerenwerk onderwijs leerplicht"},
    ),
    (
        "homogeen-veel-doelgroepen",
        {
            "compositions": "homogeen multidisciplinair",
            "target_groups": "jongerenwerk onderwijs leerplicht jeugdzorg",
        },
    ),
    ("bereik-kleiner-dan-groep", {"participants_reached": 12, "group_size": 12}),
    ("bereik-kleiner-dan-groep", {"group_size": 12}),
    ("e-learning-met-groep", {"formats": "e-learning"}),
    ("e-learning-met-groep", {"formats": "e-learning training", "group_size": 12}),
]


def codes(one: Draft) -> list[str]:
    return [found.code for found in contradictions(one)]


@pytest.mark.parametrize(("code", "values"), FIRES, ids=str)
def test_a_rule_fires(code: str, values: dict[str, Any]) -> None:
    assert code in codes(draft(**values))


@pytest.mark.parametrize(("code", "values"), SILENT, ids=str)
def test_a_rule_is_silent(code: str, values: dict[str, Any]) -> None:
    assert code not in codes(draft(**values))


def test_every_rule_is_tried_both_ways() -> None:
    known = {rule.code for rule in RULES}
    assert {code for code, _values in FIRES} == known == {code for code, _values in SILENT}


def test_codes_are_stable_and_unique() -> None:
    assert [rule.code for rule in RULES] == [
        "training-te-kort", "training-te-groot", "training-zonder-oefenen", "bijeenkomst-te-lang",
        "bijeenkomst-te-kort", "vaardigheid-alleen-presentatie", "veel-leerdoelen",
        "behaald-zonder-meting", "meting-niet-gemeten", "afgelopen-in-toekomst",
        "lopend-na-eindjaar", "lopend-en-afgelopen", "acteurs-zonder-acteur",
        "homogeen-veel-doelgroepen", "bereik-kleiner-dan-groep", "e-learning-met-groep",
    ]  # fmt: skip


def test_an_empty_draft_contradicts_nothing() -> None:
    assert contradictions(Draft(NOW)) == ()


def test_sentences_are_dutch_with_dutch_numbers() -> None:
    (found,) = contradictions(draft(formats="training", duration="1.5", meetings=2))
    assert found.field == "duration"
    assert found.sentence == (
        "Een training duurt minstens twee dagdelen, ongeveer acht uur. Deze duurt in totaal 3 uur. "
        "Klopt de duur? Of was het een informatiebijeenkomst?"
    )
    (found,) = contradictions(draft(formats="training", duration="1.5"))
    assert "duurt 1,5 uur in één bijeenkomst" in found.sentence


def test_rules_use_terms_that_exist() -> None:
    known = {row.slug for row in read_terms()}
    used = {
        word
        for _code, values in [*FIRES, *SILENT]
        for name in TERMS & values.keys()
        for word in values[name].split()
    }
    assert used | SKILLS <= known


def test_the_demo_content_contradicts_nothing() -> None:
    rows = tomllib.loads(Path("cms/demo/practices.toml").read_text())["practice"]
    assert len(rows) == 9
    assert [(row["slug"], codes(_of_row(row))) for row in rows if codes(_of_row(row))] == []


def _of_row(row: dict[str, Any]) -> Draft:
    plain = (
        "start_year", "end_year", "status", "group_size", "meetings", "participants_reached",
        "duration", "duration_unit",
    )  # fmt: skip
    expertises = [slug for one in row.get("trainers", []) for slug in one["expertises"]]
    assert not re.findall("goals", " ".join(row))
    return draft(
        **{name: row[name] for name in plain if name in row},
        **{name: " ".join(row.get(name, [])) for name in TERMS - {"expertises"}},
        expertises=" ".join(expertises),
    )
