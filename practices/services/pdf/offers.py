"""What a practice page offers to take along."""

from typing import NamedTuple

from practices.services import shelf
from practices.services.pdf.typesetting import release


class Offers(NamedTuple):
    """The addresses; `pdf` is empty where this site cannot make any."""

    pdf: str
    text: str
    bibtex: str
    csl: str


def can_make_pdfs() -> bool:
    """Whether this site can make PDFs and has a shelf for them."""
    return shelf.is_shared() and bool(release())


def offers(address: str) -> Offers:
    """What the page of a practice at this address offers."""
    stem = address.rstrip("/")
    pdf = f"{stem}.pdf" if can_make_pdfs() else ""
    return Offers(pdf, f"{stem}.txt", f"{stem}.bib", f"{stem}.csl.json")
