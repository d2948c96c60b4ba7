"""What texts ask for in words, with the registers of all municipalities and all terms."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.core.management import call_command

from practices.indexes import registers
from practices.models import Municipality
from search.questions.text import Condition

NORTH = "drenthe fryslan groningen"
SMALL, LARGE = "20000-50000 tot-20000", "100000-250000 vanaf-250000"


@pytest.fixture
def reference(db: None) -> None:
    call_command("reference", verbosity=0)
    registers.forget()


def read(text: str) -> list[tuple[str, str]]:
    """What is understood: the words of each condition, and what they ask for."""
    return [(text[one.start : one.end], meant(one)) for one in conditions(text)]


def conditions(text: str) -> tuple[Condition, ...]:
    return registers.current().synonyms.conditions(text)


def meant(one: Condition) -> str:
    return f"{one.chosen.facet}={' '.join(one.values)}" if one.chosen else ""


@pytest.mark.parametrize(
    ("text", "part", "meaning"),
    [
        ("training in Den Haag", "Den Haag", "gemeente=den-haag"),
        ("training NIET Utrecht Den Haag", "Den Haag", "gemeente=den-haag"),
        ("DEN HAAG", "DEN HAAG", "gemeente=den-haag"),
        ("den bosch wijk", "den bosch", "gemeente=s-hertogenbosch"),
        ("Bergen op Zoom", "Bergen op Zoom", "gemeente=bergen-op-zoom"),
        ("hengelo jongeren", "hengelo", "gemeente=hengelo"),
        ("praktijken in Brabant", "Brabant", "provincie=noord-brabant"),
        ("noord brabant", "noord brabant", "provincie=noord-brabant"),
        ("Noord-Brabant", "Noord-Brabant", "provincie=noord-brabant"),
        ("friesland", "friesland", "provincie=fryslan"),
        ("Drentse scholen", "Drentse", "provincie=drenthe"),
        ("jongeren in het noorden", "het noorden", f"provincie={NORTH}"),
        ("kleine gemeenten in Drenthe", "kleine gemeenten", f"grootte={SMALL}"),
        ("een grote stad", "grote stad", f"grootte={LARGE}"),
        ("onder 50.000 inwoners", "onder 50.000 inwoners", f"grootte={SMALL}"),
        ("minder dan 50 duizend inwoners", "minder dan 50 duizend inwoners", f"grootte={SMALL}"),
        ("boven de 100000 inwoners", "boven de 100000 inwoners", f"grootte={LARGE}"),
        (
            "tussen 20.000 en 50.000 inwoners", "tussen 20.000 en 50.000 inwoners",
            "grootte=20000-50000",
        ),
        ("op het platteland", "platteland", "stedelijkheid=niet-stedelijk weinig-stedelijk"),
        ("lessen sinds 2020", "sinds 2020", "jaar=2020-"),
        ("trainingen van voor 2016", "van voor 2016", "jaar=-2015"),
        ("na 2016", "na 2016", "jaar=2017-"),
        ("tot en met 2012", "tot en met 2012", "jaar=-2012"),
        ("tussen 2018 en 2020", "tussen 2018 en 2020", "jaar=2018-2020"),
        ("2018-2020", "2018-2020", "jaar=2018-2020"),
        ("in 2009", "in 2009", "jaar=2009"),
        ("afgelopen jaar", "afgelopen jaar", "jaar=2025-"),
        ("de laatste 3 jaar", "de laatste 3 jaar", "jaar=2023-"),
        ("de afgelopen vijf jaar", "de afgelopen vijf jaar", "jaar=2021-"),
        ("recente praktijken", "recente", "jaar=2023-"),
        ("vorig jaar", "vorig jaar", "jaar=2025"),
        ("dit jaar", "dit jaar", "jaar=2026"),
        ("sinds 1 januari 2020", "sinds 1 januari 2020", "jaar=2020-"),
        ("in maart 2021", "in maart 2021", "jaar=2021"),
        ("ouder dan 2016", "ouder dan 2016", "jaar=-2015"),
        ("gemeente met 25.000 inwoners", "met 25.000 inwoners", "grootte=20000-50000"),
        ("gemeenten onder 50.000", "gemeenten onder 50.000", f"grootte={SMALL}"),
        ("100.000+ gemeenten", "100.000+ gemeenten", f"grootte={LARGE}"),
        ("regio West-Friesland", "West-Friesland", "provincie=noord-holland"),
        ("Gooi en Vechtstreek", "Gooi en Vechtstreek", "provincie=noord-holland"),
        ("door eigen medewerkers", "eigen medewerkers", "uitvoering=zelf-doen"),
        ("twee dagdelen", "twee dagdelen", "vorm=training verdiepingstraining"),
        (
            "korte bijeenkomst voor raadsleden", "korte bijeenkomst",
            "vorm=deskundigheidsbevordering informatiebijeenkomst lunchbijeenkomst",
        ),
        ("gestopte trajecten", "gestopte", "status=gestopt"),
        ("wat nog loopt", "nog loopt", "status=lopend"),
        ("voor wijkagenten", "wijkagenten", "doelgroep=wijkagenten"),
        ("docenten", "docenten", "doelgroep=onderwijs"),
        ("op scholen", "scholen", "doelgroep=onderwijs"),
        ("jongerenwerkers", "jongerenwerkers", "doelgroep=jongerenwerk"),
        ("extreemrechtse groep", "extreemrechtse", "soort=rechtsextremisme"),
        ("neonazi's", "neonazi", "soort=rechtsextremisme"),
        ("trainingen", "trainingen", "vorm=training"),
        ("wat niet werkte bij ouders", "wat niet werkte", ""),
    ],
)  # fmt: skip
def test_what_is_asked_in_words_is_understood(
    reference: None, text: str, part: str, meaning: str
) -> None:
    with time_machine.travel(datetime(2026, 11, 29, 12, tzinfo=UTC)):
        assert (part, meaning) in read(text)


@pytest.mark.parametrize(
    "text",
    [
        "mijn huizen en buren",
        "dieren",
        "best lastig",
        "niet in Brabant",
        "zonder wijkagenten",
        "behalve de scholen",
        '"in Brabant"',
        "-gouda lunch",
        "voor 500 euro",
        "gemeentelijke deurwaarder",
        "tussen 2300 en 2400",
        "tot 10.000 euro",
        "inwoners",
        "",
        "\u0301 😀 ﷺ İ",
    ],
)
def test_what_asks_for_nothing_is_left_alone(reference: None, text: str) -> None:
    assert read(text) == []


def test_a_name_that_is_a_word_too_needs_its_capital(reference: None) -> None:
    assert read("jongeren in Huizen") == [("Huizen", "gemeente=huizen")]
    assert read("JONGEREN IN HUIZEN") == []


def test_a_name_of_two_places_asks_for_both(reference: None) -> None:
    assert read("Utrecht") == [("Utrecht", "gemeente=utrecht"), ("Utrecht", "provincie=utrecht")]


def test_every_municipality_is_understood_by_each_of_its_names(reference: None) -> None:
    lost = []
    for one in Municipality.objects.filter(merged_into=None).prefetch_related("aliases"):
        for name in (one.name, *(alias.name for alias in one.aliases.all())):
            plain = name.partition(" (")[0]
            if f"gemeente={one.slug}" not in dict.fromkeys(m for _part, m in read(f"in {plain}")):
                lost.append(f"{one.slug}: {plain}")
    assert not lost


def test_a_former_name_asks_for_the_municipality_of_now(reference: None) -> None:
    weesp = Municipality.objects.get(slug="gouda")
    Municipality.objects.filter(slug="amsterdam").update(merged_into=weesp)
    registers.forget()
    assert read("Amsterdam") == [("Amsterdam", "gemeente=gouda")]


def test_a_long_text_takes_no_long_work(reference: None) -> None:
    assert len(conditions("Brabant " * 10_000)) <= 64


def test_points_in_an_abbreviation_change_nothing(reference: None) -> None:
    [(with_points, meaning)] = read("docenten van het m.b.o.")[1:]
    assert with_points == "m.b.o."
    assert meaning == read("docenten van het mbo")[1][1]


@pytest.mark.parametrize("text", ["training NIET Gouda", 'training NOT "in Gouda"', "wijk -Gouda"])
def test_what_is_excluded_asks_for_nothing(reference: None, text: str) -> None:
    assert "gemeente=gouda" not in [meaning for _part, meaning in read(text)]


def test_a_word_that_is_stressed_excludes_nothing(reference: None) -> None:
    assert read("wat NIET werkte bij docenten")[0] == ("wat NIET werkte", "")
