"""What only Elasticsearch must keep to: its mapping, its builds beside others, what it refuses."""

import time
from collections.abc import Iterator, Mapping
from itertools import count
from typing import Any

import pytest
from elasticsearch import BadRequestError, Elasticsearch

from search.engines import engine_for
from search.engines.base import EngineError, RejectedError, Request
from search.engines.elasticsearch import build, bulk, requests
from search.engines.elasticsearch.cluster import Cluster
from search.engines.elasticsearch.engine import ElasticsearchEngine
from search.engines.elasticsearch.generations import building
from search.engines.elasticsearch.lease import lease
from search.engines.elasticsearch.url import client_of
from search.questions.parsing import parse_text
from search.questions.query import MAX_DEPTH
from tests.contracts.conftest import Make, new_index
from tests.contracts.corpus import document

pytestmark = pytest.mark.parametrize("search_url", ["elasticsearch"], indirect=True)


@pytest.fixture
def engine(make: Make) -> ElasticsearchEngine:
    engine = make([document(1, "training", vorm="training", version=1)])
    assert isinstance(engine, ElasticsearchEngine)
    return engine


@pytest.fixture
def client(engine: ElasticsearchEngine) -> Elasticsearch:
    return client_of(engine.cluster.servers)


def ids(engine: ElasticsearchEngine, text: str = "") -> set[int]:
    return set(engine.search(Request(parse_text(text), limit=1000)).ids)


def indexes(client: Elasticsearch, engine: ElasticsearchEngine) -> Mapping[str, Any]:
    return client.indices.get(index=f"{engine.alias}-*").body


# The index


def test_a_field_that_the_mapping_does_not_know_is_refused(
    engine: ElasticsearchEngine, client: Elasticsearch
) -> None:
    with pytest.raises(BadRequestError, match="strict_dynamic_mapping_exception"):
        client.index(index=engine.alias, id="2", document={"id": 2, "onbekend": "veld"})


def test_only_passages_are_stored_as_they_came(
    engine: ElasticsearchEngine, client: Elasticsearch
) -> None:
    [hit] = client.search(index=engine.alias)["hits"]["hits"]
    assert set(hit["_source"]) == {"passages"}


def test_an_index_has_one_shard_and_a_copy_where_there_is_a_second_server(
    engine: ElasticsearchEngine, client: Elasticsearch
) -> None:
    [facts] = indexes(client, engine).values()
    settings = facts["settings"]["index"]
    assert (settings["number_of_shards"], settings["auto_expand_replicas"]) == ("1", "0-1")
    assert facts["mappings"]["_meta"]["schema"] == engine.schema_version()
    assert client.cluster.health(index=engine.alias)["status"] == "green"


def test_an_index_of_another_version_of_the_code_goes_on_and_takes_no_changes_that_do_not_fit(
    engine: ElasticsearchEngine,
) -> None:
    newer = type(engine.index)(
        engine.index.name,
        {**engine.index.weights, "lessons": 1.0},
        (*engine.index.facets, "thema"),
        engine.index.orders,
        engine.index.load,
        engine.index.ids,
        "2",
    )
    code = engine_for(newer)
    assert isinstance(code, ElasticsearchEngine)
    assert code.status().schema == engine.schema_version() != code.schema_version()
    assert ids(code, "training") == {1}
    assert code.search(Request()).counts["vorm"] == {"training": 1}
    with pytest.raises(EngineError, match="takes no changes") as caught:
        code.apply([document(2, "nieuw", version=1)], ())
    assert not isinstance(caught.value, RejectedError)
    code.apply((), [(1, 2)])
    assert ids(code) == set()


# Refusals


def test_a_document_that_cannot_be_stored_is_refused_by_itself(engine: ElasticsearchEngine) -> None:
    too_long = document(3, "fout", gemeente="", vorm="x" * 40_000, version=1)
    with pytest.raises(RejectedError) as caught:
        engine.apply([document(2, "goed", version=1), too_long], [(1, 2)])
    assert list(caught.value.reasons) == [3]
    assert "failed to parse field" in caught.value.reasons[3]
    assert ids(engine) == {2}


