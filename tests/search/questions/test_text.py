"""What a searcher types, as clauses: words, phrases, exclusions, synonyms, and everything odd."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from search.questions.text import NO_SYNONYMS, Match, Synonyms, Text, parse_text

SYNONYMS = Synonyms.of(
    [
        ["ZAT", "zorgadviesteam", "zorg- en adviesteam"],
        ["wijk", "buurt"],
        ["B&W", "B en W", "burgemeester en wethouders"],
        ["mbo", "middelbaar beroepsonderwijs"],
        ["e-learning", "online leren"],
    ]
)


def asked(text: str, synonyms: Synonyms = NO_SYNONYMS) -> list[list[str]]:
    """Each required clause as the alternatives that it accepts; a phrase stands in quotes."""
    return [[shown(match) for match in clause] for clause in parse_text(text, synonyms).required]


def excluded(text: str) -> list[list[str]]:
    return [[shown(match) for match in clause] for clause in parse_text(text).excluded]


def shown(match: Match) -> str:
    words = " ".join(match.tokens)
    return f'"{words}"' if match.is_phrase else words


def test_every_word_is_a_condition_of_its_own() -> None:
    assert asked("trainingen voor jongerenwerkers") == [["training"], ["jonger_werk"]]


def test_a_word_that_is_typed_twice_is_one_condition() -> None:
    assert asked("training Trainingen TRAINING") == [["training"]]


def test_stop_words_do_not_count_beside_other_words() -> None:
    assert asked("de training van het jaar") == [["training"], ["jar"]]


def test_stop_words_count_when_nothing_else_is_asked() -> None:
    assert len(asked("voor de")) == 2


def test_stop_words_do_not_count_beside_a_phrase() -> None:
    assert asked('de "ideaal jongerenwerk"') == [['"ideaal jongerenwerk"']]


def test_a_phrase_keeps_its_words_as_they_are_in_their_order() -> None:
    assert asked('"De Trainingen van het café"') == [['"de trainingen van het cafe"']]


def test_a_phrase_without_words_is_no_condition() -> None:
    assert not parse_text('"" "?!" -"…"')


@pytest.mark.parametrize("text", ['"training', 'training"', 'trai"ning'])
def test_a_lone_quotation_mark_is_said_and_does_not_count(text: str) -> None:
    parsed = parse_text(text)
    assert parsed.has_lone_quote
    assert parsed.required


def test_of_three_quotation_marks_the_last_is_alone() -> None:
    parsed = parse_text('"ideaal jongerenwerk" training"')
    assert parsed.has_lone_quote
    assert [shown(clause[0]) for clause in parsed.required] == [
        '"ideaal jongerenwerk"',
        "training",
    ]


def test_two_quotation_marks_are_not_alone() -> None:
    assert not parse_text('"ideaal jongerenwerk"').has_lone_quote


@pytest.mark.parametrize(
    ("text", "left_out"),
    [
        ("jeugd -training", [["training"]]),
        ("jeugd --training", [["training"]]),
        ('jeugd -"ideaal jongerenwerk"', [['"ideaal jongerenwerk"']]),
        ("jeugd -training -acteurs", [["training"], ["acteur"]]),
        ("-training", [["training"]]),
    ],
)
def test_a_minus_excludes_a_word_or_phrase(text: str, left_out: list[list[str]]) -> None:
    assert excluded(text) == left_out


def test_an_excluded_word_with_a_hyphen_excludes_only_what_has_all_of_it() -> None:
    assert excluded("-zelf-doen") == [["zelf doen"]]


@pytest.mark.parametrize("text", ["-", "--", "jeugd - training", "e-learning", "jeugd -", "- -"])
def test_a_minus_that_stands_before_no_word_excludes_nothing(text: str) -> None:
    assert excluded(text) == []


def test_a_word_with_a_hyphen_asks_for_both_its_parts() -> None:
    assert asked("buurt-vaders") == [["buurt"], ["vader"]]


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("titel:training", "titel training"),
        ("(training)", "training"),
        ("training*", "training"),
        ("+training", "training"),
        ("training~2", "training 2"),
        ("training^4", "training 4"),
        ("[training TO jeugd]", "training to jeugd"),
        ("{!training}", "training"),
        ("training?", "training"),
        ("/train.*ing/", "train ing"),
        ("\\training", "training"),
        ("training'; --", "training"),
        ("${training}", "training"),
        ("training%", "training"),
        ("<training>", "training"),
        ("training AND jeugd", "training and jeugd"),
        ("training OR jeugd", "training or jeugd"),
        ("training NOT jeugd", "training not jeugd"),
        ("NEAR(training jeugd, 3)", "near training jeugd 3"),
        ("training && jeugd || !acteur", "training jeugd acteur"),
    ],
)
def test_the_syntax_of_search_engines_is_plain_text(text: str, same: str) -> None:
    assert parse_text(text) == parse_text(same)


def test_a_synonym_is_accepted_in_place_of_the_word() -> None:
    assert asked("ZAT", SYNONYMS) == [["zat", "zorg_advies_team", '"zorg en adviesteam"']]
    assert asked("zorgadviesteams", SYNONYMS) == [
        ["zorg_advies_team", "zat", '"zorg en adviesteam"']
    ]


def test_a_synonym_of_several_words_is_recognised_where_they_stand_together() -> None:
    assert asked("het middelbaar beroepsonderwijs in Gouda", SYNONYMS) == [
        ["middel beroep_onderwijs", "mbo"],
        ["gouda"],
    ]


def test_the_words_of_a_synonym_mean_nothing_special_apart() -> None:
    assert asked("middelbaar mbo beroepsonderwijs", SYNONYMS) == [
        ["middel"],
        ["mbo", '"middelbaar beroepsonderwijs"'],
        ["beroep_onderwijs"],
    ]


@pytest.mark.parametrize("text", ["zorg- en adviesteam", "Zorg en Adviesteam"])
def test_a_synonym_with_a_stop_word_is_recognised(text: str) -> None:
    assert asked(text, SYNONYMS) == [["zorg advies_team", "zat", "zorg_advies_team"]]


def test_synonyms_that_are_written_nearly_alike_are_all_accepted() -> None:
    assert asked("burgemeester en wethouders", SYNONYMS) == [
        ["burgemeester wethouder", '"b w"', '"b en w"']
    ]
    assert asked("b&w", SYNONYMS) == [["b w", '"burgemeester en wethouders"']]


def test_a_word_in_two_groups_finds_the_words_of_both() -> None:
    both = Synonyms.of([["wijk", "buurt"], ["wijk", "kwartier"]])
    assert asked("wijk", both) == [["wijk", "buurt", "kwartier"]]
    assert asked("buurt", both) == [["buurt", "wijk"]]


def test_a_phrase_is_exact_and_has_no_synonyms() -> None:
    assert asked('"ZAT"', SYNONYMS) == [['"zat"']]


def test_words_for_a_spelling_suggestion_are_those_that_were_asked_for() -> None:
    assert parse_text('de Traning -jeugd "exacte zin"').words == ("traning",)


def test_marks_are_the_tokens_of_words_synonyms_and_phrases_but_no_stop_words() -> None:
    marks = parse_text('ZAT "voor de wijken"', SYNONYMS).marks
    assert {"zat", "zorg_advies_team", "wijk"} <= marks
    assert not marks & {"voor", "de", "en"}


def test_empty_groups_of_synonyms_do_no_harm() -> None:
    assert asked("training", Synonyms.of([[], [""], ["?"], ["training"]])) == [["training"]]


@given(st.text(max_size=200))
@example("\x00\x1b\u202e\ud800")
@example('"""""-"-"--"')
@example('-"-"-""-a"b-"c')
@example("ﷺ -ﷺ ½ \"½\" ﹰ 'ﹰ'")
@example("'s -'s ''' ’’’")
def test_no_text_is_too_odd_to_read(text: str) -> None:
    parsed = parse_text(text, SYNONYMS)
    matches = [match for clause in (*parsed.required, *parsed.excluded) for match in clause]
    assert all(match.tokens and all(match.tokens) for match in matches)
    assert bool(parsed) == bool(parsed.required or parsed.excluded)
    assert parsed == parse_text(text, SYNONYMS)


def test_no_text_is_no_condition() -> None:
    assert parse_text("") == Text()
