"""A search as one value: read from a query string, printed back as one, whatever comes in."""

import pytest
from django.http import QueryDict
from django.utils import translation
from hypothesis import example, given, settings
from hypothesis import strategies as st

from search.questions.query import MAX_TEXT, Query, clean, parse
from tests.search.samples import FACETS, SORTS


def read(query_string: str) -> tuple[Query, list[str]]:
    with translation.override("en"):
        return parse(QueryDict(query_string), FACETS.values(), SORTS)


def test_the_names_of_parameters_are_public_and_stay_for_ever() -> None:
    query, notices = read(
        "q=jeugd&vorm=training&doelgroep=jongerenwerk&jaar=2008-2010&sorteer=jaar&pagina=2"
    )
    assert notices == []
    assert query == Query(
        text="jeugd",
        chosen=(
            ("doelgroep", ("jongerenwerk",)),
            ("jaar", ("2008-2010",)),
            ("vorm", ("training",)),
        ),
        sort="jaar",
        page=2,
    )


@pytest.mark.parametrize(
    ("query", "order", "printed"),
    [
        (Query(own="gouda"), "relevantie", "mijn=gouda"),
        (Query("x", own="gouda"), "relevantie", "q=x&mijn=gouda"),
        (Query(own="gouda", sort="nieuwste"), "nieuwste", "mijn=gouda&sorteer=nieuwste"),
        (Query(own="gouda", sort="relevantie", page=3), "relevantie", "mijn=gouda&pagina=3"),
        (Query(own="gouda", page=3).owned_by(""), "nieuwste", ""),
    ],
)
def test_whose_search_it_is_stands_in_the_address_and_makes_relevance_an_order(
    query: Query, order: str, printed: str
) -> None:
    assert (query.order(), query.query_string()) == (order, printed)
    assert query.choosing("vorm", ["training"]).without("vorm", "training").own == query.own


def test_nothing_asked_is_everything_newest_first() -> None:
    query, notices = read("")
    assert (query, notices) == (Query(), [])
    assert query.order() == "nieuwste"
    assert query.query_string() == ""


@pytest.mark.parametrize(
    "query_string",
    [
        "vorm=training&q=jeugd&pagina=2&doelgroep=kader",
        "doelgroep=kader&pagina=2&vorm=training&q=jeugd",
        "q=++jeugd++&vorm=TRAINING&vorm=training&doelgroep=kader&pagina=02&sorteer=relevantie",
        "q=oud&q=jeugd&doelgroep=kader&vorm=training&pagina=1&pagina=2&sorteer=&onzin=1",
    ],
)
def test_the_same_search_always_has_the_same_address(query_string: str) -> None:
    query, _notices = read(query_string)
    assert query.query_string() == "q=jeugd&doelgroep=kader&vorm=training&pagina=2"


@pytest.mark.parametrize(
    ("query_string", "order", "printed"),
    [
        ("q=x", "relevantie", "q=x"),
        ("q=x&sorteer=relevantie", "relevantie", "q=x"),
        ("q=x&sorteer=nieuwste", "nieuwste", "q=x&sorteer=nieuwste"),
        ("sorteer=nieuwste", "nieuwste", ""),
        ("sorteer=relevantie", "nieuwste", ""),
        ("sorteer=JAAR", "jaar", "sorteer=jaar"),
    ],
)
def test_the_order_that_holds_without_asking_is_not_printed(
    query_string: str, order: str, printed: str
) -> None:
    query, _notices = read(query_string)
    assert (query.order(), query.query_string()) == (order, printed)


