"""The picture that goes with a link to a practice in mails, chats and networks (Open Graph)."""

import hashlib
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from io import BytesIO
from itertools import chain, pairwise
from pathlib import Path
from typing import NamedTuple

from PIL import Image, ImageDraw, ImageFont

from practices.addresses import site_name
from practices.services import shelf

SIZE = (1200, 630)
"""Width and height in pixels, as networks ask for them."""
PAPER, INK, QUIET, ACCENT, WHITE = "#fbfaf6", "#1b2326", "#515f66", "#0a5c68", "#ffffff"
MARGIN = 90
MOST_LINES = 5
FONT = Path(__file__).parents[2] / "static" / "practices" / "fonts" / "wegwijzer-serif.woff2"
_SIGN = "15,5 17.6,5 17.6,8.2 25,8.2 28,11.4 25,14.6 17.6,14.6 17.6,27 14.4,27 14.4,16.6 7,16.6"
_SIGN += " 4,13.4 7,10.2 15,10.2"
"""The mark of the site, in a square of 32."""


class Picture(NamedTuple):
    """A PNG, with what differs as soon as the picture would."""

    content: bytes
    version: str


def picture_of(practice: int, title: str, place: str) -> Picture:
    """The picture of a practice, drawn once for its words; one query."""
    words = f"{_drawing()}\n{title}\n{place}\n{site_name()}"
    version = hashlib.sha256(words.encode()).hexdigest()[:32]
    kept = shelf.find("picture", practice, version)
    if kept:
        return Picture(kept.content, version)
    content = share_picture(title, place)
    shelf.keep("picture", practice, version, content)
    return Picture(content, version)


@cache
def _drawing() -> str:
    """How it is drawn: this file."""
    return Path(__file__).read_text()


def share_picture(title: str, place: str) -> bytes:
    """A PNG with a title of any length, the name of a municipality and that of the site."""
    title, place = _readable(title), _readable(place)
    picture = Image.new("RGB", SIZE, PAPER)
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 0, SIZE[0], 24), fill=ACCENT)
    for line in _lines(place, 44)[:1]:
        _write(draw, (MARGIN, 100), line, 44, ACCENT)
    size, lines = _fitted(title)
    for number, line in enumerate(lines):
        _write(draw, (MARGIN, 180 + number * round(size * 1.16)), line, size, INK)
    _mark(draw, (MARGIN, 520))
    for site in _lines(_readable(site_name()), 40)[:1]:
        _write(draw, (MARGIN + 76, 526), site, 40, INK)
    return _png(picture)


def _fitted(title: str) -> tuple[int, list[str]]:
    """The largest letter in which a title fits; what never fits is cut."""
    for size in (76, 64, 54):
        lines = _lines(title, size)
        if len(lines) * size * 1.16 <= 310:
            return size, lines
    lines = _lines(title, 54)[:MOST_LINES]
    while not _fits(f"{lines[-1]} …", 54):
        lines[-1] = lines[-1][:-1]
    return 54, [*lines[:-1], f"{lines[-1]} …"]


def _lines(text: str, size: int) -> list[str]:
    lines = [""]
    for word in chain.from_iterable(_pieces(word, size) for word in text.split()):
        longer = f"{lines[-1]} {word}".strip()
        if _fits(longer, size):
            lines[-1] = longer
        else:
            lines.append(word)
    return [line for line in lines if line]


def _pieces(word: str, size: int) -> Iterator[str]:
    """A word, cut where it is wider than a line."""
    piece = ""
    for char in word:
        if not _fits(piece + char, size):
            yield piece
            piece = ""
        piece += char
    yield piece


def _fits(text: str, size: int) -> bool:
    steps = sum(_step(before, char, size) for before, char in pairwise(f" {text}"))
    return steps <= SIZE[0] - 2 * MARGIN


def _write(
    draw: ImageDraw.ImageDraw, place: tuple[int, int], text: str, size: int, colour: str
) -> None:
    draw.text(place, text, font=_font(size), fill=colour)


def _readable(text: str) -> str:
    """The text in letters that the font has: an accent that it lacks is left out."""
    return "".join(char if _has(char) else _plain(char) for char in text)


def _plain(char: str) -> str:
    return "".join(part for part in unicodedata.normalize("NFD", char) if _has(part))


@lru_cache(4096)
def _step(before: str, char: str, size: int) -> float:
    """How much wider a letter makes a line, after the one before it."""
    return _font(size).getlength(before + char) - _font(size).getlength(before)


@lru_cache(4096)
def _has(char: str) -> bool:
    empty = _font(54).getmask("\U000f0000")
    return char.isspace() or bytes(_font(54).getmask(char)) != bytes(empty)


@cache
def _font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(FONT, size)


def _mark(draw: ImageDraw.ImageDraw, place: tuple[int, int]) -> None:
    left, top = place
    scale = 56 / 32
    draw.rounded_rectangle((left, top, left + 56, top + 56), 12, fill=ACCENT)
    points = [tuple(map(float, point.split(","))) for point in _SIGN.split()]
    draw.polygon([(left + x * scale, top + y * scale) for x, y in points], fill=WHITE)


def _png(picture: Image.Image) -> bytes:
    file = BytesIO()
    # Few colours: a palette makes a third of the size of it.
    picture.quantize(64).save(file, "PNG", optimize=True)
    return file.getvalue()