def test_an_index_that_may_not_be_written_is_no_fault_of_a_document(
    engine: ElasticsearchEngine, client: Elasticsearch
) -> None:
    for block in ("read_only", "read_only_allow_delete", "write"):
        client.indices.put_settings(index=engine.alias, settings={f"index.blocks.{block}": True})
        with pytest.raises(EngineError, match="takes no changes") as caught:
            engine.apply([document(2, "later", version=1)], ())
        assert not isinstance(caught.value, RejectedError)
        assert ids(engine) == {1}
        client.indices.put_settings(index=engine.alias, settings={f"index.blocks.{block}": False})
    engine.apply([document(2, "later", version=1)], ())
    assert ids(engine) == {1, 2}


def test_changes_are_sent_in_chunks_of_a_number_and_of_a_size(
    engine: ElasticsearchEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, most in (("MOST_CHANGES", 2), ("MOST_BYTES", 1)):
        with monkeypatch.context() as patch:
            patch.setattr(bulk, name, most)
            engine.apply([document(key, name.lower(), version=9) for key in range(1, 8)], [(8, 1)])
        assert ids(engine, name.lower()) == set(range(1, 8))


# Depth and sizes


def test_no_page_reaches_beyond_the_depth_that_is_sorted(engine: ElasticsearchEngine) -> None:
    for offset, limit in ((MAX_DEPTH - 1, 20), (MAX_DEPTH, 20), (10**9, 10**9), (0, 10**9)):
        answer = engine.search(Request(offset=offset, limit=limit))
        assert (answer.total, answer.counts["vorm"]) == (1, {"training": 1})


def test_more_versions_than_a_page_holds_are_all_read(
    engine: ElasticsearchEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine.apply([document(key, "een", version=key) for key in range(2, 12)], [(5, 9)])
    monkeypatch.setattr("search.engines.elasticsearch.engine.MAX_DEPTH", 3)
    assert dict(engine.versions()) == {key: key for key in range(1, 12) if key != 5}


def test_more_facet_values_than_are_asked_for_are_an_error_and_no_wrong_count(
    engine: ElasticsearchEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(requests, "MOST_VALUES", 1)
    with pytest.raises(EngineError, match="more values"):
        engine.search(Request())


# Builds


def test_what_is_written_while_an_index_is_built_is_in_it_too(engine: ElasticsearchEngine) -> None:
    with engine.build() as builder:
        engine.apply([document(2, "later", version=5), document(3, "later", version=5)], [(1, 5)])
        assert ids(engine) == {2, 3}
        # What the builder read before that comes too late, and revives nothing.
        builder.apply([document(1, "oud", version=1), document(2, "oud", version=4)], ())
        builder.swap()
    assert (ids(engine), ids(engine, "later"), ids(engine, "oud")) == ({2, 3}, {2, 3}, set())
    assert dict(engine.versions()) == {2: 5, 3: 5}


def test_a_writer_that_did_not_see_a_swap_coming_writes_to_the_new_index(
    engine: ElasticsearchEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    kind = type(engine.generations)
    looked_up = kind.built

    def build_meanwhile(self: Any) -> list[str]:
        found = looked_up(self)
        monkeypatch.setattr(kind, "built", looked_up)
        with engine.build() as builder:
            builder.apply([document(1, "nieuw", version=1)], ())
            builder.swap()
        return found

    monkeypatch.setattr(kind, "built", build_meanwhile)
    engine.apply([document(2, "later", version=1)], ())
    assert ids(engine) == {1, 2}


@pytest.fixture
def left_over(engine: ElasticsearchEngine, client: Elasticsearch) -> Iterator[str]:
    """An index that a build on another machine began."""
    name = engine.generations.new_name()
    meta = {"schema": "x", "build": {**lease(time.time()), "by": ["another machine", 1, "0"]}}
    client.indices.create(index=name, aliases={building(name): {}}, mappings={"_meta": meta})
    yield name
    client.indices.delete(index=name, ignore_unavailable=True)


def test_what_another_build_is_filling_stays(
    engine: ElasticsearchEngine, client: Elasticsearch, left_over: str
) -> None:
    with engine.build():
        assert left_over in indexes(client, engine)


def test_what_a_build_left_whose_lease_is_over_goes_with_the_next(
    engine: ElasticsearchEngine, client: Elasticsearch, left_over: str
) -> None:
    meta = {"schema": "x", "build": {**lease(time.time()), "until": time.time() - 1}}
    client.indices.put_mapping(index=left_over, meta=meta)
    with engine.build():
        assert left_over not in indexes(client, engine)


def test_what_a_build_of_another_version_of_the_code_left_holds_up_no_change(
    engine: ElasticsearchEngine, client: Elasticsearch, left_over: str
) -> None:
    client.indices.put_mapping(index=left_over, dynamic="strict")
    with pytest.raises(EngineError, match="being built takes no changes"):
        engine.apply([document(2, "later", version=1)], ())
    meta = {"schema": "x", "build": {**lease(time.time()), "until": time.time() - 1}}
    client.indices.put_mapping(index=left_over, meta=meta)
    engine.apply([document(2, "later", version=1)], ())
    assert ids(engine) == {1, 2}
    assert left_over not in indexes(client, engine)


def test_what_is_refused_is_told_once_and_all_else_is_in_every_index(
    engine: ElasticsearchEngine,
) -> None:
    with engine.build() as builder:
        too_long = document(3, "fout", vorm="x" * 40_000, version=1)
        with pytest.raises(RejectedError) as caught:
            engine.apply([too_long, document(2, "goed", version=1)], ())
        assert list(caught.value.reasons) == [3]
        assert ids(engine) == {1, 2}
        builder.swap()
    assert ids(engine) == {2}


def test_a_build_that_goes_on_renews_its_lease(
    engine: ElasticsearchEngine, client: Elasticsearch, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(build, "LEASE", 0)
    moments = count(time.time())
    monkeypatch.setattr(Cluster, "time", lambda *_args: next(moments))

    def until() -> float:
        return max(
            facts["mappings"]["_meta"]["build"]["until"]
            for facts in indexes(client, engine).values()
        )

    with engine.build() as builder:
        before = until()
        builder.apply([document(1, "een")], ())
        assert until() > before


def test_an_index_whose_name_only_begins_alike_is_left_alone(
    engine: ElasticsearchEngine, client: Elasticsearch
) -> None:
    index = new_index()
    neighbour = engine_for(type(index)(
        f"{engine.index.name}-2", index.weights, index.facets, index.orders, index.load, index.ids
    ))  # fmt: skip
    with neighbour.build() as builder:
        builder.apply([document(7, "buur")], ())
        builder.swap()
    with engine.build() as builder:
        builder.swap()
    assert ids(engine) == set()
    assert neighbour.total(Request()) == 1


def test_a_builder_whose_index_was_taken_away_makes_no_other(
    engine: ElasticsearchEngine, client: Elasticsearch
) -> None:
    with engine.build() as builder:
        [name] = [name for name in indexes(client, engine) if name not in
                  engine.generations.serving()]  # fmt: skip
        client.indices.delete(index=name)
        with pytest.raises(EngineError, match="no index"):
            builder.apply([document(2, "een")], ())
        assert name not in indexes(client, engine)
    assert ids(engine) == {1}


def test_only_one_index_is_left_after_builds(
    engine: ElasticsearchEngine, client: Elasticsearch
) -> None:
    for _time in range(2):
        with engine.build() as builder:
            builder.swap()
    assert len(indexes(client, engine)) == 1
