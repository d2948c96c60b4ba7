"""The generator of fictional practices, without a database."""

import re
from collections import Counter
from functools import cache

from hypothesis import given
from hypothesis import strategies as st

from cms.synthetic.generate import MARK, SyntheticPractice, generate
from cms.synthetic.world import Choice, Place, Vocabulary, World
from practices.models.practices import FIRST_YEAR, LAST_YEAR, PracticePage, PracticeStatus
from practices.models.terms import Vocabulary as Vocabularies
from practices.services.reference.files import read_municipalities, read_terms

SEEDS = st.integers(min_value=0, max_value=2**31)
NUMBERS = st.integers(min_value=0, max_value=200_000)


@cache
def world() -> World:
    rows = list(read_terms())
    return World(
        vocabularies={
            name: Vocabulary(
                Choice(row.slug, row.label, row.parent) for row in rows if row.vocabulary == name
            )
            for name in Vocabularies.values
        },
        places=tuple(
            Place(row.code, row.name, row.inhabitants, row.neighbours)
            for row in read_municipalities()
        ),
    )


def one(seed: int, number: int) -> SyntheticPractice:
    return next(generate(world(), seed=seed, count=1, start=number))


@cache
def many(count: int = 3_500) -> tuple[SyntheticPractice, ...]:
    return tuple(generate(world(), seed=7, count=count))


@given(seed=SEEDS, start=st.integers(0, 1000), count=st.integers(0, 5))
def test_the_same_seed_and_number_give_the_same_practice(seed: int, start: int, count: int) -> None:
    all_at_once = list(generate(world(), seed=seed, start=start, count=count + 3))
    in_two_parts = [
        *generate(world(), seed=seed, start=start, count=count),
        *generate(world(), seed=seed, start=start + count, count=3),
    ]
    assert all_at_once == in_two_parts


def test_another_seed_gives_other_practices() -> None:
    assert one(1, 5).fields != one(2, 5).fields


@given(seed=SEEDS, number=NUMBERS)
def test_what_the_database_demands_holds(seed: int, number: int) -> None:
    fields = one(seed, number).fields
    start, end = fields["start_year"], fields["end_year"]
    assert start is None or FIRST_YEAR <= start <= LAST_YEAR
    assert end is None or start <= end
    assert not (end and fields["is_running"])
    for name in ("duration", "meetings", "group_size", "participants_reached"):
        assert fields.get(name) is None or fields[name] > 0
    assert fields["status"] in {"", *PracticeStatus.values}


@given(seed=SEEDS, number=NUMBERS)
def test_texts_are_marked_and_fit(seed: int, number: int) -> None:
    practice = one(seed, number)
    for name in ("title", "summary"):
        limit = PracticePage._meta.get_field(name).max_length
        assert practice.fields[name].startswith(MARK)
        assert limit is not None
        assert len(practice.fields[name]) <= limit
    assert all("(fictief)" in one.organisation for one in practice.trainers if one.organisation)
    assert practice.fields["contact_email"].endswith("@example.org")
    assert not re.search(r"[{}]", " ".join(map(str, practice.fields.values())))


@given(seed=SEEDS, number=NUMBERS)
def test_a_term_is_chosen_once_and_from_its_vocabulary(seed: int, number: int) -> None:
    practice = one(seed, number)
    goals = [slug for slug, _, _ in practice.goals]
    assert len(goals) == len(set(goals))
    assert set(goals) <= world().vocabularies["leerdoel"].by_slug.keys()
    for slugs in practice.terms.values():
        assert len(slugs) == len(set(slugs))
    for trainer in practice.trainers:
        assert trainer.expertises
        assert set(trainer.expertises) <= world().vocabularies["expertise"].by_slug.keys()


@given(seed=SEEDS, number=NUMBERS)
def test_a_goal_counts_as_reached_only_if_it_was_measured(seed: int, number: int) -> None:
    for _, measure, reached in one(seed, number).goals:
        assert bool(measure) == (reached in {"ja", "deels", "nee"})


def test_all_municipalities_have_practices_and_large_ones_most() -> None:
    places = Counter(practice.place for practice in many())
    assert len(places) == len(world().places)
    cities = {place.code for place in sorted(world().places, key=lambda one: -one.inhabitants)[:4]}
    assert cities == {code for code, _ in places.most_common(4)}
    assert places.most_common(1)[0][1] > 20 * min(places.values())


def test_all_terms_are_used_and_some_far_more() -> None:
    for field, vocabulary in (("target_groups", "doelgroep"), ("themes", "thema")):
        used = Counter(slug for practice in many() for slug in practice.terms[field])
        assert used.keys() == world().vocabularies[vocabulary].by_slug.keys()
        assert used.most_common(1)[0][1] > 4 * min(used.values())


def test_years_run_from_2004_to_2026() -> None:
    years = {practice.fields["start_year"] for practice in many()} - {None}
    assert years == set(range(2004, 2027))


def test_parts_are_absent_and_numerous() -> None:
    for part in ("trainers", "lessons", "goals"):
        numbers = {len(getattr(practice, part)) for practice in many()}
        assert {0, 1, 2, 3} <= numbers


def test_trainings_are_longer_and_smaller_than_meetings() -> None:
    training = [one for one in many() if one.terms["formats"][0] == "training"]
    meeting = [one for one in many() if one.terms["formats"][0] == "informatiebijeenkomst"]
    assert {one.fields.get("duration_unit") for one in training} == {"dagdeel", None}
    assert max(one.fields["group_size"] or 0 for one in training) <= 16
    assert max(one.fields["group_size"] or 0 for one in meeting) > 100


def test_the_vocabulary_is_large_and_follows_zipf() -> None:
    words = Counter(
        word
        for practice in many()
        for text in (practice.fields["approach"], *(lesson for _, lesson in practice.lessons))
        for word in re.findall(r"[^\W\d_]+", re.sub(r"<[^>]+>", " ", text).lower())
    )
    assert len(words) > 2_000
    tenth, thousandth = (words.most_common(1_000)[rank - 1][1] for rank in (10, 1_000))
    assert tenth > 50 * thousandth
