"""`manage.py review_due`: ask the authors of old practices whether they are still right."""

from typing import Any

from django.core.management.base import BaseCommand

from practices.services.moderation.reviews import send_due_reviews


class Command(BaseCommand):
    """Sends what is due today; run twice, it sends nothing twice."""

    help = "Mail the authors of practices that were published or confirmed two years ago."

    def handle(self, *args: Any, **options: Any) -> None:
        """Run the job once."""
        self.stdout.write(f"{send_due_reviews()} mails sent.")
