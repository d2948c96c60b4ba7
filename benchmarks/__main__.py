"""`python -m benchmarks`: prepare, measure and report."""

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from pathlib import Path

from tqdm import tqdm

from benchmarks import report, sites
from benchmarks.figures import Figure
from benchmarks.sites import Site

MEASUREMENTS = ("engine", "pages", "server", "indexing")
MODELSEARCH = "modelsearch_way"
MODELSEARCH_MOST = 10_000


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


def _options() -> Namespace:
    every = (*MEASUREMENTS, MODELSEARCH)
    parser = ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 10_000, 100_000])
    parser.add_argument("--only", nargs="+", choices=every, default=every)
    parser.add_argument("--output", type=Path, help="also write the table as Markdown")
    return parser.parse_args()


def _suits(site: Site, name: str) -> bool:
    return name != MODELSEARCH or site.size <= MODELSEARCH_MOST


def _figures(site: Site, name: str) -> Iterator[Figure]:
    if name == MODELSEARCH:
        site = sites.with_modelsearch(site)
    return site.measure(name)


if __name__ == "__main__":
    main()
