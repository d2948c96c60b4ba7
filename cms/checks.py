"""Django's checks of the settings of this site."""

from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.utils.translation import to_locale

SHORTEST_TOKEN = 32
CATALOGUE = "LC_MESSAGES/django.mo"
PACKAGES = ("cms", "practices", "search")


@register(Tags.security, deploy=True)
def metrics_token_is_long(**kwargs: Any) -> list[CheckMessage]:
    """Nobody should be able to guess the token that opens the measurements."""
    if not settings.METRICS_TOKEN or len(settings.METRICS_TOKEN) >= SHORTEST_TOKEN:
        return []
    return [
        Warning(
            f"METRICS_TOKEN has fewer than {SHORTEST_TOKEN} characters.",
            hint="Make one with: openssl rand -hex 32",
            id="cms.W001",
        )
    ]


@register(Tags.translation)
def language_has_texts(**kwargs: Any) -> list[CheckMessage]:
    """A site in a language without a translation would be half English."""
    language = to_locale(settings.LANGUAGE_CODE)
    if any((Path(path) / language / CATALOGUE).exists() for path in settings.LOCALE_PATHS):
        return []
    return [
        Error(
            f"LANGUAGE_CODE is {settings.LANGUAGE_CODE}, "
            f"but there is no {package}/locale/{language}/{CATALOGUE}.",
            hint="The README tells how to add a language.",
            id="cms.E001",
        )
        for package in PACKAGES
        if not Path(apps.get_app_config(package).path, "locale", language, CATALOGUE).exists()
    ]
