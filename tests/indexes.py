"""Indexes for tests: no test sees what another one indexed, unless its module says so.

They are tantivy's; with `TEST_SEARCH=elasticsearch` the whole suite runs on Elasticsearch.
"""

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

from django.conf import settings
from elasticsearch import Elasticsearch

from practices.indexes import registers
from search import engines
from search.engines import engine_for
from search.engines.base import Engine
from search.engines.elasticsearch.engine import ElasticsearchEngine
from search.engines.elasticsearch.url import client_of, parse
from search.engines.tantivy.engine import TantivyEngine
from search.indexing import pauses
from tests.services import elasticsearch_url

CHOSEN = os.environ.get("TEST_SEARCH", "tantivy")

_in_use: list[Path] = []


def is_chosen() -> bool:
    """Whether a wider fixture chose the index already."""
    return bool(_in_use)


@contextmanager
def index_in(folder: Path, engine: str = CHOSEN) -> Iterator[Path]:
    """Search in this folder, or an index of its own in a cluster; removed at the end."""
    new_url, remove = ENGINES[engine]
    before = settings.SEARCH_URL
    settings.SEARCH_URL = url = new_url(folder)
    _in_use.append(folder)
    forget()
    try:
        yield folder
    finally:
        is_used = bool(engine_for.cache_info().currsize)
        settings.SEARCH_URL = before
        _in_use.remove(folder)
        forget()
        if is_used:
            remove(url)


def forget() -> None:
    """Drop what this process remembers of engines, their failures, vectors, and registers."""
    engines.forget()
    if matrix := sys.modules.get("search.meaning.matrix"):  # Not loaded for this: it is large.
        matrix.forget()
    pauses.forget()
    registers.forget()


def lose(engine: Engine) -> None:
    """Remove the index that serves, behind the site's back."""
    if isinstance(engine, TantivyEngine):
        shutil.rmtree(engine.folder)
        return
    assert isinstance(engine, ElasticsearchEngine)
    [name] = engine.generations.serving()
    engine.generations.remove(name)


@contextmanager
def unwritable(engine: Engine) -> Iterator[None]:
    """Let an index take no changes: its folder is not there, or its cluster forbids it."""
    if isinstance(engine, TantivyEngine):
        aside = engine.folder.with_name("aside")
        engine.folder.rename(aside)
        engine.folder.write_text("a file in the way")
        yield
        engine.folder.unlink()
        aside.rename(engine.folder)
        return
    assert isinstance(engine, ElasticsearchEngine)
    _forbid_writing(engine, is_forbidden=True)
    yield
    _forbid_writing(engine, is_forbidden=False)


def _forbid_writing(engine: ElasticsearchEngine, *, is_forbidden: bool) -> None:
    [name] = engine.generations.serving()
    settings = {"index.blocks.write": is_forbidden}
    engine.cluster.ask(lambda c: c.indices.put_settings(index=name, settings=settings), 10)


def _folder_url(folder: Path) -> str:
    return f"tantivy://{folder}"


def _remove_folder(url: str) -> None:
    shutil.rmtree(urlsplit(url).path, ignore_errors=True)


def _cluster_url(_folder: Path) -> str:
    return urlsplit(elasticsearch_url())._replace(path=f"/test-{uuid4().hex}").geturl()


def _remove_from_cluster(url: str) -> None:
    servers, prefix = parse(url)
    client: Elasticsearch = client_of(servers)
    for name in client.indices.get(index=f"{prefix}-*"):
        client.indices.delete(index=name, ignore_unavailable=True)


ENGINES: dict[str, tuple[Callable[[Path], str], Callable[[str], None]]] = {
    # For each engine a new SEARCH_URL, given a folder of its own, and how to remove what it names.
    "tantivy": (_folder_url, _remove_folder),
    "elasticsearch": (_cluster_url, _remove_from_cluster),
}
