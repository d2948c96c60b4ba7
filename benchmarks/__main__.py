"""`python -m benchmarks`: prepare, measure and report."""

import os
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from pathlib import Path

from tqdm import tqdm

from benchmarks import near, plot, report, sites
from benchmarks.figures import Figure
from benchmarks.sites import Site

MEASUREMENTS = ("engine", "pages", "peers", "browser", "server", "alerts", "indexing", "meanings")
NEAR = "near"
MODELSEARCH = "modelsearch_way"
MODELSEARCH_MOST = 10_000
ELASTICSEARCH = "elasticsearch"


def main() -> None:
    """Measure each size, and write the table."""
    options = _options()
    made = sites.prepare(options.sizes)
    runs = [(site, name) for site in made for name in options.only if _suits(site, name)]
    results: dict[int, dict[str, float]] = {site.size: {} for site in made}
    for site, name in tqdm(runs, desc="Measuring", unit="", disable=not sys.stderr.isatty()):
        results[site.size] |= {figure.name: figure.value for figure in _figures(site, name)}
    complete = report.with_ratios(results)
    print(report.text(complete))
    if options.output:
        options.output.write_text(report.markdown(complete), encoding="utf-8")
        plot.write(complete, options.output.with_suffix(".svg"))


def _options() -> Namespace:
    every = (*MEASUREMENTS, NEAR, MODELSEARCH, ELASTICSEARCH)
    parser = ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 10_000, 100_000])
    parser.add_argument("--only", nargs="+", choices=every, default=every)
    parser.add_argument("--output", type=Path, help="also write the table as Markdown")
    return parser.parse_args()


def _suits(site: Site, name: str) -> bool:
    if name == ELASTICSEARCH:
        return bool(_elasticsearch())
    return name != MODELSEARCH or site.size <= MODELSEARCH_MOST


def _figures(site: Site, name: str) -> Iterator[Figure]:
    if name == MODELSEARCH:
        yield from sites.with_modelsearch(site).measure(name)
    elif name == NEAR:
        yield from near.figures(site, NEAR)
    elif name == ELASTICSEARCH:
        yield from _elasticsearch_figures(site)
    else:
        yield from site.measure(name)


def _elasticsearch() -> str:
    """The Elasticsearch that `make services` started, or that is named in the environment."""
    return os.environ.get("ELASTICSEARCH_URL", "").rstrip("/")


def _elasticsearch_figures(site: Site) -> Iterator[Figure]:
    grown = site.on(SEARCH_URL=f"{_elasticsearch()}/bench-{site.size}")
    yield from grown.measure(ELASTICSEARCH, "fill")
    yield from grown.measure(ELASTICSEARCH)
    yield from near.figures(grown, f"{ELASTICSEARCH}.{NEAR}")
    if site.size == MODELSEARCH_MOST:
        yield from grown.measure("server", "measure_elasticsearch")
        other = sites.with_modelsearch(site).on(
            SEARCH_URL=f"{_elasticsearch()}/bench-{site.size}",
            BENCH_MODELSEARCH_URL=_elasticsearch(),
        )
        list(other.measure(MODELSEARCH, "prepare"))
        yield from other.measure(MODELSEARCH)


if __name__ == "__main__":
    main()
