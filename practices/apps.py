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
        from practices.indexes import lessons, practices  # noqa: F401 (register the indexes)
        from practices.services.jobs import jobs
        from practices.services.moderation import signals as moderation_signals
        from practices.services.pdf import checks as pdf_checks  # noqa: F401 (likewise)
        from practices.services.pdf import jobs as pdf_jobs  # noqa: F401 (registers it)
        from search.running.jobs import register

        checks.register(wiring.all_is_given)
        wiring.give()
        register(jobs)
        signals.connect()
        moderation_signals.connect()
        user_logged_in.connect(note_login)
