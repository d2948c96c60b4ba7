"""Run a function of one measurement on the site that `DATA_DIR` names, and print its figures."""

import sys
from collections.abc import Iterable
from importlib import import_module

import django

from benchmarks.figures import Figure


def main(name: str, function: str = "measure") -> None:
    """Print the figures that `benchmarks.<name>.<function>` gives."""
    django.setup()
    figures: Iterable[Figure] = getattr(import_module(f"benchmarks.{name}"), function)()
    for figure in figures:
        print(figure.to_line(), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
