"""Tells whoever measures how long searches take; `search` itself counts nothing."""

from collections.abc import Iterator
from contextlib import contextmanager
from time import perf_counter

from django.dispatch import Signal

from search.engines.base import Reader

searched = Signal()
"""A search ended: `reader` (which engine it was), `seconds`, `is_answered`."""


@contextmanager
def measured(reader: Reader) -> Iterator[None]:
    """Measure what happens within; a receiver that fails never fails a search."""
    begun, is_answered = perf_counter(), False
    try:
        yield
        is_answered = True
    finally:
        searched.send_robust(
            sender=type(reader),
            reader=reader,
            seconds=perf_counter() - begun,
            is_answered=is_answered,
        )
