"""The examples in `docs/vergelijkbaar.md`: what the site says, with the facts of the CSV file.

Set `WRITE_EXAMPLES=1` to write the document anew; then read what changed.
"""

import csv
import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils import translation

from practices.indexes.likeness.measure import WEIGHTS, Facts, Reason
from practices.indexes.likeness.ranking import MOST, THRESHOLD, Likeness
from practices.indexes.likeness.sentences import explain, reason_labels
from practices.services.reference.files import FOLDER, read_municipalities

DOCUMENT = Path(__file__).parents[4] / "docs/vergelijkbaar.md"
EXAMPLES = ("gouda", "zoetermeer", "voorne-aan-zee")
SHOWN = 8
WORDS = ["", "zeer sterk", "sterk", "matig", "weinig", "niet"]


@pytest.fixture(autouse=True)
def in_dutch() -> Iterator[None]:
    with translation.override("nl"):
        yield


@pytest.fixture(scope="module")
def rows() -> dict[str, dict[str, str]]:
    """The file of CBS's figures by name, as it is."""
    with (FOLDER / "gemeenten.csv").open(encoding="utf-8", newline="") as file:
        return {row["name"]: row for row in csv.DictReader(file)}


def write(text: str) -> None:
    DOCUMENT.write_text(text, encoding="utf-8")


def document() -> str:
    """The text between the marks: who is alike to the examples, and the weights."""
    compared = Likeness(
        lambda: {
            row.slug: Facts(
                row.slug, row.code, row.name, row.inhabitants, row.urbanity, row.province,
                frozenset(row.neighbours),
            )
            for row in read_municipalities()
        }
    )  # fmt: skip
    lines = ["| wat | gewicht | `zonder=` |", "| --- | --: | --- |"]
    lines += [
        f"| {reason_labels()[reason]} | {WEIGHTS[reason]} | `{reason.value}` |" for reason in Reason
    ]
    for slug in EXAMPLES:
        own = compared.facts[slug]
        lines += ["", f"## {own.name}", ""]
        unknown = explain(own, own, frozenset({Reason.PROBLEMS})).unknown_text
        lines += [f"Niet bekend, dus telt niet mee: {unknown}.", ""] if unknown else []
        for number, one in enumerate(compared.ranked(slug)[:SHOWN], 1):
            found = explain(own, one.facts, frozenset({Reason.PROBLEMS}))
            other = explain(one.facts, one.facts, frozenset({Reason.PROBLEMS})).unknown_text
            more = f" Niet bekend, dus telt niet mee: {other}." if other else ""
            lines.append(f"{number}. **{one.facts.name}**: {found.text}.{more}")
    return "\n".join(lines)


def test_the_document_says_what_the_site_says() -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    before, mark, _examples = text.partition("<!-- examples -->\n")
    assert mark
    expected = f"{before}{mark}{document()}\n"
    if os.environ.get("WRITE_EXAMPLES"):
        write(expected)
        pytest.skip("the document was written")
    assert text == expected
    assert f"minstens {THRESHOLD:.0%}".replace("50%", "de helft") in before
    assert f"hoogstens {MOST}" in before


def sentences() -> Iterator[tuple[str, str, str]]:
    """Each sentence of the document, with the two municipalities that it is about."""
    own = ""
    for line in DOCUMENT.read_text(encoding="utf-8").splitlines():
        if heading := re.fullmatch("## (.*)", line):
            own = heading[1]
        elif item := re.fullmatch(r"\d+\. \*\*(.*?)\*\*: (.*?)\.(?: Niet bekend.*)?", line):
            for sentence in item[2].split("; "):
                yield own, item[1], sentence


def is_true(sentence: str, one: dict[str, str], other: dict[str, str]) -> bool:
    """Whether the file says so too."""
    if numbers := re.fullmatch(r"([\d.]+) tegen ([\d.]+) inwoners", sentence):
        return [number.replace(".", "") for number in numbers.groups()] == [
            row["inhabitants_2022"] for row in (one, other)
        ]
    if sentence == "buurgemeenten":
        return other["code"] in one["neighbours"].split()
    if province := re.fullmatch("beide in (.*)", sentence):
        return province[1] == one["province"] == other["province"]
    classes = [WORDS[int(row["urbanity_class"] or 0)] for row in (one, other)]
    first, second = (f"{word} stedelijk" if word else "" for word in classes)
    return bool(first and second) and sentence in (
        f"beide {first}" if first == second else "",
        f"{first} tegen {second}",
    )


def test_every_fact_in_the_document_is_that_of_the_file(rows: dict[str, dict[str, str]]) -> None:
    found = list(sentences())
    assert len(found) > 2 * SHOWN * len(EXAMPLES)
    assert {rows[own]["name"] for own, _other, _sentence in found} == {
        *("Gouda", "Zoetermeer", "Voorne aan Zee")
    }
    for own, other, sentence in found:
        assert is_true(sentence, rows[own], rows[other]), (own, other, sentence)
    assert rows["Voorne aan Zee"]["urbanity_class"] == ""
    assert "telt niet mee: stedelijkheid van Voorne aan Zee." in DOCUMENT.read_text("utf-8")
