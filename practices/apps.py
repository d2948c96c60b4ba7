"""The practices app: its signal handlers and its search index are registered when it is ready."""

from django.apps import AppConfig
from django.core import checks
from django.utils.translation import gettext_lazy as _


class PracticesConfig(AppConfig):
    """Municipal practices, published as Wagtail pages and found by facets."""

    name = "practices"
    verbose_name = _("Practices")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Give the models what they need, and connect what hears of changes."""
        from django.contrib.auth.signals import user_logged_in

        from practices import signals, wiring
        from practices.admin.login import note_login
        from practices.api import jobs as api_jobs  # noqa: F401 (registers them)
        from practices.indexes import lessons, practices  # noqa: F401 (register the indexes)
        from practices.indexes.likeness import jobs as likeness_jobs  # noqa: F401 (likewise)
        from practices.services.alerts import jobs as alert_jobs  # noqa: F401 (registers them)
        from practices.services.considerations import jobs as considering_jobs  # noqa: F401 (likewise)
        from practices.services.moderation import jobs  # noqa: F401 (registers them)
        from practices.services.moderation import signals as moderation_signals
        from practices.services.pdf import checks as pdf_checks  # noqa: F401 (likewise)
        from practices.services.pdf import jobs as take_along_jobs  # noqa: F401 (likewise)
        from practices.services.reorganisation import jobs as reorganisation_jobs  # noqa: F401 (likewise)
        from practices.services.unanswered import jobs as figures_jobs  # noqa: F401 (registers them)

        checks.register(wiring.all_is_given)
        wiring.give()
        signals.connect()
        moderation_signals.connect()
        user_logged_in.connect(note_login)
