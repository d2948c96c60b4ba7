"""`manage.py demo`: a site that is set up, with the demo's practices and the demo's accounts."""

from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.demo.accounts import load_accounts
from cms.demo.content import load_content
from cms.tree.steps import STEPS
from practices.management.commands import setup
from practices.services.setup.plugin import INDEX
from search.management.piping import PipedCommand


class Command(PipedCommand):
    """Adds what is missing; run twice, it changes nothing."""

    help = gettext_lazy(
        "Set up the site; load demo practices, and demo accounts with a known password."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Refuse first, then load."""
        if not settings.DEMO_ACCOUNTS_ALLOWED:
            raise CommandError(
                _(
                    "The demo has accounts with a password that everybody knows, so these settings "
                    "do not allow it. A real site begins with: manage.py setup --admin ADDRESS"
                )
            )
        self._set_up()
        content = load_content()
        names = load_accounts()
        self.stdout.write(
            _(
                "Demo: %(practices)d practices, %(signposts)d WegWijzers and %(accounts)d accounts "
                "added."
            )
            % {
                "practices": content.practices,
                "signposts": content.signposts,
                "accounts": len(names),
            }
        )

    def _set_up(self) -> None:
        """All of it but the index, which is built when the demo is there."""
        command = setup.Command()
        command.stdout = self.stdout
        command.take([step for step in STEPS if step is not INDEX])
