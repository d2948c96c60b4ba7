"""The fenced blocks of a document, so that a test can do what a reader is told to do.

A test makes a `Reader` of a document and asks for the blocks under a heading, in their order; what
it never asked for is in `unread()`. A block that cannot be run anywhere but at the reader's has the
reason above it in the document, and is not given to anybody:

    <!-- not run: this makes a disk of another machine appear here -->
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
COMMANDS = frozenset({"sh", "console", "bash", "shell"})
"""Languages of blocks that a reader types."""

_FENCE = re.compile(r"(?P<indent> *)(?P<fence>`{3,})(?P<language>[\w-]*)")
_HEADING = re.compile(r"(?P<level>#{1,6}) +(?P<title>.+?) *#*$")
_NOT_RUN = re.compile(r"\s*<!-- not run: (?P<reason>.+?) -->$")


@dataclass(frozen=True)
class Block:
    """A block as it stands, without its fences and its indentation."""

    document: str
    line: int
    """Of its opening fence; the first is 1."""
    headings: tuple[str, ...]
    """The titles above it, that of the document first, the nearest last."""
    language: str
    text: str
    not_run: str = ""
    """Why it cannot be run, where the document says so."""

    @property
    def heading(self) -> str:
        """The nearest title above it."""
        return self.headings[-1] if self.headings else ""

    @property
    def is_command(self) -> bool:
        """Whether a reader types it."""
        return self.language in COMMANDS

    def __str__(self) -> str:
        return f"{self.document}:{self.line} ({self.heading})"


def blocks(document: str) -> list[Block]:
    """All fenced blocks of a document, in order; its path is relative to the project.

    Raises `ValueError` where a fence is not closed.
    """
    found: list[Block] = []
    titles: dict[int, str] = {}
    reason = ""
    lines = iter(enumerate((ROOT / document).read_text().splitlines(), start=1))
    for number, line in lines:
        if fence := _FENCE.match(line):
            text = _until_closed(lines, fence, f"{document}:{number}")
            headings = tuple(titles[level] for level in sorted(titles))
            found.append(Block(document, number, headings, fence["language"], text, reason))
        elif heading := _HEADING.match(line):
            level = len(heading["level"])
            titles = {above: title for above, title in titles.items() if above < level}
            titles[level] = heading["title"]
        # The reason stands on the line before the fence.
        said = _NOT_RUN.match(line)
        reason = said["reason"] if said else ""
    return found


def _until_closed(lines: Iterator[tuple[int, str]], fence: "re.Match[str]", where: str) -> str:
    indent = len(fence["indent"])
    inside: list[str] = []
    for _number, line in lines:
        if line.strip() == fence["fence"]:
            return "".join(f"{one}\n" for one in inside)
        inside.append(line[indent:] if not line[:indent].strip() else line)
    raise ValueError(f"{where}: this block is not closed.")


class Reader:
    """Somebody who follows a document, or a part of it, from top to bottom."""

    def __init__(self, document: str, *parts: str) -> None:
        """Follow the parts under these headings (or all), with what is under them at any depth.

        Raises `ValueError` for a heading that does not stand there.
        """
        everything = blocks(document)
        known = {heading for block in everything for heading in block.headings}
        if missing := sorted(set(parts) - known):
            raise ValueError(f"{document} has no blocks under: {', '.join(missing)}")
        self.document = document
        self._unread = [
            block
            for block in everything
            if not block.not_run and (not parts or set(parts) & set(block.headings))
        ]

    def take(self, heading: str = "", *, languages: frozenset[str] = COMMANDS) -> list[Block]:
        """The blocks under a heading (or all) in these languages that were not read yet, in order.

        Raises `ValueError` where none is left: the document and its test have come apart.
        """
        taken = [
            block
            for block in self._unread
            if block.language in languages and (not heading or heading in block.headings)
        ]
        if not taken:
            raise ValueError(f"{self.document} has no block left under “{heading}”.")
        self._unread = [block for block in self._unread if block not in taken]
        return taken

    def unread(self) -> list[Block]:
        """Commands that nobody asked for."""
        return [block for block in self._unread if block.is_command]
