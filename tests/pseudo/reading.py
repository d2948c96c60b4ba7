"""Finds texts in a page that did not go through gettext: they stand outside of the brackets."""

import re
from collections.abc import Iterable, Iterator
from html import unescape

from bs4 import BeautifulSoup, Tag
from bs4.element import Comment, NavigableString

from tests.pseudo import CLOSES, OPENS

WITHIN_A_SENTENCE = frozenset(
    "a abbr b bdi cite code em i kbd mark small span strong sub sup time u".split()
)
UNSEEN = frozenset("script style template noscript".split())
SPOKEN = ("alt", "aria-label", "content", "placeholder", "title", "data-offers", "data-more")
"""Attributes that somebody reads or hears; `content` of descriptions only."""
BETWEEN = re.compile(r"[·,;:()/|*+–—→↓×…?!.“”‘’'\"\[\]<>=≠]+|(?<!\w)-(?!\w)|\s{2,}")
ADDRESS = re.compile(r"https?://\S+|\S+@\S+")
NUMBER = re.compile(r"[\d\s.,:%\u2011–-]*(?:kB|MB|bytes|B)?")
MOST = 160
"""Letters of a name or title."""
WORDS = 25
"""Letters from which a text may be a piece of a longer one, as a passage in a result is."""
NAMES = frozenset(
    "wegwijzer wegwijzers nuansa cbs wagtail django csv atom odt json pdf bibtex csl-json".split()
)
"""What is called the same in every language."""


class Content:
    """What editors and officials wrote, and the names of things: not ours to translate."""

    def __init__(self, texts: Iterable[str]) -> None:
        self.whole = set(NAMES)
        for text in texts:
            self.whole.update(map(_plain, _pieces_of(text)))
        self.all = "\n".join(sorted(self.whole))
        # Names with signs in them, which are no signs between names: "Beek (L.)".
        composed = [text for text in self.whole if len(text) < MOST and BETWEEN.search(text)]
        self.composed = sorted(composed, key=len, reverse=True)

    def has(self, text: str) -> bool:
        """Whether a text is content, or a number."""
        text = _plain(text)
        if len(text) < 2 or NUMBER.fullmatch(text) or text in self.whole:
            return True
        return len(text) >= WORDS and text in self.all

    def has_all_of(self, text: str) -> bool:
        """Whether a text consists of content, with signs between."""
        text = ADDRESS.sub(" ", text)
        if self.has(text) or all(map(self.has, BETWEEN.split(text))):
            return True
        left = text.casefold()
        for name in self.composed:
            left = left.replace(name, " / ")
        return all(map(self.has, BETWEEN.split(left)))


def untranslated(html: str, content: Content, within: str = "html") -> list[str]:
    """The texts of a page that are neither translated nor content; half a bracket is one too."""
    soup = BeautifulSoup(html, "html5lib")
    found = []
    for part in soup.select(within):
        for text in _texts(part):
            outside, is_whole = outside_brackets(text)
            if not is_whole or not content.has_all_of(outside):
                found.append(" ".join(text.split()))
    return found


def outside_brackets(text: str) -> tuple[str, bool]:
    """What stands outside, and whether every bracket has its other half."""
    depth, outside = 0, []
    for sign in text:
        if sign == OPENS:
            depth += 1
            outside.append("  ")
        elif sign == CLOSES:
            depth -= 1
        elif depth == 0:
            outside.append(sign)
        if depth < 0:
            return text, False
    # What is cut to fit may have lost its end.
    return "".join(outside), depth == 0 or text.rstrip().endswith("…")


def _texts(part: Tag) -> Iterator[str]:
    for element in part.find_all(True):
        if element.name in UNSEEN or element.find_parent(UNSEEN):
            continue
        yield from _attributes(element)
        if element.name not in WITHIN_A_SENTENCE:
            yield from _sentences(element)


def _attributes(element: Tag) -> Iterator[str]:
    for name in SPOKEN:
        value = element.get(name)
        # A description that is cut is the beginning of what somebody wrote.
        is_read = name != "content" or (
            element.get("name") == "description" and not str(value).endswith("…")
        )
        if isinstance(value, str) and value.strip() and is_read:
            yield value
    if element.name == "input" and element.get("type") in ("submit", "button"):
        yield str(element.get("value", ""))


def _sentences(block: Tag) -> Iterator[str]:
    """The texts of a block without those of the blocks in it."""
    text: list[str] = []
    for child in block.children:
        if isinstance(child, Comment):
            continue
        if isinstance(child, NavigableString):
            text.append(str(child))
        elif isinstance(child, Tag) and _is_inline(child):
            text.append(_inline(child))
        else:
            yield "".join(text)
            text = []
    yield "".join(text)


def _is_inline(element: Tag) -> bool:
    return element.name in WITHIN_A_SENTENCE and not element.find(
        lambda inner: inner.name not in WITHIN_A_SENTENCE | UNSEEN
    )


def _inline(element: Tag) -> str:
    """The text of a piece of a sentence; marked words stay in their sentence."""
    if element.name in ("mark", "b", "strong", "em", "i"):
        return element.get_text()
    return f"  {element.get_text()}  "


def _pieces_of(text: str) -> Iterator[str]:
    """A text, its lines, and what stands in the elements of a rich text."""
    yield text
    yield from text.splitlines()
    if "<" in text:
        plain = BeautifulSoup(text, "html5lib")
        yield plain.get_text(" ")
        yield from (one.get_text() for one in plain.find_all(True))


def _plain(text: str) -> str:
    return " ".join(unescape(text).split()).casefold().strip(" .:'\"‘’“”")
