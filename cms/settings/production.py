"""Production: HTTPS only, nothing assumed; refuses to start without its secrets."""

from django.core.exceptions import ImproperlyConfigured

from cms import logs

from .base import *  # noqa: F403 (a settings module extends its base)
from .base import BASE_URL, LOG_FORMAT, LOG_LEVEL, env

NEEDED = (
    "SECRET_KEY", "ALLOWED_HOSTS", "BASE_URL", "EMAIL_URL", "DEFAULT_FROM_EMAIL", "TRUSTED_PROXIES",
)  # fmt: skip

for _name in NEEDED:
    if not env.str(_name, ""):
        raise ImproperlyConfigured(f"Set {_name} in the environment: production needs it.")
if not BASE_URL.startswith("https://"):
    raise ImproperlyConfigured("BASE_URL must begin with https:// in production.")

DEMO_ACCOUNTS_ALLOWED = False

SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = True
# Asked from within, past the proxy that speaks HTTPS.
SECURE_REDIRECT_EXEMPT = [r"^gezondheid/", r"^intern/"]
SECURE_HSTS_SECONDS = 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-sessionid"
CSRF_COOKIE_NAME = "__Host-csrftoken"
CSRF_TRUSTED_ORIGINS = [BASE_URL]

LOGGING = logs.configuration(LOG_FORMAT or "json", LOG_LEVEL)
