"""What a search shows: options with counts and addresses, chips, orders and page numbers."""

from collections.abc import Mapping

import pytest
from django.http import QueryDict
from django.utils import translation

from search.engines.base import Answer
from search.questions.query import Query, parse
from search.questions.text import Correction, Text
from search.results import presenter
from search.results.answers import Condition, Found, WithoutWord
from search.results.presenter import Addresses, ShownFacet
from tests.search.samples import FACETS, SORTS

ADDRESSES = Addresses("/praktijken/")


def query_of(query_string: str) -> Query:
    return parse(QueryDict(query_string), FACETS.values(), SORTS)[0]


def shown(query_string: str, counts: Mapping[str, Mapping[str, int]]) -> dict[str, ShownFacet]:
    found = Found(query_of(query_string), Text(), Answer(0, (), counts, {}), 1)
    return {one.name: one for one in presenter.shown_facets(found, FACETS.values(), ADDRESSES)}


def test_options_without_hits_are_absent_and_the_order_is_that_of_the_list() -> None:
    facet = shown("", {"vorm": {"expertmeeting": 1, "training": 3}})["vorm"]
    assert [(one.value, one.count) for one in facet.options] == [
        ("training", 3),
        ("expertmeeting", 1),
    ]


def test_a_chosen_option_without_hits_stays_so_that_it_can_be_taken_away() -> None:
    facet = shown("vorm=e-learning", {"vorm": {"training": 3}})["vorm"]
    assert [(one.value, one.count, one.selected) for one in facet.options] == [
        ("training", 3, False),
        ("e-learning", 0, True),
    ]
    assert facet.has_selection


def test_an_address_chooses_one_value_alone_and_keeps_the_rest_from_page_1() -> None:
    facets = shown(
        "q=a+b&vorm=training&vorm=e-learning&doelgroep=kader&sorteer=jaar&pagina=3",
        {"vorm": {"expertmeeting": 1}, "werkvorm": {"acteurs": 1}, "jaar": {"2009": 1}},
    )
    rest = "q=a+b&doelgroep=kader"
    by_value = {one.value: one.url for one in facets["vorm"].options}
    assert by_value["expertmeeting"] == f"/praktijken/?{rest}&vorm=expertmeeting&sorteer=jaar"
    assert by_value["training"] == f"/praktijken/?{rest}&vorm=training&sorteer=jaar"
    assert facets["werkvorm"].options[0].url == (
        f"/praktijken/?{rest}&vorm=e-learning&vorm=training&werkvorm=acteurs&sorteer=jaar"
    )
    assert facets["jaar"].options[0].url == (
        f"/praktijken/?{rest}&jaar=2009&vorm=e-learning&vorm=training&sorteer=jaar"
    )


@pytest.mark.parametrize(
    "query_string", ["", "q=vorm%3D-0-&pagina=2", "werkvorm=acteurs&vorm=training"]
)
def test_every_address_of_an_option_is_the_address_of_its_search(query_string: str) -> None:
    counts = {name: dict.fromkeys(facet.options, 1) for name, facet in FACETS.items()}
    query = query_of(query_string)
    for name, facet in shown(query_string, counts | {"jaar": {"2008": 1, "2009": 2}}).items():
        for option in facet.options:
            for one in (option, *option.children):
                assert one.url == ADDRESSES.of(query.choosing(name, [one.value]))


def test_children_stand_below_their_parent() -> None:
    facet = shown("", {"doelgroep": {"eerstelijn": 5, "jongerenwerk": 3, "kader": 1}})["doelgroep"]
    assert [(one.value, [child.value for child in one.children]) for one in facet.options] == [
        ("eerstelijn", ["jongerenwerk"]),
        ("kader", []),
    ]


def test_a_child_whose_parent_is_not_offered_is_offered_itself() -> None:
    facet = shown("doelgroep=jeugdzorg", {"doelgroep": {"kader": 1}})["doelgroep"]
    assert [one.value for one in facet.options] == ["jeugdzorg", "kader"]


def test_a_long_facet_has_most_hits_first_and_shows_ten_and_what_is_chosen() -> None:
    counts = {f"plaats-{number}": number for number in range(60)}
    facet = shown("gemeente=plaats-3", {"gemeente": counts})["gemeente"]
    assert [one.count for one in facet.options] == [*range(59, 0, -1)]
    assert [one.value for one in facet.shown] == [
        *(f"plaats-{number}" for number in range(59, 49, -1)),
        "plaats-3",
    ]
    assert facet.hidden_count == 48


def test_equal_counts_are_in_the_order_of_their_names() -> None:
    facet = shown("", {"gemeente": {"plaats-2": 1, "plaats-1": 1, "plaats-3": 2}})["gemeente"]
    assert [one.value for one in facet.options] == ["plaats-3", "plaats-1", "plaats-2"]


