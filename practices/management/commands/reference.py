"""`manage.py reference`: load terms, synonyms and municipalities."""

from argparse import ArgumentParser
from typing import Any

from practices.services.reference.load import load_reference
from search.management.piping import PipedCommand


class Command(PipedCommand):
    """Fills the registers that are empty; run twice, it changes nothing."""

    help = "Load terms, synonyms and municipalities into the registers that are still empty."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """`--missing` after an upgrade, `--update` for newer figures."""
        parser.add_argument(
            "--missing",
            action="store_true",
            help="also add what the files have and a filled register lacks (after an upgrade)",
        )
        parser.add_argument(
            "--update",
            action="store_true",
            help="give existing municipalities the facts of CBS in the file",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Load, and say in one line what was added."""
        loaded = load_reference(missing=options["missing"], update=options["update"])
        self.stdout.write(
            f"Reference data: {loaded.terms} terms, {loaded.synonyms} groups of synonyms and "
            f"{loaded.municipalities} municipalities added, {loaded.updated} updated."
        )
