"""Writing to an index: puts, removals, versions, builds, and what readers see of them."""

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from search.engines import engine_for
from search.engines.base import Engine, EngineError, IndexMissingError, Request
from search.questions.parsing import parse_text
from tests.contracts.conftest import Make, new_index
from tests.contracts.corpus import document


def ids(engine: Engine, text: str = "", **filters: tuple[str, ...]) -> set[int]:
    answer = engine.search(Request(parse_text(text), filters, limit=1000))
    assert answer.total == len(answer.ids) == engine.total(Request(parse_text(text), filters))
    return set(answer.ids)


def build(engine: Engine, *keys: int) -> None:
    with engine.build() as builder:
        builder.apply([document(key, f"gebouwd {key}", vorm="training") for key in keys], ())
        builder.swap()


def test_without_an_index_every_question_says_that_it_is_missing(search_url: str) -> None:
    engine = engine_for(new_index())
    for question in (
        lambda: engine.search(Request()),
        lambda: engine.total(Request()),
        lambda: engine.words_like("training"),
        engine.versions,
        engine.status,
    ):
        with pytest.raises(IndexMissingError, match="no index"):
            question()
    assert issubclass(IndexMissingError, EngineError)


def test_an_empty_index_answers_everything_with_nothing(make: Make) -> None:
    engine = make([])
    answer = engine.search(Request(parse_text("training"), {"vorm": ("training",)}))
    assert (answer.total, answer.ids, dict(answer.passages)) == (0, (), {})
    assert not any(answer.counts.values())
    assert engine.total(Request()) == 0
    assert list(engine.words_like("training")) == []
    assert dict(engine.versions()) == {}
    assert engine.status().documents == 0


def test_a_document_is_found_as_soon_as_it_is_applied(make: Make) -> None:
    engine = make([])
    engine.apply([document(1, "training", vorm="training")], ())
    assert ids(engine, "training") == ids(engine, vorm=("training",)) == {1}


def test_a_document_that_is_applied_again_is_replaced_and_there_once(make: Make) -> None:
    engine = make([document(1, "oud", vorm="training", version=1), document(2, "oud")])
    engine.apply([document(1, "nieuw", vorm="expertmeeting", version=2)], ())
    assert (ids(engine, "oud"), ids(engine, "nieuw"), ids(engine)) == ({2}, {1}, {1, 2})
    answer = engine.search(Request())
    assert answer.counts["vorm"] == {"expertmeeting": 1}
    assert engine.status().documents == 2


def test_a_removed_document_is_nowhere_any_more(make: Make) -> None:
    engine = make([document(1, "training", vorm="training"), document(2, "wijkoverleg")])
    engine.search(Request())
    engine.apply((), [(1, 1)])
    assert ids(engine) == {2}
    assert ids(engine, "training") == ids(engine, vorm=("training",)) == set()
    assert not engine.search(Request()).counts.get("vorm")
    assert set(engine.versions()) == {2}
    assert engine.status().documents == 1
    assert "training" not in dict(engine.words_like("traning"))


def test_removing_what_is_not_there_is_nothing(make: Make) -> None:
    engine = make([document(1, "training")])
    engine.apply((), [(7, 3)])
    engine.apply((), ())
    assert ids(engine) == {1}


def test_a_removed_document_can_come_back(make: Make) -> None:
    engine = make([document(1, "training", version=1)])
    engine.apply((), [(1, 2)])
    engine.apply([document(1, "terug", version=3)], ())
    assert (ids(engine), ids(engine, "terug"), ids(engine, "training")) == ({1}, {1}, set())
    assert dict(engine.versions()) == {1: 3}


def test_puts_and_removals_are_applied_together(make: Make) -> None:
    engine = make([document(1, "een"), document(2, "twee")])
    engine.apply([document(3, "drie"), document(2, "tweede", version=1)], [(1, 1)])
    assert (ids(engine), ids(engine, "tweede")) == ({2, 3}, {2})


