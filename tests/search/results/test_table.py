"""Which values of a facet a table shows."""

from search.questions.facets import Facet, Option, YearFacet
from search.results.table import narrower, side

GROUPS = Facet(
    "doelgroep",
    "Doelgroep",
    {
        one.value: one
        for one in (
            Option("kader", "Kader"),
            Option("eerstelijn", "Eerstelijn"),
            Option("onderwijs", "Onderwijs", "eerstelijn"),
            Option("vmbo", "Vmbo", "onderwijs"),
            Option("oud", "Oud", is_active=False),
            Option("ook-oud", "Ook oud", "eerstelijn", is_active=False),
        )
    },
)


def values(facet: Facet, chosen: tuple[str, ...] = (), room: int = 10, **counts: int) -> list[str]:
    return [option.value for option in side(facet, chosen, counts, room).options]


def test_without_a_choice_the_broadest_values_are_shown_those_without_hits_too() -> None:
    assert values(GROUPS) == ["kader", "eerstelijn"]


def test_a_choice_shows_itself_and_all_that_stands_below_it() -> None:
    assert values(GROUPS, ("eerstelijn",)) == ["eerstelijn", "onderwijs", "vmbo"]
    assert values(GROUPS, ("onderwijs", "kader")) == ["kader", "onderwijs", "vmbo"]


def test_a_retired_value_is_shown_only_where_documents_have_it_or_it_was_chosen() -> None:
    assert values(GROUPS, oud=1) == ["kader", "eerstelijn", "oud"]
    assert values(GROUPS, ("oud",)) == ["oud"]


def test_where_there_is_no_room_the_most_frequent_stay_in_their_order() -> None:
    facet = Facet("x", "X", {name: Option(name, name) for name in "abcd"})
    shown = side(facet, (), {"d": 5, "b": 9, "c": 1}, 2)
    assert [option.value for option in shown.options] == ["b", "d"]
    assert shown.left_out == 2
    by_count = Facet("x", "X", facet.options, by_count=True)
    assert values(by_count, (), 2, d=9, b=5) == ["d", "b"]


def test_years_are_those_with_hits_and_within_a_chosen_range() -> None:
    years = YearFacet("jaar", "Jaar")
    counts = {"2010": 1, "2008": 4, "2009": 2}
    assert [one.value for one in side(years, (), counts, 9).options] == ["2008", "2009", "2010"]
    assert [one.value for one in side(years, ("2009-",), counts, 9).options] == ["2009", "2010"]


def test_a_circle_of_broader_values_ends() -> None:
    circle = Facet("x", "X", {"a": Option("a", "A", "b"), "b": Option("b", "B", "a")})
    assert values(circle, ("c",)) == []


def test_only_a_value_with_active_values_below_it_can_be_divided() -> None:
    assert narrower(GROUPS, "eerstelijn")
    assert not narrower(GROUPS, "kader")
