"""The way to what needs packages that a site may lack."""

import os
from types import ModuleType

THREADS = "OPENBLAS_NUM_THREADS"
"""Read by what numpy multiplies with, when it is loaded."""


def loaded() -> tuple[ModuleType, ModuleType]:
    """The encoder and the matrix: to be asked for only where there is a model."""
    # A question is small: threads that share it wait longer for each other than they work, and take
    # the processors from all other requests.
    os.environ.setdefault(THREADS, "1")
    # The choice of a model: a site without one loads neither numpy nor the weights.
    from search.meaning import encoder, matrix

    return encoder, matrix