@pytest.mark.parametrize(
    ("query_string", "said"),
    [
        ("onzin=1", "We do not know the condition “onzin” and left it out."),
        ("a=1&b=2", "We do not know the conditions “a”, “b” and left them out."),
        (
            "a=1&b=2&c=3&d=4&e=5",
            "We do not know the conditions “a”, “b”, “c” and 2 more and left them out.",
        ),
        ("Vorm=training", "We do not know the condition “Vorm” and left it out."),
        ("vorm[]=training", "We do not know the condition “vorm[]” and left it out."),
        ("vorm=onzin", "Vorm: we do not know “onzin”."),
        ("jaar=ooit", "Jaar: we do not know “ooit”."),
        (
            "jaar=2012-2008",
            "Jaar: the first year was later than the last. We turned them round.",
        ),
        ("sorteer=prijs", "We do not know the order “prijs”."),
        ("q=a&q=b", "“q” was given more than once. We used the last one."),
        ("sorteer=jaar&sorteer=jaar", "“sorteer” was given more than once. We used the last one."),
        ("pagina=1&pagina=1", "“pagina” was given more than once. We used the last one."),
        ("pagina=-1", "“-1” is not a page number. You see page 1."),
        ("pagina=0", "“0” is not a page number. You see page 1."),
        ("pagina=000", "“000” is not a page number. You see page 1."),
        ("pagina=abc", "“abc” is not a page number. You see page 1."),
        ("pagina=1.5", "“1.5” is not a page number. You see page 1."),
        ("pagina=٢", "“٢” is not a page number. You see page 1."),
        ("pagina=²", "“²” is not a page number. You see page 1."),
        ("pagina=%00", "“” is not a page number. You see page 1."),
        ("pagina=2;DROP", "“2;DROP” is not a page number. You see page 1."),
        (
            "pagina=999999999",
            "We show the first 10000 results. Choose more conditions to see the rest.",
        ),
        (
            "pagina=1" + 30 * "0",
            "We show the first 10000 results. Choose more conditions to see the rest.",
        ),
        ("q=%00training", "We left out characters that cannot be read."),
        ("q=%E2%80%AEtraining", "We left out characters that cannot be read."),
    ],
)
def test_what_is_not_understood_is_left_out_and_said(query_string: str, said: str) -> None:
    _query, notices = read(query_string)
    assert notices == [said]


@pytest.mark.parametrize(
    "query_string",
    [
        "q=",
        "vorm=",
        "vorm=+",
        "pagina=",
        "sorteer=",
        "jaar=",
        "jaar_van=&jaar_tot=",
        "q=&vorm=&vorm=",
    ],
)
def test_empty_fields_of_the_form_are_no_condition_and_need_no_words(query_string: str) -> None:
    assert read(query_string) == (Query(), [])


@pytest.mark.parametrize(
    ("query_string", "years"),
    [
        ("jaar_van=2008&jaar_tot=2010", ("2008-2010",)),
        ("jaar_van=2008", ("2008-",)),
        ("jaar_tot=2010", ("-2010",)),
        ("jaar_van=2009&jaar_tot=2009", ("2009",)),
        ("jaar=2005&jaar_van=2008", ("2005", "2008-")),
        ("jaar_van=2010&jaar_tot=2008", ("2008-2010",)),
    ],
)
def test_the_two_years_of_the_form_are_one_range(query_string: str, years: tuple[str, ...]) -> None:
    assert read(query_string)[0].values("jaar") == years


@pytest.mark.parametrize("query_string", ["jaar_van=abc", "jaar_van=-5", "jaar_tot=20100"])
def test_years_of_the_form_that_are_none_are_said(query_string: str) -> None:
    query, [notice] = read(query_string)
    assert query == Query()
    assert notice.startswith("Jaar: we do not know")


def test_a_text_of_512_characters_is_whole_and_needs_no_words() -> None:
    query, notices = read("q=" + "x" * MAX_TEXT)
    assert (len(query.text), notices) == (512, [])


@pytest.mark.parametrize(
    "text", ["x" * 513, "é" * 600, "x" * 100_000, "woord " * 20_000, "😀" * 3000, "x " + " " * 3000]
)
def test_a_longer_text_is_cut_at_512_characters_and_said(text: str) -> None:
    query, notices = read(f"q={text}")
    assert len(query.text) <= 512
    assert notices == ["Your search text is long. We used the first 512 characters."]
    assert read(query.query_string()) == (query, [])


def test_the_first_50_values_of_a_facet_are_used_and_that_is_said() -> None:
    values = "&".join(f"gemeente=plaats-{number}" for number in range(60))
    query, notices = read(values)
    assert query.values("gemeente") == tuple(sorted(f"plaats-{number}" for number in range(50)))
    assert notices == ["You chose more than 50 values for Gemeente. We used the first 50."]


