"""Values of facets as they are read from an address, above all years and ranges of years."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.questions.facets import Reading, YearFacet
from tests.search.samples import FACETS

YEARS = YearFacet("jaar", "Jaar", first=1950, last=2100)


@pytest.mark.parametrize("raw", ["training", " training ", "TRAINING", "\tTraining\n"])
def test_a_value_is_read_in_any_case_and_with_spaces_around(raw: str) -> None:
    assert FACETS["vorm"].read(raw) == Reading("training")


@pytest.mark.parametrize("raw", ["", "onzin", "training,lunch", "' OR 1=1", "train\x00ing", "*"])
def test_a_value_that_is_none_is_unknown(raw: str) -> None:
    assert FACETS["vorm"].read(raw) == Reading(problem="unknown")


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("2009", "2009"),
        (" 2009 ", "2009"),
        ("2008-2010", "2008-2010"),
        ("2009-2009", "2009"),
        ("2008-", "2008-"),
        ("-2010", "-2010"),
        ("1950-2010", "-2010"),
        ("2008-2100", "2008-"),
        ("0001-2010", "-2010"),
        ("2008-9999", "2008-"),
        ("1950-2100", "1950-2100"),
        ("0000-9999", "1950-2100"),
        ("-1950", "1950"),
        ("2100-", "2100"),
    ],
)
def test_a_year_or_range_has_one_way_to_be_written(raw: str, value: str) -> None:
    assert YEARS.read(raw) == Reading(value)


@pytest.mark.parametrize(("raw", "value"), [("2012-2008", "2008-2012"), ("2099-1951", "1951-2099")])
def test_a_range_that_is_upside_down_is_turned_and_said(raw: str, value: str) -> None:
    assert YEARS.read(raw) == Reading(value, "upside-down")


@pytest.mark.parametrize(
    "raw",
    [
        *("", "-", "--", "abc", "20 09", "209", "20090", "2008-20", "2008–2010", "-2008-", "+2009"),
        *("2009.0", "1e3", "1949", "2101", "0000", "9999", "2008-2010-2012", "'"),
        "\uff12\uff10\uff10\uff19",
    ],
)
def test_what_is_no_year_is_unknown(raw: str) -> None:
    assert YEARS.read(raw) == Reading(problem="unknown")


@given(st.text(st.sampled_from("0129-٢ "), max_size=11) | st.text(max_size=12))
def test_reading_a_year_again_changes_nothing(raw: str) -> None:
    reading = YEARS.read(raw)
    if reading.value:
        assert YEARS.read(reading.value) == Reading(reading.value)
        first, last = YEARS.bounds(reading.value)
        assert 1950 <= first <= last <= 2100
        assert YEARS.indexed([reading.value]) == tuple(map(str, range(first, last + 1)))
    else:
        assert reading.problem == "unknown"


def test_ranges_that_overlap_stand_for_each_year_once() -> None:
    assert YEARS.indexed(["2008-2010", "2009", "2010-2011"]) == ("2008", "2009", "2010", "2011")


def test_a_value_without_a_name_shows_itself() -> None:
    assert FACETS["vorm"].option("verdwenen").label == "verdwenen"