def test_an_older_version_never_replaces_a_newer(make: Make) -> None:
    engine = make([])
    engine.apply([document(1, "nieuw", version=5)], [(2, 5)])
    engine.apply([document(1, "oud", version=4), document(2, "oud", version=4)], ())
    engine.apply((), [(1, 3)])
    assert (ids(engine), ids(engine, "nieuw")) == ({1}, {1})
    assert dict(engine.versions()) == {1: 5}


def test_the_same_version_may_be_applied_again(make: Make) -> None:
    engine = make([])
    for _time in range(2):
        engine.apply([document(1, "zelfde", version=5)], [(2, 5)])
        assert (ids(engine), dict(engine.versions())) == ({1}, {1: 5})


def test_versions_are_those_of_the_documents(make: Make) -> None:
    engine = make([document(1, "een", version=3), document(2, "twee")])
    assert dict(engine.versions()) == {1: 3, 2: 0}


def test_applying_to_no_index_makes_none_that_would_be_taken_for_whole(search_url: str) -> None:
    engine = engine_for(new_index())
    for puts, removals in (([document(1, "training")], ()), ((), [(1, 1)])):
        with pytest.raises(IndexMissingError, match="no index"):
            engine.apply(puts, removals)
    with pytest.raises(IndexMissingError):
        engine.status()
    build(engine, 1)
    engine.apply([document(2, "training")], ())
    assert ids(engine) == {1, 2}


def test_a_build_takes_the_place_of_the_old_index_as_a_whole(make: Make) -> None:
    engine = make([document(1, "oud", vorm="training"), document(2, "oud")])
    with engine.build() as builder:
        builder.apply([document(2, "nieuw"), document(3, "nieuw")], ())
        assert ids(engine) == {1, 2}
        builder.apply([document(4, "later")], [(3, 1)])
        assert ids(engine) == {1, 2}
        builder.swap()
        assert ids(engine) == {2, 4}
    assert (ids(engine), ids(engine, "oud"), ids(engine, "later")) == ({2, 4}, set(), {4})
    assert not engine.search(Request()).counts.get("vorm")


def test_after_a_build_changes_are_applied_to_the_new_index(make: Make) -> None:
    engine = make([document(1, "oud")])
    build(engine, 1)
    engine.apply([document(2, "erbij")], [(1, 1)])
    assert ids(engine) == {2}


def test_changes_while_a_build_runs_reach_the_index_that_serves(make: Make) -> None:
    engine = make([document(1, "oud")])
    with engine.build():
        engine.apply([document(2, "erbij")], ())
        assert ids(engine) == {1, 2}
    assert ids(engine) == {1, 2}


def test_a_build_that_is_not_swapped_in_leaves_the_old_index(make: Make) -> None:
    engine = make([document(1, "oud")])
    with engine.build() as builder:
        builder.apply([document(2, "nieuw")], ())
    assert ids(engine) == {1}


