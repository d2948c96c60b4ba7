"""Random merges on fictional practices, beside a merge in plain Python."""

import random
from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import transaction
from django.test import Client
from wagtail.models import Revision

from practices.indexes import registers
from practices.indexes.practices import PRACTICES
from practices.models import PracticePage, Term, Vocabulary
from practices.services.vocabularies import merging
from practices.services.vocabularies.selectors import problem_of, with_counts
from search.indexing.rebuild import rebuild
from tests import indexes
from tests.practices.searchable import Fact, facts, fill

COUNT, MERGES, WITH_VERSIONS = 40, 4, 20
State = dict[int, dict[str, frozenset[str]]]
VOCABULARIES = [vocabulary.value for vocabulary in Vocabulary]


@pytest.fixture(scope="module")
def filled(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[list[Fact]]:
    """Fictional practices in an index, some with versions, for all tests of this module."""
    folder = tmp_path_factory.mktemp("merges")
    with django_db_blocker.unblock(), transaction.atomic(), indexes.index_in(folder):
        known = fill(COUNT)
        for page in PracticePage.objects.order_by("pk")[:WITH_VERSIONS]:
            page.save_revision()
        yield known
        transaction.set_rollback(True)


def state(known: Iterator[Fact] | list[Fact]) -> State:
    """By practice and facet: its values, broader terms included."""
    return {fact.id: {name: fact.values[name] for name in VOCABULARIES} for fact in known}


def merged(before: State, old: Term, new: Term, parents: dict[str, str]) -> State:
    """The oracle: the old value out, the new one in, and what stands above the new one."""

    def values(name: str, had: frozenset[str]) -> frozenset[str]:
        if name != old.vocabulary or old.slug not in had:
            return had
        return had - {old.slug} | {new.slug} | {parents[new.slug]} - {""}

    return {
        key: {name: values(name, had) for name, had in facets.items()}
        for key, facets in before.items()
    }


def without_lonely_parents(found: State, vocabulary: str) -> State:
    """Leave broader terms out, which depend on what else a practice has."""
    above = {
        term.parent.slug
        for term in Term.objects.filter(vocabulary=vocabulary, parent__vocabulary=vocabulary)
        if term.parent
    }
    return {
        key: {name: had - above if name == vocabulary else had for name, had in facets.items()}
        for key, facets in found.items()
    }


def random_pair(rng: random.Random) -> tuple[Term, Term]:
    while True:
        old, new = rng.sample(list(Term.objects.order_by("pk")), 2)
        if not problem_of(old, new):
            return old, new


def found(client: Client, **parameters: Any) -> set[int]:
    ids: set[int] = set()
    page = 1
    while True:
        answer = client.get("/praktijken.json", {**parameters, "pagina": page}, follow=True).json()
        ids.update(one["id"] for one in answer["results"])
        if page >= answer["pages"]:
            return ids
        page += 1


@pytest.mark.parametrize("seed", [0, pytest.param(1, marks=pytest.mark.soak)])
def test_after_random_merges_everything_is_as_an_oracle_says(
    filled: list[Fact], db: None, client: Client, seed: int
) -> None:
    rng = random.Random(seed)
    editor = User.objects.create_user(f"redactie-{seed}")
    # Another test left its index, but not its rows.
    rebuild(PRACTICES)
    expected = state(facts())
    for _number in range(MERGES):
        old, new = random_pair(rng)
        parents = _parents(old.vocabulary)
        address = {old.vocabulary: old.slug}
        union = found(client, **{old.vocabulary: [old.slug, new.slug]})
        merging.merge(term=old.pk, into=new.pk, user=editor)
        expected = merged(expected, old, new, parents)
        now = state(facts())
        assert without_lonely_parents(now, old.vocabulary) == without_lonely_parents(
            expected, old.vocabulary
        )
        expected = now
        rebuild(PRACTICES)
        assert found(client, **{new.vocabulary: new.slug}) == union
        assert client.get("/praktijken/", address).status_code == 301
        assert found(client, **address) == union
    _check_versions()
    _check_counts(expected)


def _parents(vocabulary: str) -> dict[str, str]:
    return {
        term.slug: term.parent.slug
        if term.parent and term.parent.vocabulary == term.vocabulary
        else ""
        for term in Term.objects.filter(vocabulary=vocabulary).select_related("parent")
    }


def _check_versions() -> None:
    """Every version says what its practice says, which nobody edited."""
    terms = registers.current().terms
    assert Revision.objects.count() == WITH_VERSIONS
    for revision in Revision.objects.all():
        page = PracticePage.objects.get(pk=revision.object_id)
        content, now = revision.content, page.serializable_data()
        for name in ("formats", "themes", "target_groups", "deliveries", "policy_fields"):
            assert sorted(content[name]) == sorted(now[name])
            assert set(content[name]) <= terms.keys()
        assert _outcomes(content) == _outcomes(now)
        for one, other in zip(content["trainers"], now["trainers"], strict=True):
            assert (sorted(one["expertises"]), one["provider"]) == (
                sorted(other["expertises"]),
                other["provider"],
            )


def _outcomes(content: dict[str, Any]) -> dict[int, tuple[str, str]]:
    rows = content["goal_outcomes"]
    found = {row["goal"]: (row["measure"], row["reached"]) for row in rows}
    assert len(found) == len(rows)
    return found


def _check_counts(expected: State) -> None:
    for term in with_counts(Term.objects.filter(vocabulary=Vocabulary.FORMAT)):
        having = sum(term.slug in facets["vorm"] for facets in expected.values())
        assert term.number == having  # type: ignore[attr-defined]
