"""The site with the texts of the pseudo language; LANGUAGE_CODE is set as anybody does."""

from cms.settings.base import *  # noqa: F403 (settings)
from cms.settings.base import env

LOCALE_PATHS = [env.path("PSEUDO_LOCALE")]
