"""Send the mails that wait, for a site on which no server or worker does so by itself."""

from typing import Any

from django.core.management.base import CommandError

from practices.services.mails.delivery import ServerAwayError, deliver_due
from search.management.piping import PipedCommand


class Command(PipedCommand):
    """Safe to repeat, and beside servers and workers."""

    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        """Say how many were sent. Raises `CommandError` where the mail server takes nothing."""
        try:
            self.stdout.write(f"Sent: {deliver_due()}")
        except ServerAwayError as error:
            raise CommandError(f"The mail server takes no mail: {error}. All waits.") from None
