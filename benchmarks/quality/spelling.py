"""How many typing errors are put right, and how many words are that were right already."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from benchmarks.quality.judged import DATA

Answers = Mapping[str, Mapping[str, Any]]
"""What `/praktijken.json` answers for each text."""


@dataclass(frozen=True, slots=True)
class Corrections:
    """Of how many misspelt words is found what the right word finds; of how many something else.

    And which words were changed although they were right.
    """

    misspelt: int
    right: int
    wrong: tuple[str, ...]
    well_spelt: int
    changed: tuple[str, ...]

    def __str__(self) -> str:
        """One line for a table."""
        return (
            f"Typing errors: {self.right} of {self.misspelt} put right, {len(self.wrong)} put "
            f"wrong; of {self.well_spelt} words that were right {len(self.changed)} changed."
        )


def misspelt() -> list[tuple[str, str]]:
    """Misspelt words, each with the word that was meant."""
    lines = (DATA / "misspelt.tsv").read_text(encoding="utf-8").splitlines()
    return [(typed, meant) for typed, meant in (line.split("\t") for line in lines)]


def well_spelt() -> list[str]:
    """Words that are right, though no practice of the collection has them."""
    return (DATA / "well-spelt.txt").read_text(encoding="utf-8").splitlines()


def texts() -> list[str]:
    """All that is to be asked."""
    return [*dict.fromkeys(text for pair in misspelt() for text in pair), *well_spelt()]


def judge(answers: Answers) -> Corrections:
    """What was found, judged by what the right word finds."""
    pairs = misspelt()
    is_right = {typed: _finds(answers, typed, meant) for typed, meant in pairs}
    wrong = [
        typed for typed, right in is_right.items() if answers[typed]["corrected"] and not right
    ]
    changed = [word for word in well_spelt() if answers[word]["corrected"]]
    return Corrections(
        len(pairs), sum(is_right.values()), tuple(wrong), len(well_spelt()), tuple(changed)
    )


def _finds(answers: Answers, typed: str, meant: str) -> bool:
    """Whether the same is found; what is typed apart may find what has the words apart as well."""
    found, wanted = _complete(answers[typed]), _complete(answers[meant])
    return len(found) >= len(wanted) if " " in typed else found == wanted


def _complete(answer: Mapping[str, Any]) -> Sequence[int]:
    """The practices of the first page that lack nothing."""
    return sorted(one["id"] for one in answer["results"] if not one["missing"])
