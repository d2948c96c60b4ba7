"""`manage.py synthetic N --seed S`: add fictional practices; `--remove` takes all of them away."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cms.synthetic.remove import remove_synthetic
from cms.synthetic.write import add_synthetic
from practices.models import MunicipalityIndexPage, Term
from search.management.piping import PipedCommand


class Command(PipedCommand):
    """Fictional practices for load and tests, over all municipalities and terms."""

    help = gettext_lazy("Add fictional practices, visibly marked, or remove all of them.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Either a number or `--remove`."""
        parser.add_argument("count", nargs="?", type=int, help=_("how many practices to add"))
        parser.add_argument(
            "--seed", type=int, default=1, help=_("the same seed gives the same practices")
        )
        parser.add_argument(
            "--remove", action="store_true", help=_("remove all fictional practices, of any seed")
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Add or remove, and say how many."""
        count, remove = options["count"], options["remove"]
        if (count is None) == (not remove):
            raise CommandError(_("Give either a number of practices or --remove."))
        if remove:
            removed = remove_synthetic()
            self.stdout.write(
                ngettext(
                    "Removed %(count)d fictional practice.",
                    "Removed %(count)d fictional practices.",
                    removed,
                )
                % {"count": removed}
            )
            return
        if count < 0 or options["seed"] < 0:
            raise CommandError(_("The number and the seed cannot be negative."))
        if not (Term.objects.exists() and MunicipalityIndexPage.objects.exists()):
            raise CommandError(
                _("There are no terms or no list of municipalities yet. First run: manage.py setup")
            )
        add_synthetic(count=count, seed=options["seed"])
        self.stdout.write(
            ngettext(
                "Added %(count)d fictional practice (seed %(seed)d).",
                "Added %(count)d fictional practices (seed %(seed)d).",
                count,
            )
            % {"count": count, "seed": options["seed"]}
        )
