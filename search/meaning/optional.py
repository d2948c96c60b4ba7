"""The way to what needs packages that a site may lack."""

from types import ModuleType


def loaded() -> tuple[ModuleType, ModuleType]:
    """The encoder and the matrix: to be asked for only where there is a model."""
    # The choice of a model: a site without one loads neither numpy nor the weights.
    from search.meaning import encoder, matrix

    return encoder, matrix
