"""The figures as a table, for the terminal and for Markdown, with what is to be reached."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from benchmarks.machine import description

Values = Mapping[str, float]
"""The figures of one size, by name."""
Results = Mapping[int, Values]
"""The figures of each size."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the report: a figure, its unit, and the most (or least) that is to be reached."""

    label: str
    name: str
    unit: str = "ms"
    most: Mapping[int, float] = field(default_factory=dict)
    least: Mapping[int, float] = field(default_factory=dict)


NEAR = (
    Line("enough have all words, median", "near.exact.median"),
    Line("enough have all words, p95", "near.exact.p95"),
    Line("rest and meaning are asked, median", "near.near.median"),
    Line("rest and meaning are asked, p95", "near.near.p95"),
    Line("times as long: median", "near.ratio.median", "×", most={10_000: 3, 100_000: 6}),
    Line("times as long: p95", "near.ratio.p95", "×", most={10_000: 3, 100_000: 6}),
    Line("enough have all words, 8 clients", "near.exact.rate", "requests/s"),
    Line("rest and meaning are asked, 8 clients", "near.near.rate", "requests/s"),
    Line("as many requests", "near.ratio.rate", "×", least={10_000: 0.4}),
    Line("nothing besides is asked, median", "near.now.median"),
    Line("the same at the commit before words and meaning, median", "near.before.median"),
    Line("times as long: median", "near.over_before.median", "×", most={10_000: 1.05}),
    Line("times as long: p95", "near.over_before.p95", "×"),
)
"""Search pages by what they ask of the engine."""

