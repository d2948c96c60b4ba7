"""Reads what a PDF tells of itself."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

from pypdf import PdfReader


class Pdf:
    """A PDF that was read."""

    def __init__(self, content: bytes) -> None:
        self.reader = PdfReader(BytesIO(content), strict=True)
        self.root: Any = self.reader.root_object
        self.metadata: Any = self.reader.metadata

    @property
    def text(self) -> str:
        """All its text in one line."""
        return " ".join(" ".join(page.extract_text() for page in self.reader.pages).split())

    @property
    def elements(self) -> list[tuple[str, str]]:
        """The elements of its structure in their order, each with the one around it."""
        return list(_elements(self.root["/StructTreeRoot"], ""))

    @property
    def headings(self) -> list[int]:
        """The levels of its headings."""
        return [
            int(name[2]) for _, name in self.elements if name[:2] == "/H" and name[2:].isdigit()
        ]

    @property
    def links(self) -> list[str]:
        """The addresses that it links to."""
        pages: Any = self.reader.pages
        annotations = [one.get_object() for page in pages for one in page.get("/Annots", ())]
        assert all(one["/Contents"] for one in annotations), "each link says what it is"
        return [one["/A"]["/URI"] for one in annotations if "/A" in one]

    @property
    def fonts(self) -> Iterator[Any]:
        """The descriptors of its fonts."""
        pages: Any = self.reader.pages
        for page in pages:
            for font in page["/Resources"]["/Font"].values():
                yield font.get_object()["/DescendantFonts"][0].get_object()["/FontDescriptor"]


def _elements(node: Any, around: str) -> Iterator[tuple[str, str]]:
    node = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(node, list):
        for child in node:
            yield from _elements(child, around)
    elif isinstance(node, dict):
        if name := node.get("/S"):
            yield around, name
        if "/K" in node:
            yield from _elements(node["/K"], name or around)
