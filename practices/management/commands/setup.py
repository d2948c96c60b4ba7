"""`manage.py setup`: everything between an installed and a working site, without demo content."""

from argparse import ArgumentParser
from collections.abc import Sequence
from typing import Any

from django.core.management.base import CommandError
from django.db import DatabaseError, InterfaceError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from practices.services.people.selectors import administrators
from practices.services.setup import plugin
from practices.services.setup.steps import SetupError, Step
from practices.services.setup.turn import alone
from search.management.piping import PipedCommand


class Command(PipedCommand):
    """Does what is missing, and says so; run twice, the second time changes nothing."""

    help = gettext_lazy(
        "Make or complete a site: tables, pages, groups, review, vocabularies, index; and invite "
        "its first administrator."
    )
    steps: Sequence[Step] = plugin.STEPS

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Who administers the site."""
        parser.add_argument(
            "--admin", metavar="ADDRESS", help=_("e-mail address of the first administrator")
        )
        parser.add_argument(
            "--again", action="store_true", help=_("send a new link to who was invited before")
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Take the steps one by one."""
        email, again = options["admin"], options["again"]
        if again and not email:
            raise CommandError(_("--again belongs to --admin ADDRESS."))
        steps = list(self.steps)
        if email:
            steps.append(plugin.administrator(email=email, is_again=again))
        self.take(steps)
        self._say_done(email)

    def take(self, steps: Sequence[Step]) -> None:
        """Take these steps, alone; raises `CommandError` with what to do."""
        try:
            with alone(self._tell_of_other):
                for number, step in enumerate(steps, 1):
                    self._write(f"{number}/{len(steps)} {step.title} …")
                    for sentence in step.do() or [_("nothing to do")]:
                        self._write(f"    {sentence}")
        except SetupError as error:
            raise CommandError(str(error)) from error
        except (DatabaseError, InterfaceError) as error:
            raise CommandError(
                _(
                    "The database does not do what is asked: %(error)s See to the database that "
                    "the settings name."
                )
                % {"error": " ".join(str(error).split())}
            ) from error
        except OSError as error:
            raise CommandError(
                _("The system does not do what is asked: %(error)s. See to who owns that folder.")
                % {"error": error}
            ) from error

    def _tell_of_other(self) -> None:
        self._write(_("Another setup runs; this one waits until it has ended …"))

    def _say_done(self, email: str | None) -> None:
        self._write(_("The site is set up."))
        if not email and not administrators().exists():
            self._write(_("Nobody administers it yet: manage.py setup --admin name@example.org"))

    def _write(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()
