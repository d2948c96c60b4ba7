"""The practices app: names everything when it is ready, decides nothing."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PracticesConfig(AppConfig):
    """Municipal practices, published as Wagtail pages and found by facets."""

    name = "practices"
    verbose_name = _("Practices")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Give the models what they need, and connect what hears of changes."""
        # Registration; all of it knows models, which are there only when the app is ready.
        from practices import signals, wiring

        wiring.register()
        signals.connect()
