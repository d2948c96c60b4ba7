"""Whether an index may take the place of another: never a much poorer one, unless somebody says so.

What cannot be read now is not gone: a table that is missing, a wrong database, a fault of the code.
"""

from collections.abc import Collection

from search.engines.base import Engine, EngineError, IndexMissingError

FEW = 2
"""So many documents may be lost of however small an index; of a larger one `SHARE`."""
SHARE = 0.1


class PoorerError(EngineError):
    """A person has to say that so many documents are gone; the index that serves stays."""


def are_many(lost: int, whole: int) -> bool:
    """Whether an index without so many of its documents is much poorer."""
    return lost > max(FEW, SHARE * whole)


def served(engine: Engine) -> set[int]:
    """The documents that an engine finds now; nothing where no index serves that may.

    Raises `EngineError` if it cannot tell.
    """
    try:
        engine.check()
        return set(engine.versions())
    except IndexMissingError:
        return set()


def refuse_unread(reasons: Collection[str], whole: int) -> None:
    """Raise `PoorerError` if many of the public documents could not be read or written."""
    if are_many(len(reasons), whole):
        raise PoorerError(
            f"{len(reasons)} of {whole} documents could not be indexed ({next(iter(reasons))}). "
            "The index that serves stays; if it should not, say --allow-shrink."
        )


def refuse_lost(lost: int, whole: int) -> None:
    """Raise `PoorerError` if many documents of the index that serves would go."""
    if are_many(lost, whole):
        raise PoorerError(
            f"{lost} of the {whole} documents of the index are not public in the database by now, "
            "and nothing tells why. The index stays; if they are gone, say --allow-shrink."
        )
