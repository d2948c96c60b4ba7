"""How documents look to Elasticsearch: the mapping of an index, and the lines of a bulk."""

import json
from typing import Any

from search.documents import Document, Index
from search.engines.fingerprint import fingerprint
from search.questions import dutch

Body = dict[str, Any]

ID, GONE, PASSAGES, EXACT, FACETS = "id", "is_gone", "passages", "exact", "facets"
LONGEST_TOKEN = 8_000
LINES = json.JSONEncoder(separators=(",", ":")).encode

# Texts come in as tokens, so spaces are all that parts them. Every bulk makes itself visible, so
# readers see whole ones. Sizes on disk are read seldom, and then they should be true.
SETTINGS: Body = {
    "number_of_shards": 1,
    "refresh_interval": "-1",
    "store.stats_refresh_interval": "0s",
    "analysis": {
        "tokenizer": {"spaces": {"type": "whitespace", "max_token_length": LONGEST_TOKEN}},
        "analyzer": {"tokens": {"type": "custom", "tokenizer": "spaces"}},
    },
}
WHILE_BUILDING: Body = {"number_of_replicas": 0, "auto_expand_replicas": False}
WHEN_BUILT: Body = {"auto_expand_replicas": "0-1"}


def mapping(index: Index) -> Body:
    """The fields of an index; a document with any other is refused.

    What is stored as it came are the passages only: all the rest is read from the index. Values of
    facets are there twice: all in one field, which is counted in one go, and each facet apart.
    """
    values = {"type": "keyword", "eager_global_ordinals": True}
    fields: Body = {
        FACETS: values,
        ID: {"type": "long"},
        GONE: {"type": "boolean"},
        PASSAGES: {"type": "keyword", "index": False, "doc_values": False},
        EXACT: {"type": "text", "analyzer": "tokens"},
    }
    for name in index.weights:
        fields[text_field(name)] = {"type": "text", "analyzer": "tokens", "index_options": "freqs"}
    for name in index.facets:
        fields[facet_field(name)] = values
    for name in index.orders:
        fields[order_field(name)] = {"type": "long", "index": False}
    return {"dynamic": "strict", "_source": {"includes": [PASSAGES]}, "properties": fields}


def version(index: Index) -> str:
    """A fingerprint of all that decides how the same source is stored and found."""
    return fingerprint(index, __file__)


def text_field(name: str) -> str:
    """The field of the tokens of texts of one kind."""
    return f"text_{name}"


def facet_field(name: str) -> str:
    """The field of the values of one facet."""
    return f"facet_{name}"


def order_field(name: str) -> str:
    """The field by which an order sorts."""
    return f"order_{name}"


# Writing


def put(source: Document, index: Index) -> str:
    """The lines that store a document, unless the index has a newer version of it."""
    stored: Body = {ID: source.id, PASSAGES: list(source.passages)}
    texts = [(name, text) for name in index.weights for text in source.text.get(name, ())]
    for name in index.weights:
        tokens = (token for of, text in texts if of == name for token in dutch.text_tokens(text))
        stored[text_field(name)] = " ".join(tokens)
    stored[EXACT] = [" ".join(dutch.simple_words(text)) for _name, text in texts]
    stored[FACETS] = [
        f"{name}:{value}" for name in index.facets for value in source.facets.get(name, ())
    ]
    for name in index.facets:
        stored[facet_field(name)] = list(source.facets.get(name, ()))
    for name in index.orders:
        stored[order_field(name)] = source.sort[name]
    return _lines(source.id, source.version, stored)


def removal(key: int, of_version: int) -> str:
    """The lines that leave of a document only that it is gone.

    Elasticsearch forgets the version of what is deleted after a minute; an older change that comes
    later would bring it back.
    """
    return _lines(key, of_version, {ID: key, GONE: True})


def _lines(key: int, of_version: int, stored: Body) -> str:
    action = f'{{"index":{{"_id":"{key}","version":{of_version},"version_type":"external_gte"}}}}'
    return f"{action}\n{LINES(stored)}\n"
