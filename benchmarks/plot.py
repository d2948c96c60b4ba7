"""How cost grows with the number of practices, as a picture beside the table."""

import math
from collections.abc import Iterator, Mapping
from html import escape
from pathlib import Path

Results = Mapping[int, Mapping[str, float]]

WIDTH, HEIGHT = 720, 420
LEFT, RIGHT, TOP, BOTTOM = 70, 250, 30, 50
CURVES = {
    "engine.median": ("embedded engine, median", "#0b5c7a", ""),
    "engine.p95": ("embedded engine, p95", "#0b5c7a", "6 4"),
    "elastic.median": ("Elasticsearch, median", "#a4480b", ""),
    "elastic.p95": ("Elasticsearch, p95", "#a4480b", "6 4"),
    "search.median": ("search page, median", "#4c3a8c", ""),
    "modelsearch.median": ("modelsearch (SQLite), median", "#707070", ""),
}
"""What is drawn: its name, colour and dashes."""


def write(results: Results, path: Path) -> None:
    """Write the picture as SVG; both axes are logarithmic."""
    path.write_text("\n".join(_lines(results)) + "\n", encoding="utf-8")


def _lines(results: Results) -> Iterator[str]:
    curves = {
        name: [(size, values[name]) for size, values in sorted(results.items()) if name in values]
        for name in CURVES
    }
    points = [point for curve in curves.values() for point in curve]
    if not points:
        return
    sizes = [size for size, _time in points]
    decades = (
        math.floor(math.log10(min(time for _size, time in points))),
        math.ceil(math.log10(max(time for _size, time in points))),
    )
    scale = _Scale(min(sizes), max(max(sizes), min(sizes) * 10), *decades)
    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img"'
        ' font-family="sans-serif" font-size="13">'
    )
    yield "<title>Milliseconds by number of practices; the numbers stand in speed.md</title>"
    yield f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>'
    yield from _axes(scale, sorted(set(sizes)))
    for place, (name, curve) in enumerate(curves.items()):
        if curve:
            yield from _curve(scale, name, curve, TOP + 20 + 24 * place)
    yield "</svg>"


class _Scale:
    def __init__(self, fewest: int, most: int, low: int, high: int) -> None:
        self.fewest, self.most, self.low, self.high = fewest, most, low, max(high, low + 1)

    def x(self, size: float) -> float:
        share = math.log(size / self.fewest) / math.log(self.most / self.fewest)
        return LEFT + share * (WIDTH - LEFT - RIGHT)

    def y(self, time: float) -> float:
        share = (math.log10(time) - self.low) / (self.high - self.low)
        return HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM)


def _axes(scale: _Scale, sizes: list[int]) -> Iterator[str]:
    for exponent in range(scale.low, scale.high + 1):
        y = scale.y(10**exponent)
        yield f'<path d="M{LEFT} {y:.1f}H{WIDTH - RIGHT}" stroke="#dddddd"/>'
        yield f'<text x="{LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{10**exponent:g} ms</text>'
    for size in sizes:
        x = scale.x(size)
        yield f'<path d="M{x:.1f} {TOP}V{HEIGHT - BOTTOM}" stroke="#dddddd"/>'
        yield f'<text x="{x:.1f}" y="{HEIGHT - BOTTOM + 20}" text-anchor="middle">{size:,}</text>'
    middle = (LEFT + WIDTH - RIGHT) / 2
    yield f'<text x="{middle:.0f}" y="{HEIGHT - 10}" text-anchor="middle">practices</text>'


def _curve(
    scale: _Scale, name: str, curve: list[tuple[int, float]], legend: float
) -> Iterator[str]:
    label, colour, dashes = CURVES[name]
    style = f'stroke="{colour}" stroke-width="2" fill="none" stroke-dasharray="{dashes}"'
    path = "L".join(f"{scale.x(size):.1f} {scale.y(time):.1f}" for size, time in curve)
    yield f'<path d="M{path}" {style}/>'
    for size, time in curve:
        yield f'<circle cx="{scale.x(size):.1f}" cy="{scale.y(time):.1f}" r="3" fill="{colour}"/>'
    start = WIDTH - RIGHT + 15
    yield f'<path d="M{start} {legend:.0f}H{start + 30}" {style}/>'
    yield f'<text x="{start + 38}" y="{legend + 4:.0f}">{escape(label)}</text>'
