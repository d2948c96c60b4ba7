"""Texts as the cells of a table that spreadsheets open."""

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")
"""A cell that begins so is run as a formula by spreadsheets (OWASP, CSV injection)."""


def harmless(cell: str) -> str:
    """The text as a cell that is a text to every spreadsheet, never a formula."""
    return f"'{cell}" if cell.startswith(FORMULA_STARTS) else cell
