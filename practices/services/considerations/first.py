"""Tells officials of the first practice at what their municipality considers."""

from django.db import transaction

from practices.indexes import registers
from practices.indexes.readers import practice_reader
from practices.indexes.registers import Registers
from practices.models import Consideration, PracticePage
from practices.selectors import public_pages
from practices.services.considerations.cells import Cell, cell_of
from practices.services.considerations.mails import tell
from practices.services.considerations.selectors import officials_of, standing
from search import clock
from search.results import answers

LOOKED_AT = 20


def tell_of_first_practices() -> None:
    """Mail the officials of each consideration that has a public practice now, once.

    Each search is made once, whoever considers it. Raises `EngineError` if no search is possible:
    it stays for later.
    """
    known = registers.current()
    waiting = list(standing().filter(told_at=None))
    for key in dict.fromkeys(row.cell for row in waiting):
        cell = cell_of(key, known.facets)
        if cell is not None and is_filled(cell, known):
            for row in waiting:
                if row.cell == key:
                    _tell(row)


def is_filled(cell: Cell, known: Registers) -> bool:
    """Whether a public practice has both values of a cell; raises `EngineError`."""
    ids = answers.first_ids(
        practice_reader(), cell.query, known.facets, known.synonyms, most=LOOKED_AT
    )
    return public_pages(PracticePage).filter(pk__in=ids).exists()


@transaction.atomic
def _tell(row: Consideration) -> None:
    mine = Consideration.objects.filter(pk=row.pk, told_at=None)
    if mine.update(told_at=clock.now()):
        for person in officials_of(row.municipality):
            tell.enqueue("first", row.pk, person.pk)