LINES: Mapping[str, Sequence[Line]] = {
    "Engine: 200 mixed searches, each with total, 20 ids and the counts of all facets": (
        Line("median", "engine.median", most={10_000: 1}),
        Line("p95", "engine.p95", most={10_000: 3, 100_000: 25}),
        Line("most common word", "engine.common", most={100_000: 100}),
        Line("growth of the median from a tenth", "engine.growth", "×", most={100_000: 4}),
    ),
    "The way without this project: modelsearch, SQLite, one .facet() a field": (
        Line("median", "modelsearch.median"),
        Line("p95", "modelsearch.p95"),
        Line("slowest", "modelsearch.slowest"),
        Line("searches that fitted the time", "modelsearch.run", "of 200"),
        Line("our engine is faster: median", "ratio.median", "×", least={10_000: 25}),
        Line("our engine is faster: p95", "ratio.p95", "×"),
    ),
    "Elasticsearch: the same searches through our engine, beside the leanest request": (
        Line("median", "elastic.median"),
        Line("p95", "elastic.p95"),
        Line("most common word", "elastic.common"),
        Line("the leanest request, median", "floor.median"),
        Line("the leanest request, p95", "floor.p95"),
        Line("our engine against the leanest: median", "elastic.over_floor", "×", most={0: 1.3}),
        Line("the embedded engine, median", "engine.median"),
        Line("the embedded engine, p95", "engine.p95"),
        Line("growth of the median from a tenth", "elastic.growth", "×"),
        Line(
            "modelsearch on Elasticsearch, one .facet() a field, median",
            "modelsearch.elastic.median",
        ),
        Line("modelsearch on Elasticsearch, p95", "modelsearch.elastic.p95"),
        Line("our engine in turns with it, median", "modelsearch.ours.median"),
        Line("our engine in turns with it, p95", "modelsearch.ours.p95"),
        Line("our engine is faster: median", "elastic.ratio", "×", least={10_000: 10}),
        Line("8 clients over HTTP", "http.elastic.8.rate", "requests/s", least={10_000: 170}),
        Line("8 clients over HTTP, p95", "http.elastic.8.p95"),
        Line("50 clients for a minute", "http.elastic.50.rate", "requests/s"),
        Line("50 clients for a minute, median", "http.elastic.50.median"),
        Line("50 clients for a minute, p95", "http.elastic.50.p95"),
        Line("bulk, from prepared documents", "elastic.bulk", "/s", least={0: 1_000}),
        Line("rebuild from the database", "elastic.rebuild", "/s", least={0: 300}),
    ),
    "Search page: 20 results and all facets, through all middleware": (
        Line("median", "search.median", most={10_000: 8}),
        Line("p95", "search.p95", most={10_000: 12}),
        Line("most common word", "search.common"),
        Line("database queries, at most", "search.queries", "", most=dict.fromkeys((0,), 4)),
    ),
    "Search page over HTTP: gunicorn, two workers, the client on the same cores": (
        Line("1 client", "http.search.1.rate", "requests/s"),
        Line("1 client, median", "http.search.1.median", most={10_000: 8}),
        Line("1 client, p95", "http.search.1.p95", most={10_000: 12}),
        Line("8 clients", "http.search.8.rate", "requests/s", least={10_000: 250}),
        Line("8 clients, median", "http.search.8.median"),
        Line("8 clients, p95", "http.search.8.p95"),
    ),
    "Search page of which few practices have all words, in turns with one of which enough have": (
        *NEAR,
    ),
    "The same on Elasticsearch": tuple(
        replace(line, name=f"elasticsearch.{line.name}") for line in NEAR
    ),
    "Practice page": (
        Line("median", "practice.median"),
        Line("p95", "practice.p95"),
        Line("not modified (304), median", "practice.unchanged.median"),
        Line("database queries, at most", "practice.queries", "", most=dict.fromkeys((0,), 10)),
        Line("8 clients over HTTP", "http.practice.8.rate", "requests/s"),
        Line("8 clients over HTTP, p95", "http.practice.8.p95"),
    ),
    "What peers come for, against the search page": (
        Line("map of a search, median", "peers.map"),
        Line("times the search page", "peers.map.ratio", "×", most={10_000: 2}),
        Line("gap map, median", "peers.gaps"),
        Line("times the search page", "peers.gaps.ratio", "×", most={10_000: 2}),
        Line("comparison of four practices, median", "peers.compare"),
        Line("times the search page", "peers.compare.ratio", "×", most={10_000: 2}),
        Line("search among comparable municipalities, median", "peers.comparable"),
        Line("all pairs of municipalities compared", "peers.pairs", most={0: 1_000}),
        Line("what a search box offers, median", "peers.completion", most={10_000: 20}),
    ),
    "Search page on a phone: slow 4G, a processor four times slower, an empty cache": (
        Line("largest contentful paint", "browser.lcp", most={10_000: 1_000}),
        Line("layout shift", "browser.shift", "", most={10_000: 0}),
        Line("weight, compressed", "browser.kilobytes", "kB", most={10_000: 60}),
        Line("requests", "browser.requests", "", most={10_000: 8}),
        Line("hosts", "browser.hosts", "", most={10_000: 1}),
    ),
    "10,000 subscribers to a search each are mailed of 100 new practices, over SMTP here": (
        Line("until everybody is served", "alerts.seconds", "s", most={10_000: 60}),
        Line("of which processor time", "alerts.processor", "s"),
        Line("mails", "alerts.mails", ""),
    ),
    "Index": (
        Line("published → found, median", "publish.median", most={10_000: 100}),
        Line("published → found, p95", "publish.p95", most={10_000: 100}),
        Line("published → found by its meaning, median", "publish.meaning.median", "s"),
        Line("published → found by its meaning, p95", "publish.meaning.p95", "s"),
        Line("rebuild from the database", "rebuild.seconds", "s", most={10_000: 30}),
        Line("rebuild, practices a second", "rebuild.rate", "/s"),
        Line("memory of each process", "index.memory", "MiB"),
        Line("memory after the 200 searches", "index.memory.used", "MiB"),
        Line("disk", "index.disk", "MiB"),
    ),
}