def test_years_are_newest_first_and_a_chosen_range_is_one_of_them() -> None:
    facet = shown("jaar=2008-2009", {"jaar": {"2008": 1, "2010": 2, "2008-2009": 1}})["jaar"]
    assert [(one.value, one.count, one.selected) for one in facet.options] == [
        ("2010", 2, False),
        ("2008-2009", 1, True),
        ("2008", 1, False),
    ]


def test_every_condition_is_a_chip_with_the_search_without_it() -> None:
    query = query_of("q=a&vorm=training&vorm=e-learning&sorteer=jaar&pagina=2")
    with translation.override("en"):
        chips = presenter.chips(query, FACETS, ADDRESSES)
    assert [(chip.label, chip.value, chip.url) for chip in chips] == [
        ("Text", "a", "/praktijken/?vorm=e-learning&vorm=training&sorteer=jaar"),
        ("Vorm", "E learning", "/praktijken/?q=a&vorm=training&sorteer=jaar"),
        ("Vorm", "Training", "/praktijken/?q=a&vorm=e-learning&sorteer=jaar"),
    ]


@pytest.mark.parametrize(
    ("query_string", "offered", "selected"),
    [
        ("", ["", "jaar", "gemeente"], ""),
        ("q=a", ["", "nieuwste", "jaar", "gemeente"], ""),
        ("sorteer=gemeente", ["", "jaar", "gemeente"], "gemeente"),
    ],
)
def test_relevance_is_offered_where_there_is_text_and_what_holds_anyway_has_no_value(
    query_string: str, offered: list[str], selected: str
) -> None:
    orders = presenter.orders(query_of(query_string), dict.fromkeys(SORTS, ""), ADDRESSES)
    assert [one.value for one in orders] == offered
    assert [one.value for one in orders if one.selected] == [selected]


@pytest.mark.parametrize(
    ("page", "last", "numbers"),
    [
        (1, 1, "1"),
        (1, 3, "1 2 3"),
        (1, 9, "1 2 3 … 9"),
        (5, 9, "1 … 3 4 5 6 7 … 9"),
        (9, 9, "1 … 7 8 9"),
        (4, 6, "1 2 3 4 5 6"),
    ],
)
def test_page_numbers_are_the_first_the_last_and_the_nearest(
    page: int, last: int, numbers: str
) -> None:
    choices = presenter.pages(Query(page=page), last, ADDRESSES)
    assert " ".join(one.label if one else "…" for one in choices) == numbers
    assert [one.label for one in choices if one and one.selected] == [str(page)]


def test_page_1_has_the_address_of_the_search_itself() -> None:
    first, second = presenter.pages(Query("a", page=2), 2, ADDRESSES)
    assert first is not None
    assert second is not None
    assert (first.url, second.url) == ("/praktijken/?q=a", "/praktijken/?q=a&pagina=2")


@pytest.mark.parametrize(
    ("facet", "value", "label"),
    [
        ("", "jeugd", "without the text “jeugd”"),
        ("vorm", "training", "without Vorm: Training"),
        ("vorm", "", "without Vorm"),
        ("jaar", "2008-2010", "without Jaar: 2008 to 2010"),
        ("jaar", "2008-", "without Jaar: from 2008"),
        ("jaar", "-2010", "without Jaar: up to 2010"),
    ],
)
def test_a_way_out_is_said_in_words(facet: str, value: str, label: str) -> None:
    with translation.override("en"):
        found = presenter.relaxation_label(Condition(facet, value, Query(), 1), FACETS)
    assert found == label


def test_a_correction_has_its_way_back() -> None:
    query = Query("de Jeudg", (("vorm", ("training",)),), page=3)
    assert presenter.corrections(query, [Correction("Jeudg", "jeugd")], ADDRESSES) == (
        ("Jeudg", "jeugd", "/praktijken/?q=de+%2BJeudg&vorm=training"),
    )


def test_a_word_to_leave_out_is_said_in_words() -> None:
    with translation.override("en"):
        label = presenter.without_word_label(WithoutWord("gouda", Query("moskee"), 3, 3))
    assert label == "without “gouda”"


def test_only_an_option_with_children_has_them_in_json() -> None:
    facet = shown("", {"doelgroep": {"eerstelijn": 5, "jongerenwerk": 3, "kader": 1}})["doelgroep"]
    data = presenter.facet_data(facet)
    assert list(data) == ["name", "label", "options"]
    assert data["options"] == [
        {
            "value": "eerstelijn",
            "label": "Eerstelijn",
            "count": 5,
            "selected": False,
            "url": "/praktijken/?doelgroep=eerstelijn",
            "children": [
                {
                    "value": "jongerenwerk",
                    "label": "Jongerenwerk",
                    "count": 3,
                    "selected": False,
                    "url": "/praktijken/?doelgroep=jongerenwerk",
                }
            ],
        },
        {
            "value": "kader",
            "label": "Kader",
            "count": 1,
            "selected": False,
            "url": "/praktijken/?doelgroep=kader",
        },
    ]
