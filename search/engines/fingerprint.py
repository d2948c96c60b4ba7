"""A fingerprint of all that decides how the same source is stored and found."""

import hashlib
from functools import cache
from pathlib import Path

from search.documents import Index
from search.questions import dutch

SHARED = (Path(dutch.__file__), dutch.CONSTITUENTS, dutch.STOP_FILE)


@cache
def fingerprint(index: Index, schema_file: str) -> str:
    """Of the analysis of text, an engine's own schema file and the shape of an index."""
    digest = hashlib.sha256()
    for file in (*SHARED, Path(schema_file)):
        digest.update(file.read_bytes())
    shape = (index.schema, sorted(index.weights), index.facets, sorted(index.orders))
    digest.update(repr(shape).encode())
    return digest.hexdigest()[:16]
