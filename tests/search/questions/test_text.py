"""What a searcher types, as clauses: words, phrases, exclusions, synonyms, and everything odd."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from search.questions.parsing import parse_text
from search.questions.text import NO_SYNONYMS, Match, Synonyms, Text

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
    assert asked("moskee-agent") == [["moskee"], ["agent"]]


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("jongeren werkers", "jonger_werk"),
        ("wijk agent", "wijk_agent"),
        ("wijk-agent", "wijk_agent"),
        ("raads vergadering", "rad_vergader"),
        ("gemeente bestuur", "gemeente_bestur"),
        ("rad icalisering", "radicaliser"),
    ],
)
def test_words_that_are_one_word_together_are_both_answered_by_that(text: str, whole: str) -> None:
    assert all(whole in clause for clause in asked(text))
    assert len(asked(text)) == 2


@pytest.mark.parametrize(
    "text", ["moskee agent", "wijk met agent", 'wijk "agent"', "wijk -agent", "wijk OR agent"]
)
def test_words_that_are_not_typed_as_one_stay_apart(text: str) -> None:
    assert "wijk_agent" not in {match for clause in asked(text) for match in clause}


def test_what_is_one_word_together_brings_its_synonyms() -> None:
    synonyms = Synonyms.of([["wijkagent", "buurtagent"]])
    assert all("buurt_agent" in clause for clause in asked("wijk agent", synonyms))


@pytest.mark.parametrize(
    ("text", "clauses"),
    [
        ("training AND moskee", [["training"], ["moskee"]]),
        ("training EN moskee", [["training"], ["moskee"]]),
        ("training OR moskee", [["training", "moskee"]]),
        ("training OF moskee OF lunch", [["training", "moskee", "lunch"]]),
        ("jeugd training OR moskee lunch", [["jeugd"], ["lunch"], ["training", "moskee"]]),
        ('training OR "de moskee"', [["training", '"de moskee"']]),
        ("OR training", [["training"]]),
        ("training OR", [["training"]]),
        ("de OR training", [["training"]]),
        ("jeugd NOT moskee", [["jeugd"]]),
        ("wat NIET hielp bij jeugd", [["hielp"], ["jeugd"]]),
        ("jeugd OF de moskee", [["jeugd", "moskee"]]),
        ("jeugd OF", [["jeugd"]]),
        ("AND", []),
        ("training and moskee", [["training"], ["and"], ["moskee"]]),
        ("training of moskee", [["training"], ["moskee"]]),
        ("TRAINING OF MOSKEE", [["training"], ["moskee"]]),
        ("TRAINING OR MOSKEE", [["training", "moskee"]]),
    ],
)
def test_operators_in_capitals_do_what_they_say(text: str, clauses: list[list[str]]) -> None:
    assert asked(text) == clauses


@pytest.mark.parametrize(
    "text", ["jeugd NOT moskee", "jeugd NIET moskee", "jeugd AND NOT moskee", "jeugd -moskee"]
)
def test_what_comes_after_not_is_excluded(text: str) -> None:
    assert (asked(text), excluded(text)) == ([["jeugd"]], [["moskee"]])


def test_a_phrase_after_not_is_excluded() -> None:
    assert excluded('jeugd NOT "de moskee"') == [['"de moskee"']]
    assert excluded("jeugd -de") == [["de"]]


def test_what_has_no_content_is_not_excluded_where_a_word_is_stressed() -> None:
    assert excluded("het helpt NIET in de wijk") == []
    assert excluded("wat NIET helpt") == []
    assert excluded("NOT moskee") == [["moskee"]]


def test_alternatives_have_their_synonyms() -> None:
    assert asked("wijk OR mbo", SYNONYMS) == [
        ["wijk", "buurt", "mbo", '"middelbaar beroepsonderwijs"']
    ]


@pytest.mark.parametrize(
    ("text", "clauses"),
    [
        ("OM", [["OM"]]),
        ("overleg met het OM", [["overleg"], ["OM"]]),
        ("omgaan met IS", [["omgan"], ["IS"]]),
        ("HOE GA IK OM MET JONGEREN", [["jonger"]]),
        ("hoe ga ik om met jongeren", [["jonger"]]),
        ("m.b.o. docenten", [["mbo"], ["docent"]]),
        ("A.I.V.D.", [["aivd"]]),
        ("jongeren i.p.v. ouders", [["jonger"], ["ouder"]]),
    ],
)
def test_capitals_and_points_make_a_name_of_a_word(text: str, clauses: list[list[str]]) -> None:
    assert asked(text) == clauses


def test_a_plus_says_that_a_word_is_meant_as_it_stands() -> None:
    assert asked("+traning moskee") == asked("traning moskee")
    assert parse_text("+traning moskee").meant == {"traning"}


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("titel:training", "titel training"),
        ("(training)", "training"),
        ("training*", "training"),
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
