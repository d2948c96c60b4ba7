"""A municipality is found by whatever it is called, however that is written."""

import pytest

from practices.indexes.municipality_names import MOST_NEAREST, Called, Names

PLACES = (
    Called("gouda", "Gouda", ("Gouda", "Gouda"), ()),
    Called(
        "den-haag",
        "'s-Gravenhage (Den Haag)",
        ("'s-Gravenhage", "'s-Gravenhage (Den Haag)"),
        ("Den Haag",),
    ),
    Called("sudwest-fryslan", "Súdwest-Fryslân", ("Súdwest-Fryslân",), ("Littenseradiel", "Sneek")),
    Called("bergen-l", "Bergen (L.)", ("Bergen (L.)",), ()),
    Called("bergen-nh", "Bergen (NH.)", ("Bergen (NH.)",), ("Schoorl",)),
    Called("bergen-op-zoom", "Bergen op Zoom", ("Bergen op Zoom",), ("Gouda",)),
    Called("goes", "Goes", ("Goes",), ()),
)
NAMES = Names(PLACES, {"littenseradiel": "sudwest-fryslan"})


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Gouda", "gouda"),
        ("  GOUDA ", "gouda"),
        ("gemeente Gouda", "gouda"),
        ("Den Haag", "den-haag"),
        ("den-haag", "den-haag"),
        ("'s-Gravenhage (Den Haag)", "den-haag"),
        ("’s Gravenhage", "den-haag"),
        ("sudwest fryslan", "sudwest-fryslan"),
        ("SÚDWEST-FRYSLÂN", "sudwest-fryslan"),
        ("Sneek", "sudwest-fryslan"),
        ("littenseradiel", "sudwest-fryslan"),
        ("Bergen NH", "bergen-nh"),
        ("bergen-l", "bergen-l"),
        ("bergenopzoom", "bergen-op-zoom"),
    ],
)
def test_marks_case_and_former_names_do_not_matter(name: str, slug: str) -> None:
    assert NAMES.meant(name) == (slug,)


def test_a_name_of_two_means_both() -> None:
    assert NAMES.meant("Bergen") == ("bergen-l", "bergen-nh")


@pytest.mark.parametrize("name", ["", " ", "-", "gemeente", "Goud", "\x00", "x" * 5_000, "🙂"])
def test_what_is_no_name_means_nothing(name: str) -> None:
    assert NAMES.meant(name) == ()


def test_what_begins_so_and_what_is_spelt_like_it_is_near() -> None:
    assert NAMES.nearest("Goud") == ("gouda",)
    assert NAMES.nearest("Gouwda") == ("gouda",)
    assert NAMES.nearest("Bergen o")[0] == "bergen-op-zoom"
    assert NAMES.nearest("go") == ("goes", "gouda")
    assert NAMES.nearest("") == NAMES.nearest("?!") == NAMES.nearest("qqqqqqqq") == ()
    assert len(Names([*PLACES, Called("b", "Bb", ("Bb",), ())], {}).nearest("b")) == MOST_NEAREST


def test_the_names_to_show_are_in_the_order_of_an_index() -> None:
    assert list(NAMES.shown) == [
        "bergen-l",
        "bergen-nh",
        "bergen-op-zoom",
        "goes",
        "gouda",
        "den-haag",
        "sudwest-fryslan",
    ]
