"""Which words a document may lack, and in which ways each of them is answered."""

import pytest

from search.questions.near import MOST_WAYS, MOST_WORDS, parse_near
from search.questions.parsing import parse_text
from search.questions.text import Chosen, Condition, Match, Near, Synonyms, Text
from tests.nearness import tokens

SYNONYMS = Synonyms.of([["wijk", "buurt"], ["extreem rechts", "rechtsextremisme"]])


def near_of(text: str) -> Near:
    near = parse_near(text, SYNONYMS).near
    assert near is not None
    return near


def typed(text: str) -> list[str]:
    return [one.typed for one in near_of(text).asked]


def test_words_without_content_are_not_asked_for() -> None:
    assert typed("Hoe ga ik om met jongeren die radicaliseren?") == ["jongeren", "radicaliseren"]


def test_a_word_stays_as_it_was_typed() -> None:
    assert typed("Café's en Coördinatoren") == ["Café's", "Coördinatoren"]


def test_the_same_word_is_asked_for_once() -> None:
    assert typed("training moskee trainingen") == ["training", "moskee"]


def test_a_run_with_a_synonym_is_one_word() -> None:
    near = near_of("extreem rechts moskee")
    assert [one.typed for one in near.asked] == ["extreem rechts", "moskee"]
    assert [(tokens(way), way.weight) for way in near.ways[0]] == [
        (("extremism", "recht"), 1.0),
        (("recht_extremism",), 1.0),
        (("extreem", "rechts"), 0.7),
        (("extremism",), 0.35),
        (("recht",), 0.35),
    ]


def test_a_compound_is_answered_a_little_by_its_parts() -> None:
    [ways] = near_of("jongerenwerkers").ways
    assert {tokens(way): way.weight for way in ways} == {
        ("jonger_werk",): 1.0,
        ("jonger",): 0.35,
        ("werk",): 0.35,
    }


def test_phrases_stay_required() -> None:
    near = near_of('"de moskee" training lunch')
    assert near.phrases == ((Match(("de", "moskee"), is_phrase=True),),)


@pytest.mark.parametrize("text", ["", '"de moskee"', "-moskee", "wie is het", '"'])
def test_what_has_nothing_to_lack_has_nothing_near(text: str) -> None:
    assert parse_near(text, SYNONYMS) == parse_text(text, SYNONYMS)


@pytest.mark.parametrize("text", ["moskee", "moskee -lunch"])
def test_to_a_lone_word_only_a_like_meaning_comes_near(text: str) -> None:
    near = near_of(text)
    assert near.is_lone
    assert near.meant == text
    assert not near_of("training lunch").is_lone
    assert not near_of("jongerenwerkers").is_lone


@pytest.mark.parametrize(
    "text", ["training lunch", "jongerenwerkers", '"de wijk" moskee buurt -acteur']
)
def test_near_changes_nothing_of_what_is_required(text: str) -> None:
    near, exact = parse_near(text, SYNONYMS), parse_text(text, SYNONYMS)
    assert (near.required, near.excluded, near.words) == (
        exact.required,
        exact.excluded,
        exact.words,
    )


def test_the_work_is_bounded() -> None:
    near = near_of(" ".join(f"w{number}" for number in range(100)) + " " + "-".join(["wijk"] * 50))
    assert len(near.asked) == MOST_WORDS
    assert (
        max(len(ways) for ways in near_of("-".join(["jongerenwerk"] * 30) + " lunch").ways)
        <= MOST_WAYS
    )


BRABANT = Chosen("provincie", ("noord-brabant",))
RECENT = Chosen("jaar", ("2025", "2026"))


def understood(text: str) -> tuple[Condition, ...]:
    pieces = {"praktijken": None, "brabant": BRABANT, "van nu": RECENT}
    return tuple(
        Condition(text.index(piece), text.index(piece) + len(piece), chosen)
        for piece, chosen in pieces.items()
        if piece in text
    )


def near_with(text: str) -> Text:
    return parse_near(text, conditions=understood(text))


def test_a_value_that_a_word_asks_for_answers_it() -> None:
    near = near_with("praktijken in brabant met lunch").near
    assert near is not None
    assert [one.typed for one in near.asked] == ["brabant", "lunch"], "others say nothing"
    assert BRABANT in [way.match for way in near.ways[0]]
    assert near.met_by == ((frozenset({"brabant"}), BRABANT),)


def test_a_condition_without_a_word_of_content_counts_too() -> None:
    near = near_with("lunch van nu").near
    assert near is not None
    assert [way.match for way in near.ways[-1]] == [RECENT]
    assert near_with("praktijken").near is None


def test_a_word_beside_one_that_says_nothing_needs_only_itself() -> None:
    near = near_with("praktijken lunch").near
    assert near is not None
    assert [one.typed for one in near.asked] == ["lunch"]