def test_a_build_that_fails_leaves_the_old_index_and_the_next_one_works(make: Make) -> None:
    engine = make([document(1, "oud")])
    with pytest.raises(ZeroDivisionError):
        build(engine, 2, 1 // 0 if ids(engine) else 3)
    with pytest.raises(AttributeError), engine.build() as builder:
        builder.apply([document(2, "half"), None], ())  # type: ignore[list-item]
    assert ids(engine) == {1}
    build(engine, 3)
    assert ids(engine) == {3}


def test_builds_one_after_another_leave_one_index(make: Make) -> None:
    engine = make([])
    sizes = []
    for _time in range(4):
        build(engine, *range(1, 30))
        sizes.append(engine.status().bytes_on_disk)
    assert max(sizes) < 2 * min(sizes)
    assert ids(engine) == set(range(1, 30))


def test_the_status_tells_engine_documents_size_and_schema(make: Make) -> None:
    engine = make([document(1, "een"), document(2, "twee")])
    status = engine.status()
    assert (status.engine, status.documents) == (engine.name, 2)
    assert status.bytes_on_disk > 0
    assert status.schema == engine.schema_version()


def test_another_schema_of_the_index_is_another_version() -> None:
    from tests.contracts.corpus import Source

    versions = {
        engine_for(Source.of([]).index("schema", schema=schema)).schema_version()
        for schema in ("1", "2")
    }
    assert len(versions) == 2


def test_ids_may_be_large(make: Make) -> None:
    large = 2**40 + 1 if make([]).name != "tantivy" else 2**32 - 1
    engine = make([document(large, "training", gemeente="")])
    assert ids(engine, "training") == {large}


def test_facet_values_with_odd_signs_are_counted(make: Make) -> None:
    engine = make([document(1, "een", vorm="a:b c/d-e é 100%")])
    values = {"a:b", "c/d-e", "é", "100%"}
    assert engine.search(Request()).counts["vorm"] == dict.fromkeys(values, 1)
    assert engine.search(Request(parse_text("een"))).counts["vorm"] == dict.fromkeys(values, 1)
    for value in values:
        assert ids(engine, "een", vorm=(value,)) == {1}


def test_many_documents_are_counted_exactly_with_and_without_text(make: Make) -> None:
    engine = make(
        document(key, "training" if key % 2 else "overleg", vorm=f"v{key % 3}", version=1)
        for key in range(1, 3001)
    )
    engine.apply([document(3, "overleg", vorm="v1", version=2)], [(1, 2), (2, 2)])
    answer = engine.search(Request(parse_text("training"), {"vorm": ("v0",)}))
    assert answer.total == 499
    assert answer.counts["vorm"] == {"v0": 499, "v1": 499, "v2": 500}
    assert engine.search(Request()).counts["vorm"] == {"v0": 999, "v1": 1000, "v2": 999}


KEYS = st.integers(1, 6)
WORDS = st.sampled_from(["training", "wijkoverleg", "moskee"])


@pytest.fixture
def machine(make: Make) -> type[RuleBasedStateMachine]:
    """Any changes in any order, beside a dictionary that says what they come to."""

    class Follower(RuleBasedStateMachine):
        def __init__(self) -> None:
            super().__init__()
            self.engine = make([])
            self.versions: dict[int, int] = {}
            self.words: dict[int, str] = {}

        @rule(key=KEYS, word=WORDS, version=st.integers(1, 5))
        def put(self, key: int, word: str, version: int) -> None:
            self.engine.apply([document(key, word, vorm=word, version=version)], ())
            if version >= self.versions.get(key, 0):
                self.versions[key], self.words[key] = version, word

        @rule(key=KEYS, version=st.integers(1, 5))
        def remove(self, key: int, version: int) -> None:
            self.engine.apply((), [(key, version)])
            if version >= self.versions.get(key, 0):
                self.versions[key] = version
                self.words.pop(key, None)

        @rule()
        def rebuild(self) -> None:
            with self.engine.build() as builder:
                builder.apply(
                    [
                        document(key, word, vorm=word, version=self.versions[key])
                        for key, word in self.words.items()
                    ],
                    (),
                )
                builder.swap()
            self.versions = {key: self.versions[key] for key in self.words}

        @invariant()
        def the_index_is_what_the_changes_come_to(self) -> None:
            assert ids(self.engine) == set(self.words)
            assert dict(self.engine.versions()) == {key: self.versions[key] for key in self.words}
            counts = self.engine.search(Request()).counts.get("vorm", {})
            assert counts == {
                word: list(self.words.values()).count(word) for word in self.words.values()
            }
            for word in ("training", "wijkoverleg", "moskee"):
                expected = {key for key, one in self.words.items() if one == word}
                assert ids(self.engine, word) == expected

    return Follower


def test_any_changes_in_any_order_come_to_the_newest_version_of_each(
    machine: type[RuleBasedStateMachine], search_url: str
) -> None:
    case = machine.TestCase
    examples = 15 if search_url == "tantivy" else 5  # a cluster takes its time to make an index
    case.settings = settings(max_examples=examples, stateful_step_count=8, deadline=None)
    case("runTest").runTest()