def with_ratios(results: Results) -> dict[int, dict[str, float]]:
    """The figures with what follows from comparing them."""
    complete: dict[int, dict[str, float]] = {}
    for size, values in results.items():
        smaller = results.get(size // 10, {})
        ratios = {
            name: above[upper] / below[lower]
            for name, above, upper, below, lower in (
                ("ratio.median", values, "modelsearch.median", values, "engine.median"),
                ("ratio.p95", values, "modelsearch.p95", values, "engine.p95"),
                (
                    "elastic.ratio",
                    values,
                    "modelsearch.elastic.median",
                    values,
                    "modelsearch.ours.median",
                ),
                ("elastic.over_floor", values, "elastic.median", values, "floor.median"),
                ("engine.growth", values, "engine.median", smaller, "engine.median"),
                ("peers.map.ratio", values, "peers.map", values, "search.median"),
                ("peers.gaps.ratio", values, "peers.gaps", values, "search.median"),
                ("peers.compare.ratio", values, "peers.compare", values, "search.median"),
                ("elastic.growth", values, "elastic.median", smaller, "elastic.median"),
                *_near_ratios(values),
            )
            if upper in above and lower in below
        }
        complete[size] = {**values, **ratios}
    return complete


def _near_ratios(values: Values) -> Iterator[tuple[str, Values, str, Values, str]]:
    for name in ("near", "elasticsearch.near"):
        for what in ("median", "p95", "rate"):
            near, exact = f"{name}.near.{what}", f"{name}.exact.{what}"
            yield f"{name}.ratio.{what}", values, near, values, exact
            now, before = f"{name}.now.{what}", f"{name}.before.{what}"
            yield f"{name}.over_before.{what}", values, now, values, before


def text(results: Results) -> str:
    """The table for a terminal."""
    sizes = sorted(results)
    lines = [description(), ""]
    for title, rows in _tables(results):
        lines.append(title)
        lines.append("".join([f"  {'practices':<48}", *(f"{size:>14,}" for size in sizes)]))
        lines += [
            "".join([f"  {row[0]:<48}", *(f"{cell:>14}" for cell in row[1:])]) for row in rows
        ]
        lines.append("")
    return "\n".join(lines)


def markdown(results: Results) -> str:
    """The table for the documentation."""
    sizes = sorted(results)
    lines = [
        "# Speed",
        "",
        f"Measured with `make bench`: {description()}.",
        "Times are medians of three passes, in milliseconds unless another unit is given;",
        "✓ and ✗ tell whether what was to be reached was.",
    ]
    for title, rows in _tables(results):
        lines += ["", f"## {title}", ""]
        lines.append("| practices | " + " | ".join(f"{size:,}" for size in sizes) + " |")
        lines.append("| --- |" + " --: |" * len(sizes))
        lines += ["| " + " | ".join(row) + " |" for row in rows]
    return "\n".join([*lines, ""])


def _tables(results: Results) -> Iterator[tuple[str, list[list[str]]]]:
    for title, lines in LINES.items():
        rows = [
            [_label(line), *(_cell(line, size, results[size]) for size in sorted(results))]
            for line in lines
            if any(line.name in values for values in results.values())
        ]
        if rows:
            yield title, rows


def _label(line: Line) -> str:
    return f"{line.label} ({line.unit})" if line.unit not in ("", "ms") else line.label


def _cell(line: Line, size: int, values: Values) -> str:
    value = values.get(line.name)
    if value is None:
        return "–"
    return _number(value) + _verdict(line, size, value)


def _number(value: float) -> str:
    if value >= 100 or value == int(value):
        return f"{value:,.0f}"
    return f"{value:.2f}" if value < 10 else f"{value:.1f}"


def _verdict(line: Line, size: int, value: float) -> str:
    """Whether a line reached what it should; a limit for size 0 holds for all sizes."""
    checks: list[Callable[[], bool]] = []
    most = line.most.get(size, line.most.get(0))
    least = line.least.get(size, line.least.get(0))
    if most is not None:
        checks.append(lambda: value <= most)
    if least is not None:
        checks.append(lambda: value >= least)
    return "" if not checks else " ✓" if all(check() for check in checks) else " ✗"
