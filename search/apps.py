"""The search app: registers its checks and housekeeping when it is ready."""

from django.apps import AppConfig
from django.core.checks import register
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    """Faceted search with an outbox that loses nothing."""

    name = "search"
    verbose_name = _("Search")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Refuse to start when `SEARCH_URL` is wrong; register timed jobs and a check."""
        # Registration; these know models, which are there only when the app is ready.
        from search.engines.checks import check_search, check_url
        from search.running import housekeeping  # noqa: F401 (registers them)

        check_url()
        register(check_search)
