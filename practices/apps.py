"""The practices app: names everything when it is ready, decides nothing."""

from importlib.util import find_spec
from types import ModuleType

from django.apps import AppConfig, apps
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

OTHER_SEARCH = (
    "Another app named `search` stands in the place of the one that comes with `practices`. "
    "`wagtail start` makes such an app: remove its folder `search/`, and from urls.py the lines "
    "with `search_views`. Does your site need it? Then rename that folder."
)
NO_SEARCH = "Add 'search' to INSTALLED_APPS, after 'practices': it comes with it."


class PracticesConfig(AppConfig):
    """Municipal practices, published as Wagtail pages and found by facets."""

    name = "practices"
    verbose_name = _("Practices")
    default_auto_field = "django.db.models.BigAutoField"

    def __init__(self, app_name: str, app_module: ModuleType | None) -> None:
        # Before any model is imported, which would say less of what is wrong.
        if find_spec("search.engines") is None:
            raise ImproperlyConfigured(OTHER_SEARCH)
        super().__init__(app_name, app_module)

    def import_models(self) -> None:
        """Raise `ImproperlyConfigured` where `search` was forgotten; its models are needed."""
        if "search" not in {config.name for config in apps.app_configs.values()}:
            raise ImproperlyConfigured(NO_SEARCH)
        super().import_models()

    def ready(self) -> None:
        """Give the models what they need, and connect what hears of changes."""
        # Registration; all of it knows models, which are there only when the app is ready.
        from practices import signals, wiring

        wiring.register()
        signals.connect()
