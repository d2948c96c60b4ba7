"""`manage.py review_due`: ask the authors of old practices whether they are still right."""

from typing import Any

from django.utils.translation import gettext_lazy, ngettext

from practices.services.moderation.reviews import send_due_reviews
from search.management.piping import PipedCommand


class Command(PipedCommand):
    """Sends what is due today; run twice, it sends nothing twice."""

    help = gettext_lazy(
        "Mail the authors of practices that were published or confirmed two years ago."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Run the job once."""
        count = send_due_reviews()
        self.stdout.write(
            ngettext("%(count)d mail sent.", "%(count)d mails sent.", count) % {"count": count}
        )
