"""The cms app: the site around the plugin."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CmsConfig(AppConfig):
    """Home page, editorial pages, accounts and theme."""

    name = "cms"
    verbose_name = _("Site")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the timed jobs."""
        from cms import jobs  # noqa: F401 (registers them)
