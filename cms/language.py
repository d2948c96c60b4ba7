"""The language of the site, which is that of all its pages."""

from typing import Any

from django.conf import settings
from wagtail.models import Locale


def follow_setting(**kwargs: Any) -> None:
    """Let the pages of a site that changed its LANGUAGE_CODE have that language (post_migrate).

    Wagtail finds no page whose locale is not among the languages of the settings.
    """
    locales = Locale.all_objects.using(kwargs["using"])
    if locales.filter(language_code=settings.LANGUAGE_CODE).exists():
        return
    if locales.count() == 1:
        locales.update(language_code=settings.LANGUAGE_CODE)
