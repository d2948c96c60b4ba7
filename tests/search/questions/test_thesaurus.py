"""What a thesaurus adds to a word, and what it never does."""

import pytest

from search.questions.near import parse_near
from search.questions.parsing import parse_text
from search.questions.text import Match, Synonyms
from search.questions.thesaurus import with_thesaurus
from tests.nearness import tokens

SAME = [["wijk", "buurt"]]
LIKE = [
    ["jodenhaat", "antisemitisme"],
    ["docent", "leraar", "voor de klas"],
    ["om", "openbaar ministerie"],
]
BROADER = [
    ["discriminatie", "antisemitisme", "moslimhaat"],
    ["onderwijs", "leraar"],
    ["is", "kalifaat"],
]
KNOWN = with_thesaurus(Synonyms.of(SAME), [*SAME, *LIKE], BROADER)


def ways(text: str) -> dict[tuple[str, ...], float]:
    near = parse_near(text, KNOWN).near
    assert near is not None
    [one] = near.ways
    return {tokens(way): way.weight for way in one if way.weight < 1}


def token(word: str) -> tuple[str, ...]:
    return parse_text(word).required[0][0].tokens


def test_like_words_help_each_other() -> None:
    assert ways("docent")[token("leraar")] == ways("leraar")[token("docent")] == 0.7


def test_a_word_helps_with_what_is_broader_and_less_with_what_is_narrower() -> None:
    assert ways("moslimhaat")[token("discriminatie")] == 0.45
    assert ways("discriminatie")[token("moslimhaat")] == 0.25


def test_one_more_step_helps_a_little_less() -> None:
    assert ways("jodenhaat")[token("discriminatie")] == pytest.approx(0.45 * 0.8)
    assert ways("docent")[token("onderwijs")] == pytest.approx(0.45 * 0.8)


def test_a_synonym_leads_no_further_than_the_thesaurus_says() -> None:
    assert ways("wijk") == {token("buurt"): 0.7}


def test_several_words_are_found_as_the_exact_phrase() -> None:
    near = parse_near("docent", KNOWN).near
    assert near is not None
    assert Match(("voor", "de", "klas"), is_phrase=True) in [way.match for way in near.ways[0]]


def test_several_words_that_are_known_are_one() -> None:
    near = parse_near("openbaar ministerie moskee", KNOWN).near
    assert near is not None
    assert [len(tokens(one[0])) for one in near.ways] == [2, 1]
    assert [one.typed for one in near.asked] == ["openbaar", "ministerie", "moskee"]


def test_words_without_content_find_nothing() -> None:
    every = {match for found in KNOWN.related.values() for match, _weight in found}
    assert not {Match(("om",)), Match(("is",))} & every
    assert not {("om",), ("is",)} & KNOWN.related.keys()


@pytest.mark.parametrize(
    "text", ["jodenhaat", "docent moskee", "wijk onderwijs", '"docent" -leraar']
)
def test_it_changes_nothing_of_what_is_required(text: str) -> None:
    assert parse_text(text, KNOWN) == parse_text(text, Synonyms.of(SAME))


def test_nothing_is_nearer_to_a_word_than_the_word_itself() -> None:
    for word in ("docent", "jodenhaat", "discriminatie", "wijk", "openbaar ministerie"):
        near = parse_near(word, KNOWN).near
        assert near is not None
        assert [way.weight for way in near.ways[0]].count(1.0) == 1
        assert near.ways[0][0].weight == 1.0
