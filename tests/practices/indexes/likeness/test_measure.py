"""The measure and its sentences: what they promise for any two municipalities."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from practices.indexes.likeness.measure import FAR, WEIGHTS, Facts, Problem, Reason, likeness, share
from practices.indexes.likeness.ranking import MOST, THRESHOLD, Likeness
from practices.indexes.likeness.sentences import explain, reason_labels
from practices.models.municipalities import Province

RIGHT = Problem(1, "rechtsextremisme", "Rechtsextremisme")
LEFT = Problem(2, "linksextremisme", "Linksextremisme")
POLARISATION = Problem(5, "polarisatie", "Polarisatie")
PROBLEMS = (RIGHT, LEFT, POLARISATION)
CODES = [f"GM{number:04}" for number in range(6)]

GOUDA = Facts(
    "gouda", "GM0513", "Gouda", 74_095, 1, "PV28", frozenset({"GM1931"}), frozenset({RIGHT}), True
)
DELFT = replace(GOUDA, slug="delft", code="GM0503", name="Delft", inhabitants=71_000)

facts = st.builds(
    Facts,
    slug=st.sampled_from("abcdef"),
    code=st.sampled_from(CODES),
    name=st.sampled_from(["Gouda", "'s-Gravenhage", "Dijk & Waard"]),
    inhabitants=st.integers(1, 2_000_000),
    urbanity=st.none() | st.integers(1, 5),
    province=st.sampled_from(Province.values),
    neighbours=st.frozensets(st.sampled_from(CODES), max_size=3),
    problems=st.frozensets(st.sampled_from(PROBLEMS)),
    has_practices=st.booleans(),
)
without = st.frozensets(st.sampled_from(Reason))


@pytest.fixture(autouse=True)
def in_dutch() -> Iterator[None]:
    with translation.override("nl"):
        yield


@given(facts, facts, without)
def test_it_is_the_same_both_ways_and_between_nothing_and_everything(
    one: Facts, other: Facts, left_out: frozenset[Reason]
) -> None:
    found = likeness(one, other, left_out)
    assert found == likeness(other, one, left_out)
    assert 0 <= found <= 1


@given(facts)
def test_nothing_is_more_alike_than_the_same(one: Facts) -> None:
    twin = replace(one, code="GM9999", neighbours=frozenset({one.code}))
    assert likeness(one, twin) == 1


@given(facts, facts, without)
def test_what_is_not_known_of_either_weighs_nothing(
    one: Facts, other: Facts, left_out: frozenset[Reason]
) -> None:
    unknown = {
        Reason.URBANITY: replace(other, urbanity=None),
        Reason.PROBLEMS: replace(other, problems=frozenset()),
    }
    for reason, less in unknown.items():
        assert likeness(one, less, left_out) == likeness(one, other, left_out | {reason})
        assert likeness(less, one, left_out) == likeness(one, less, left_out)


@given(facts, facts, without)
def test_it_is_the_weighed_mean_of_what_is_known(
    one: Facts, other: Facts, left_out: frozenset[Reason]
) -> None:
    known = {
        reason: part
        for reason in Reason
        if reason not in left_out and (part := share(reason, one, other)) is not None
    }
    weights = sum(WEIGHTS[reason] for reason in known)
    expected = sum(WEIGHTS[reason] * part for reason, part in known.items())
    assert likeness(one, other, left_out) == pytest.approx(expected / weights if weights else 0)


def test_inhabitants_are_compared_by_their_ratio() -> None:
    small, large = replace(GOUDA, inhabitants=1_000), replace(GOUDA, inhabitants=2_000)
    other, twice = replace(GOUDA, inhabitants=100_000), replace(GOUDA, inhabitants=200_000)
    halfway = share(Reason.INHABITANTS, small, large)
    assert halfway == pytest.approx(share(Reason.INHABITANTS, other, twice)) == pytest.approx(0.5)
    far = replace(GOUDA, inhabitants=int(1_000 * FAR))
    assert share(Reason.INHABITANTS, small, far) == 0


def test_every_reason_has_a_weight_and_a_name() -> None:
    assert set(WEIGHTS) == set(reason_labels()) == set(Reason)
    assert min(WEIGHTS.values()) > 0


def true_sentences(one: Facts, other: Facts) -> set[str]:
    """What may be said, told another way than the code does."""
    numbers = [f"{number:,}".replace(",", ".") for number in (one.inhabitants, other.inhabitants)]
    said = {f"{numbers[0]} tegen {numbers[1]} inwoners"}
    words = ["", "zeer sterk", "sterk", "matig", "weinig", "niet"]
    if one.urbanity and one.urbanity == other.urbanity:
        said.add(f"beide {words[one.urbanity]} stedelijk")
    elif one.urbanity and other.urbanity:
        first, second = words[one.urbanity], words[other.urbanity]
        said.add(f"{first} stedelijk tegen {second} stedelijk")
    if one.province == other.province:
        said.add(f"beide in {Province(one.province).label}")
    if one.code in other.neighbours or other.code in one.neighbours:
        said.add("buurgemeenten")
    shared = [each.slug for each in PROBLEMS if each in one.problems and each in other.problems]
    if shared:
        said.add("beide " + " en ".join(", ".join(shared).rsplit(", ", 1)))
    return said


@given(facts, facts, without)
def test_every_sentence_is_true_and_every_reason_that_counts_has_one(
    one: Facts, other: Facts, left_out: frozenset[Reason]
) -> None:
    explanation = explain(one, other, left_out)
    assert set(explanation.reasons) <= true_sentences(one, other)
    parts = [share(reason, one, other) for reason in Reason if reason not in left_out]
    assert len(explanation.reasons) == sum(1 for part in parts if part)
    assert len(explanation.unknown) == sum(1 for part in parts if part is None)


def test_the_sentences_have_the_facts() -> None:
    both = frozenset({RIGHT, POLARISATION, LEFT})
    one = replace(GOUDA, problems=both, neighbours=frozenset({DELFT.code}))
    other = replace(DELFT, problems=frozenset({POLARISATION, RIGHT}))
    assert explain(one, other).text == (
        "74.095 tegen 71.000 inwoners; beide zeer sterk stedelijk; beide in Zuid-Holland;"
        " buurgemeenten; beide rechtsextremisme en polarisatie"
    )
    assert explain(one, replace(other, urbanity=2)).reasons[1] == (
        "zeer sterk stedelijk tegen sterk stedelijk"
    )
    assert explain(one, replace(other, inhabitants=900_000, urbanity=3)).reasons[0] == (
        "beide in Zuid-Holland"
    )


def test_what_is_not_known_is_said_of_whom_it_is_not_known() -> None:
    new = replace(DELFT, urbanity=None, problems=frozenset())
    assert explain(GOUDA, new).unknown_text == (
        "stedelijkheid van Delft; soort radicalisering in Delft"
    )
    nothing = replace(GOUDA, urbanity=None)
    assert explain(nothing, new).unknown[0] == "stedelijkheid van Gouda en Delft"
    assert explain(nothing, new, frozenset({Reason.URBANITY, Reason.PROBLEMS})).unknown == ()


everywhere = st.lists(facts, max_size=6, unique_by=(lambda one: one.slug, lambda one: one.code))


@given(everywhere, without)
def test_comparable_are_the_most_alike_that_share_practices(
    places: list[Facts], left_out: frozenset[Reason]
) -> None:
    known = {one.slug: one for one in places}
    compared = Likeness(lambda: known)
    for own in places:
        found = compared.comparable(own.slug, left_out)
        assert [one.facts for one in found] == sorted(
            (
                one
                for one in places
                if one != own and one.has_practices and likeness(own, one, left_out) >= THRESHOLD
            ),
            key=lambda one: (-likeness(own, one, left_out), one.slug),
        )


def test_no_more_than_the_most_alike_are_comparable() -> None:
    places = {
        f"p{number:02}": replace(GOUDA, slug=f"p{number:02}", code=f"GM{number:04}",
                                 inhabitants=74_000 + number)
        for number in range(MOST + 5)
    }  # fmt: skip
    found = Likeness(lambda: places).comparable("p00")
    assert [one.facts.slug for one in found] == [f"p{number:02}" for number in range(1, MOST + 1)]
    assert Likeness(lambda: places).comparable("nergens") == ()


def test_the_facts_are_read_when_they_are_asked_and_rows_are_kept_while_these_stay() -> None:
    reads: list[str] = []

    def read(name: str, **new: object) -> dict[str, Facts]:
        reads.append(name)
        return {"gouda": replace(GOUDA), "delft": replace(DELFT, **new)}  # type: ignore[arg-type]

    first = Likeness(lambda: read("first"))
    row = first.ranked("gouda")
    unasked = Likeness(lambda: read("unasked"), first)
    same = Likeness(lambda: read("same"), unasked)
    assert same.ranked("gouda") is row
    other = Likeness(lambda: read("other", inhabitants=150_000), same)
    assert other.ranked("gouda") != row
    assert reads == ["first", "same", "other"]
