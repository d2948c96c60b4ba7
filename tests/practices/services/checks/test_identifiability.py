"""What points at persons: a corpus of Dutch sentences, borders, and texts made to be slow."""

import re
import time
import tomllib
from itertools import islice, pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cms.synthetic.generate import SyntheticPractice, generate
from practices.services.checks.facts import Draft, Passage
from practices.services.checks.identifiability import findings, spans
from practices.services.checks.people_in_text import Kind
from tests.cms.test_synthetic_generator import world

FOLDER = Path(__file__).parent
CORPUS: list[dict[str, Any]] = tomllib.loads((FOLDER / "corpus.toml").read_text())["sentence"]
DEMO = Path("cms/demo/practices.toml")
SIZE = 100_000
HOSTILE = (
    "a", "A", "Jan ", "J.", "0 ", "0-", "06-1234567 ", "a-", "A-", "a@", "a.", "@", "1", "1.", "(",
    "'t ", "twee jonge ", "een groep van ", "De Vries van de ", "mr. dr. ", "Kerkstraat ", "1234 A",
    "\n", "ß", "van der ", "een op de ", "mevrouw ", "12 34 ", "Ahmed-", "\u0130",
)  # fmt: skip


def seen(text: str) -> list[tuple[str, str]]:
    return [(span.kind.value, span.text) for span in spans(text)]


@pytest.mark.parametrize("sentence", CORPUS, ids=lambda one: str(one["text"]))
def test_the_corpus(sentence: dict[str, Any]) -> None:
    assert seen(sentence["text"]) == [tuple(found) for found in sentence.get("found", [])]


def test_the_corpus_has_hits_and_misses_of_every_kind() -> None:
    assert len(CORPUS) >= 60
    assert {kind for one in CORPUS for kind, _text in one.get("found", [])} == set(Kind)
    assert sum("found" not in one for one in CORPUS) >= 30


def test_the_same_holds_in_the_middle_of_a_text() -> None:
    text = " ".join(one["text"] for one in CORPUS)
    wanted = [tuple(found) for one in CORPUS for found in one.get("found", [])]
    assert seen(text) == wanted


def test_a_span_says_where_it_stands() -> None:
    text = "Vraag het mevrouw De Vries, of bel 06-12345678."
    assert [text[span.start : span.end] for span in spans(text)] == [
        "mevrouw De Vries",
        "06-12345678",
    ]


def test_the_demo_content_raises_no_alarm() -> None:
    texts = list(_strings(tomllib.loads(DEMO.read_text())))
    assert len(texts) > 80
    assert [(text, seen(text)) for text in texts if seen(text)] == []


def test_the_synthetic_practices_raise_no_alarm() -> None:
    texts = [
        text
        for practice in islice(generate(world(), seed=3, count=200), 200)
        for text in _texts(practice)
    ]
    assert len(texts) > 1500
    assert [(text, seen(text)) for text in texts if seen(text)] == []


@pytest.mark.parametrize("piece", HOSTILE)
def test_it_takes_linear_time_on_hostile_text(piece: str) -> None:
    spans("warm")
    small, large = _seconds(piece, SIZE // 4), _seconds(piece, SIZE)
    assert large < 2
    assert large < 16 * max(small, 0.01)


@given(st.text(max_size=300))
def test_it_never_raises_and_its_spans_are_in_the_text(text: str) -> None:
    found = spans(text)
    assert all(text[span.start : span.end] == span.text != "" for span in found)
    assert all(one.end <= other.start for one, other in pairwise(found))


def test_findings_name_the_field_and_what_to_do() -> None:
    draft = Draft(2026, passages=(Passage("lessons", "Bel Jan de Wit."),))
    (finding,) = findings(draft)
    assert (finding.field, finding.text) == ("lessons", "Jan de Wit")
    assert finding.sentence.startswith("Dit lijkt op de naam van een persoon.")


def test_a_number_of_people_below_five_can_be_recognised() -> None:
    few = Draft(2026, group_size=4, participants_reached=4)
    assert [one.field for one in findings(few)] == ["group_size", "participants_reached"]
    assert findings(Draft(2026, group_size=5, participants_reached=5)) == ()


def _seconds(piece: str, size: int) -> float:
    text = (piece * (size // len(piece) + 1))[:size]
    return min(_once(text) for _try in range(3))


def _once(text: str) -> float:
    start = time.process_time()
    spans(text)
    return time.process_time() - start


def _strings(value: Any) -> Any:
    if isinstance(value, str):
        yield re.sub("<[^>]*>", " ", value)
    elif isinstance(value, dict | list):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _strings(one)


def _texts(practice: SyntheticPractice) -> list[str]:
    fields = practice.fields
    rich = [fields["approach"], fields["evaluation"]]
    texts = [fields[name] for name in ("title", "summary", "networks", "local_stakes")]
    texts += [re.sub("<[^>]*>", "\n", text) for text in rich]
    texts += [text for _kind, text in practice.lessons]
    texts += [text for one in practice.trainers for text in (one.organisation, one.brought)]
    texts += [measure for _goal, measure, _reached in practice.goals]
    return texts
