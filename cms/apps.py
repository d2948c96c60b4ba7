"""The cms app: the site around the plugin."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class CmsConfig(AppConfig):
    """Home page, editorial pages, accounts and theme."""

    name = "cms"
    verbose_name = _("Site")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Check the settings, register the timed jobs, give pages their form, begin to measure."""
        # Registration; these know models, which are there only when the app is ready.
        from cms import checks, jobs, language  # noqa: F401 (registers)
        from cms.metrics import signals  # noqa: F401 (connects)
        from cms.models import EditorialPage, HomePage
        from cms.readiness import questions  # noqa: F401 (registers)
        from practices.admin.reach.forms import WithinReach

        HomePage.base_form_class = EditorialPage.base_form_class = WithinReach

        post_migrate.connect(language.follow_setting, sender=self)
