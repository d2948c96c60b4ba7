import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from practices.models.contents import Content, Outcome, combined, renewed
from practices.services.moderation.versions import fingerprint

OLD, NEW, OTHER = 12, 34, 1212


def row(goal: int | None, measure: str = "", reached: str = "") -> Content:
    return {"pk": None, "goal": goal, "measure": measure, "reached": reached}


def trainer(expertises: list[int], provider: int | None = None) -> Content:
    return {"pk": 1, "expertises": expertises, "provider": provider, "organisation": "Bureau"}


def test_what_has_not_the_term_stays_as_it_is() -> None:
    content = {"formats": [OTHER, NEW], "trainers": [trainer([OTHER])], "title": str(OLD)}
    assert renewed(content, {OLD: NEW}) is None


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ([OLD], [NEW]),
        ([OTHER, OLD], [OTHER, NEW]),
        ([OLD, NEW], [NEW]),
        ([NEW, OTHER, OLD], [NEW, OTHER]),
    ],
)
def test_a_field_has_the_new_term_once(before: list[int], after: list[int]) -> None:
    assert renewed({"themes": before, "title": "x"}, {OLD: NEW}) == {"themes": after, "title": "x"}


def test_trainers_follow_in_expertise_and_provider() -> None:
    content = {"trainers": [trainer([OLD, NEW], OLD), trainer([OTHER], OTHER)]}
    expected = {"trainers": [trainer([NEW], NEW), trainer([OTHER], OTHER)]}
    assert renewed(content, {OLD: NEW}) == expected


def test_a_goal_follows_in_its_place() -> None:
    content = {"goal_outcomes": [row(OTHER), row(OLD, "Gevraagd."), row(None)]}
    expected = {"goal_outcomes": [row(OTHER), row(NEW, "Gevraagd."), row(None)]}
    assert renewed(content, {OLD: NEW}) == expected


def test_two_outcomes_of_one_goal_become_one_that_loses_nothing() -> None:
    content = {"goal_outcomes": [row(OLD, "Gevraagd.", "ja"), row(NEW, "Geteld.", "nee")]}
    expected = {"goal_outcomes": [row(NEW, "Geteld.\n\nGevraagd.", "deels")]}
    assert renewed(content, {OLD: NEW}) == expected


@pytest.mark.parametrize(
    ("one", "other", "both"),
    [
        ("", "", ""),
        ("ja", "", "ja"),
        ("", "nee", "nee"),
        ("niet_gemeten", "", "niet_gemeten"),
        ("niet_gemeten", "ja", "ja"),
        ("ja", "ja", "ja"),
        ("ja", "nee", "deels"),
        ("deels", "ja", "deels"),
    ],
)
def test_a_result_counts_rather_than_none(one: str, other: str, both: str) -> None:
    assert combined(Outcome("", one), Outcome("", other)).reached == both


def test_the_same_text_stands_there_once() -> None:
    assert combined(Outcome("Geteld.", ""), Outcome("Geteld.", "")).measure == "Geteld."


numbers = st.integers(1, 5)


def goal_of(outcome: Any) -> int:
    goal: int = outcome["goal"]
    return goal


contents = st.fixed_dictionaries(
    {
        "title": st.sampled_from(["Een", "Twee"]),
        "themes": st.lists(numbers, unique=True),
        "trainers": st.lists(
            st.builds(trainer, st.lists(numbers, unique=True), st.none() | numbers), max_size=2
        ),
        "goal_outcomes": st.lists(
            st.builds(row, numbers, st.sampled_from(["", "Geteld."]), st.sampled_from(["", "ja"])),
            max_size=3,
            unique_by=goal_of,
        ),
    }
)


@given(content=contents, shuffled=st.randoms(use_true_random=False))
def test_versions_that_said_the_same_go_on_saying_the_same(
    content: Content, shuffled: random.Random
) -> None:
    same = {**content, "themes": shuffled.sample(content["themes"], len(content["themes"]))}
    assert fingerprint(same) == fingerprint(content)
    one, other = (renewed(each, {1: 2}) or each for each in (content, same))
    assert fingerprint(one) == fingerprint(other)
    assert 1 not in one["themes"]
    assert (2 in one["themes"]) == bool({1, 2} & set(content["themes"]))


@given(content=contents)
def test_renewing_twice_changes_no_more(content: Content) -> None:
    once = renewed(content, {1: 2})
    assert once is None or renewed(once, {1: 2}) is None
