"""`manage.py reference`: load terms, synonyms and municipalities."""

from argparse import ArgumentParser
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from practices.services.reference.load import load_reference
from search.management.piping import PipedCommand


class Command(PipedCommand):
    """Fills the registers that are empty; run twice, it changes nothing."""

    help = gettext_lazy(
        "Load terms, synonyms and municipalities into the registers that are still empty."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """`--missing` after an upgrade, `--update` for newer figures."""
        parser.add_argument(
            "--missing",
            action="store_true",
            help=_("also add what the files have and a filled register lacks (after an upgrade)"),
        )
        parser.add_argument(
            "--update",
            action="store_true",
            help=_("give existing municipalities the facts of CBS in the file"),
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Load, and say in one line what was added."""
        loaded = load_reference(missing=options["missing"], update=options["update"])
        self.stdout.write(
            _(
                "Reference data added: terms: %(terms)d, groups of synonyms: %(synonyms)d, "
                "municipalities: %(municipalities)d. Municipalities updated: %(updated)d."
            )
            % {
                "terms": loaded.terms,
                "synonyms": loaded.synonyms,
                "municipalities": loaded.municipalities,
                "updated": loaded.updated,
            }
        )
