"""The middleware of the plugin: name these addresses in the setting MIDDLEWARE; they stay."""

from practices.admin.allow_list import AllowListMiddleware
from practices.admin.login import KnownBrowserMiddleware
from practices.admin.plain_queries import PlainQueryMiddleware
from practices.admin.sessions import SessionEndMiddleware

__all__ = [
    "AllowListMiddleware",
    "KnownBrowserMiddleware",
    "PlainQueryMiddleware",
    "SessionEndMiddleware",
]
