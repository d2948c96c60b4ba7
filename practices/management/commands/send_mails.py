"""Send the mails that wait, for a site on which no server or worker does so by itself."""

from typing import Any

from django.core.management.base import CommandError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from practices.services.mails.delivery import ServerAwayError, deliver_due
from search.management.piping import PipedCommand


class Command(PipedCommand):
    """Safe to repeat, and beside servers and workers."""

    help = gettext_lazy(
        "Send the mails that wait, for a site on which no server or worker does so by itself."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Say how many were sent. Raises `CommandError` where the mail server takes nothing."""
        try:
            count = deliver_due()
        except ServerAwayError as error:
            raise CommandError(
                _("The mail server takes no mail: %(error)s. All waits.") % {"error": error}
            ) from None
        self.stdout.write(
            ngettext("%(count)d mail sent.", "%(count)d mails sent.", count) % {"count": count}
        )
