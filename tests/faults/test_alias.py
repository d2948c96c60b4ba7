"""Somebody moves, doubles, closes or replaces the index in Elasticsearch by hand."""

from collections.abc import Callable, Iterator
from io import StringIO
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from elasticsearch import Elasticsearch

from cms.health import checks
from cms.health.findings import State
from search import documents, engines
from search.engines.base import EngineError, IndexMissingError, Request
from search.engines.elasticsearch import schema
from search.engines.elasticsearch.engine import ElasticsearchEngine
from search.engines.elasticsearch.url import client_of
from search.indexing import pauses
from search.indexing.outbox import record
from search.indexing.rebuild import rebuild
from search.indexing.upkeep import keep_up
from search.models import Change
from tests import indexes
from tests.search.indexing.shelf import Shelf

pytestmark = pytest.mark.fault

COUNT = 12


@pytest.fixture(scope="module")
def in_elasticsearch(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    before, settings.SEARCH_STANDBY = settings.SEARCH_STANDBY, str(tmp_path_factory.mktemp("own"))
    with indexes.index_in(tmp_path_factory.getbasetemp() / "unused", "elasticsearch"):
        yield
    settings.SEARCH_STANDBY = before


@pytest.fixture
def shelf(in_elasticsearch: None, db: None, monkeypatch: pytest.MonkeyPatch) -> Shelf:
    """The only index of the site, in a cluster, with a standby; both hold all documents."""
    made = Shelf()
    monkeypatch.setattr(documents, "_indexes", {made.index.name: made.index})
    made.put(*range(1, COUNT + 1))
    for engine in engines.followers(made.index):
        rebuild(made.index, engine)
    return made


def engine_of(shelf: Shelf) -> ElasticsearchEngine:
    engine = shelf.engine
    assert isinstance(engine, ElasticsearchEngine)
    return engine


class Hand:
    """Somebody with access to the cluster."""

    def __init__(self, engine: ElasticsearchEngine) -> None:
        self.alias = engine.alias
        self.index = engine.index
        self.client: Elasticsearch = client_of(engine.cluster.servers)
        self.copy = f"{self.alias.replace('test-', 'test-copy-')}"
        [self.name] = engine.generations.serving()
        self.own = engine.generations.new_name()

    def change(self, *actions: dict[str, Any]) -> None:
        self.client.indices.update_aliases(actions=list(actions))

    def add(self, name: str, **more: Any) -> dict[str, Any]:
        return {"add": {"index": name, "alias": self.alias, **more}}

    def remove(self, name: str) -> dict[str, Any]:
        return {"remove": {"index": name, "alias": self.alias}}

    def reindex(self, to: str, mappings: Any = None) -> None:
        """Copy all documents, as the cluster's manual says."""
        if mappings:
            self.client.indices.create(index=to, mappings=mappings, settings=schema.SETTINGS)
        self.client.reindex(source={"index": self.name}, dest={"index": to}, refresh=True)

    def mapping(self) -> Any:
        return self.client.indices.get(index=self.name)[self.name]["mappings"]


def alias_is_deleted(hand: Hand) -> None:
    hand.change(hand.remove(hand.name))


def index_is_deleted(hand: Hand) -> None:
    hand.client.indices.delete(index=hand.name)


def alias_is_moved_to_a_copy(hand: Hand) -> None:
    hand.reindex(hand.copy)
    hand.change(hand.remove(hand.name), hand.add(hand.copy))


def alias_is_moved_to_a_copy_with_its_mapping(hand: Hand) -> None:
    hand.reindex(hand.copy, hand.mapping())
    hand.change(hand.remove(hand.name), hand.add(hand.copy))
    hand.client.indices.delete(index=hand.name)


def alias_is_on_two_indexes(hand: Hand) -> None:
    hand.reindex(hand.copy, hand.mapping())
    hand.change(hand.add(hand.copy))


def alias_is_on_two_indexes_of_which_the_copy_is_written(hand: Hand) -> None:
    hand.reindex(hand.copy, hand.mapping())
    hand.change(hand.add(hand.copy, is_write_index=True))


def alias_is_on_two_of_our_own(hand: Hand) -> None:
    hand.reindex(hand.own, hand.mapping())
    hand.change(hand.add(hand.own))


def index_has_the_place_of_the_alias(hand: Hand) -> None:
    hand.client.indices.delete(index=hand.name)
    hand.client.index(index=hand.alias, document={"id": 1}, refresh=True)


def index_has_the_place_beside_ours(hand: Hand) -> None:
    hand.change(hand.remove(hand.name))
    hand.reindex(hand.alias, hand.mapping())


def meta_is_lost(hand: Hand) -> None:
    hand.client.indices.put_mapping(index=hand.name, meta={})


def mapping_is_another(hand: Hand) -> None:
    hand.client.indices.create(
        index=hand.own, mappings={"dynamic": "false", "_meta": hand.mapping()["_meta"]}
    )
    hand.change(hand.remove(hand.name), hand.add(hand.own))


def index_is_closed(hand: Hand) -> None:
    hand.client.indices.close(index=hand.name)


def copy_with_the_alias_is_closed(hand: Hand) -> None:
    alias_is_moved_to_a_copy(hand)
    hand.client.indices.close(index=hand.copy)


def ours_and_a_copy_are_both_closed(hand: Hand) -> None:
    alias_is_on_two_indexes(hand)
    hand.client.indices.close(index=hand.copy)
    hand.client.indices.close(index=hand.name)


def alias_shows_a_part(hand: Hand) -> None:
    hand.change(hand.add(hand.name, filter={"term": {"id": 1}}))


def index_is_closed_and_may_only_be_read(hand: Hand) -> None:
    hand.client.indices.close(index=hand.name)
    hand.client.indices.put_settings(index=hand.name, settings={"index.blocks.read_only": True})


STATES: dict[str, list[Callable[[Hand], None]]] = {
    "gone": [alias_is_deleted, index_is_deleted],
    "moved": [
        alias_is_moved_to_a_copy_with_its_mapping,
        alias_is_moved_to_a_copy,
        copy_with_the_alias_is_closed,
    ],
    "doubled": [
        alias_is_on_two_indexes,
        alias_is_on_two_indexes_of_which_the_copy_is_written,
        alias_is_on_two_of_our_own,
        ours_and_a_copy_are_both_closed,
    ],
    "in the way": [index_has_the_place_of_the_alias, index_has_the_place_beside_ours],
    "changed": [alias_shows_a_part, meta_is_lost, mapping_is_another],
    "closed": [index_is_closed, index_is_closed_and_may_only_be_read],
}


def worker(shelf: Shelf) -> None:
    keep_up(shelf.index, shelf.engine, may_rebuild_shared=True)


def check_and_repair(shelf: Shelf) -> None:
    call_command("search_check", "--repair", stdout=StringIO())


def rebuild_by_hand(shelf: Shelf) -> None:
    call_command("search_rebuild", "--only", "engine", stdout=StringIO())


def told(command: str) -> str:
    out = StringIO()
    call_command(command, stdout=out)
    return out.getvalue()


@pytest.mark.parametrize("kind", STATES)
def test_an_unfit_alias_is_noticed_and_mended_while_the_standby_answers(
    shelf: Shelf, kind: str
) -> None:
    first, *others = STATES[kind]
    mends = [(first, worker), (first, check_and_repair), (first, rebuild_by_hand)]
    for spoil, mend in [*mends, *((other, worker) for other in others)]:
        hand = Hand(engine_of(shelf))
        try:
            spoil(hand)
            must_be_noticed(shelf, engine_of(shelf))
            pauses.forget()  # Another process mends it.
            mend(shelf)
            engines.forget()
            must_be_well(shelf, engine_of(shelf))
        finally:
            hand.client.indices.delete(index=hand.copy, ignore_unavailable=True)


def must_be_noticed(shelf: Shelf, engine: ElasticsearchEngine) -> None:
    """A web server tells, and visitors get what is true."""
    with pytest.raises(IndexMissingError) as caught:
        engine.check()
    assert checks._engines([engine]).state is State.BROKEN, "so the site as a whole is “let op”"
    assert str(caught.value) in told("search_status")
    with pytest.raises(EngineError):
        keep_up(shelf.index, engine, may_rebuild_shared=False)
    reader = engines.reader_for(shelf.index)
    assert reader.search(Request()).total == len(shelf.titles)
    assert reader.is_standby


def must_be_well(shelf: Shelf, engine: ElasticsearchEngine) -> None:
    """The alias stands for one index, that holds all, and a publication that comes now too."""
    engine.check()
    [name] = engine.generations.serving()
    client = client_of(engine.cluster.servers)
    assert list(client.indices.get(index=engine.alias)) == [name]
    assert list(client.indices.get(index=f"{engine.alias}-*", expand_wildcards="all")) == [name]
    shelf.put(key := len(shelf.titles) + 1)
    record(shelf.index, [key])
    for one in engines.followers(shelf.index):
        keep_up(shelf.index, one, may_rebuild_shared=False)
    reader = engines.reader_for(shelf.index)
    assert reader.search(Request()).total == len(shelf.titles)
    assert not reader.is_standby
    assert not Change.objects.filter(is_set_aside=True).exists()


@pytest.mark.parametrize("block", ["read_only", "read_only_allow_delete", "write"])
def test_an_index_that_somebody_blocked_is_replaced_all_the_same(shelf: Shelf, block: str) -> None:
    engine = engine_of(shelf)
    hand = Hand(engine)
    hand.client.indices.put_settings(index=hand.name, settings={f"index.blocks.{block}": True})
    hand.reindex(hand.own)
    if block != "read_only_allow_delete":
        hand.client.indices.put_settings(index=hand.own, settings={f"index.blocks.{block}": True})
    rebuild_by_hand(shelf)
    must_be_well(shelf, engine)


def test_an_alias_that_is_doubled_just_now_puts_no_document_aside(shelf: Shelf) -> None:
    engine = engine_of(shelf)
    hand = Hand(engine)
    alias_is_on_two_indexes(hand)
    try:
        with pytest.raises(IndexMissingError, match="stands for 2 indexes"):
            engine.apply(list(shelf.load([1])), ())
    finally:
        hand.client.indices.delete(index=hand.copy)