def test_a_value_that_is_repeated_500_times_is_one_value() -> None:
    assert read("&".join(["vorm=training"] * 500)) == (
        Query(chosen=(("vorm", ("training",)),)),
        [],
    )


def test_500_unknown_values_are_said_in_a_few_words() -> None:
    query, notices = read("&".join(f"vorm=onzin{number}" for number in range(500)))
    assert query == Query()
    assert max(map(len, notices)) < 200


def test_what_is_repeated_in_a_notice_is_short_and_clean() -> None:
    _query, [notice] = read("vorm=%00%1B%E2%80%AE" + "x" * 5000)
    assert notice == f"Vorm: we do not know “{'x' * 40}”."


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("a\x00b\x1bc\x7fd\x9f", "abcd"),
        ("a\tb\nc\rd\x0be\x0cf", "a b c d e f"),
        ("\u202eabc\u2066\u200f\ufeff", "abc"),
        ("\ud800a\udfff", "a"),
        ("cafe\u0301", "café"),
        ("مرحبا", "مرحبا"),
        ("👩‍👩‍👧‍👦", "👩‍👩‍👧‍👦"),
    ],
)
def test_text_is_composed_and_free_of_what_cannot_be_shown(text: str, cleaned: str) -> None:
    assert clean(text) == cleaned


def test_searches_near_a_search_begin_at_its_first_page() -> None:
    query = Query("jeugd", (("vorm", ("training",)),), "jaar", 4)
    near = [
        query.choosing("werkvorm", ["acteurs"]),
        query.without("vorm", "training"),
        query.with_text("x"),
        query.sorted_by("gemeente"),
    ]
    assert {one.page for one in near} == {1}
    assert query.at_page(2).page == 2


def test_choosing_leaves_other_facets_as_they_are() -> None:
    query = Query(chosen=(("doelgroep", ("kader",)), ("vorm", ("e-learning", "training"))))
    assert query.choosing("vorm", ["training"]).chosen == (
        ("doelgroep", ("kader",)),
        ("vorm", ("training",)),
    )
    assert query.without("vorm", "training").values("vorm") == ("e-learning",)
    assert query.choosing("vorm", []).chosen == (("doelgroep", ("kader",)),)
    assert query.without("vorm", "onzin") == query


NAMES = st.sampled_from([*FACETS, "q", "sorteer", "pagina", "jaar_van", "jaar_tot"]) | st.text(
    max_size=8
)
VALUES = st.sampled_from(
    [value for facet in FACETS.values() for value in list(facet.options)[:5]]
    + ["2009", "2012-2008", "-2010", "jaar", "2", "0", "jeugd", '"jeugd', "-x"]
) | st.text(max_size=30)


class Raw(dict[str, list[str]]):
    """Parameters as Django gives them, with whatever a test puts in."""

    def lists(self) -> list[tuple[str, list[str]]]:
        return list(self.items())


@settings(max_examples=300)
@given(st.dictionaries(NAMES, st.lists(VALUES, max_size=6), max_size=8))
@example({"q": ["\ud800"], "vorm": ["\udfff"], "\ud800": ["\x00"]})
@example({"q": ["e\u0301" * 300], "jaar_van": ["2010"], "jaar_tot": ["2008"]})
@example({"q": ["\u0344" * 700 + "\u00ad \u200b"]})
@example({"q": [], "pagina": [], "vorm": []})
def test_any_parameters_are_read_and_their_address_is_a_fixed_point(
    raw: dict[str, list[str]],
) -> None:
    with translation.override("en"):
        query, notices = parse(Raw(raw), FACETS.values(), SORTS)
    assert all(notices)
    again, more = read(query.query_string())
    assert again.query_string() == query.query_string()
    assert (again.text, again.chosen, again.page) == (query.text, query.chosen, query.page)
    assert again.order() == query.order()
    assert more == []


@given(st.permutations(["q=jeugd", "vorm=training", "vorm=e-learning", "jaar=2009", "pagina=3"]))
def test_the_order_of_parameters_does_not_matter(parameters: list[str]) -> None:
    assert read("&".join(parameters))[0] == read("&".join(sorted(parameters)))[0]
