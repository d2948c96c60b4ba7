"""The embedded default: SQLite, tantivy and local files, without any setting needed.

Everything that differs between machines comes from the environment; the README has the table.
"""

import os
from datetime import date
from pathlib import Path

from csp.constants import NONE, SELF
from django.conf.locale import LANG_INFO
from django.core.exceptions import ImproperlyConfigured
from django.core.management.utils import get_random_secret_key
from environs import Env, validate

from cms import logs

env = Env()

BASE_DIR = Path(__file__).resolve().parents[2]
# Whole, because the address of the index is made of it: of `var` the index would lie in `/index`.
DATA_DIR: Path = env.path("DATA_DIR", BASE_DIR / "var").resolve()
try:
    DATA_DIR.mkdir(parents=True, exist_ok=True)
except OSError as error:
    raise ImproperlyConfigured(f"DATA_DIR cannot be made: {error}.") from error

DEBUG = False


def _whole(named: str) -> str:
    """A file or folder by its whole name, the same wherever a process starts; empty: none."""
    return str(Path(named).resolve()) if named else ""


def _local_secret_key() -> str:
    """A key of this data folder's own, so that sessions survive a restart; not for production."""
    path = DATA_DIR / "secret-key"
    try:
        if not path.exists():
            new = DATA_DIR / f"secret-key.{os.getpid()}"
            new.touch(mode=0o600)
            new.write_text(get_random_secret_key())
            try:
                # Of two processes that begin at once, the first has made it, whole.
                path.hardlink_to(new)
            except FileExistsError:
                pass
            except OSError:  # Some file systems have no links.
                new.replace(path)
            new.unlink(missing_ok=True)
        return path.read_text()
    except OSError as error:
        raise ImproperlyConfigured(f"DATA_DIR cannot be used: {error}.") from error


SECRET_KEY = env.str("SECRET_KEY", "") or _local_secret_key()
ALLOWED_HOSTS: list[str] = env.list("ALLOWED_HOSTS", ["127.0.0.1", "localhost", "[::1]"])

INSTALLED_APPS = [
    "cms",
    "practices",
    "search",
    "wagtail_modeladmin",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.admin",
    "wagtail",
    "modelsearch",
    "django_tasks",
    "django_tasks_db",
    "django_guid",
    "modelcluster",
    "taggit",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.sitemaps",
    "django_htmx",
]

MIDDLEWARE = [
    "cms.request_ids.ForgetStrangeIds",
    "django_guid.middleware.guid_middleware",
    "cms.metrics.middleware.count_requests",
    "django.middleware.security.SecurityMiddleware",
    "cms.content_security.ContentSecurity",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "cms.read_only.refuse_writes",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

ROOT_URLCONF = "cms.urls"
WSGI_APPLICATION = "cms.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "cms.context_processors.site",
            ]
        },
    }
]

DATABASES = {
    "default": env.dj_db_url("DATABASE_URL", f"sqlite:///{DATA_DIR / 'wegwijzer.sqlite3'}")
}
DATABASES["default"]["CONN_MAX_AGE"] = 600
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    if DATABASES["default"]["NAME"] != ":memory:":
        DATABASES["default"]["NAME"] = _whole(str(DATABASES["default"]["NAME"]))
    # Readers never wait for the writer (WAL); writers wait for each other instead of failing.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
elif DATABASES["default"]["ENGINE"].endswith("postgresql"):
    # A database that is away is noticed within seconds, and nothing waits for a lock for ever; nor
    # for a server that keeps the connection and says nothing (`cms/postgresql/base.py`).
    DATABASES["default"]["ENGINE"] = "cms.postgresql"
    # In milliseconds where no unit stands; what DATABASE_URL says itself wins.
    DATABASES["default"]["OPTIONS"] = {
        "connect_timeout": 3,
        "tcp_user_timeout": 10_000,
        "keepalives_idle": 30,
        "options": "-c statement_timeout=60s -c lock_timeout=10s"
        # Compiling a query of ours takes longer than running it.
        " -c idle_in_transaction_session_timeout=120s -c jit=off",
        **DATABASES["default"].get("OPTIONS", {}),
    }
# What all processes count together, guesses at a password for one, stands in the database.
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    "shared": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cms_sharedcache",
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    },
    # PDFs and pictures of practices: made once, and given by every server.
    "shelf": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cms_shelf",
        "OPTIONS": {"MAX_ENTRIES": 10_000},
    },
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "practices.admin.validators.LongEnough",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

# One language a site; the `locale/` of each package has a folder for each that it can be.
LANGUAGE_CODE: str = env.str("LANGUAGE_CODE", "nl")
LANGUAGES = [(LANGUAGE_CODE, LANG_INFO.get(LANGUAGE_CODE, {}).get("name_local", LANGUAGE_CODE))]
TIME_ZONE = "Europe/Amsterdam"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
# Where the admin shows pictures, by our own view (`cms/pictures.py`); no folder is served.
MEDIA_URL = "/afbeeldingen/"
MEDIA_ROOT = DATA_DIR / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "cms.static_files.Storage"},
}

# Wagtail's admin searches with its own database backend, never with the public search engine.
MODELSEARCH_BACKENDS = {"default": {"BACKEND": "modelsearch.backends.database"}}
# Tasks run in the same process, or on a grown site in a worker.
IS_GROWN = DATABASES["default"]["ENGINE"].endswith("postgresql")
TASKS = {
    "default": {
        "BACKEND": "django_tasks_db.DatabaseBackend" if IS_GROWN else "search.kept.KeptBackend"
    }
}

BASE_URL: str = env.str("BASE_URL", "http://localhost:8000").rstrip("/")
WAGTAILADMIN_BASE_URL = BASE_URL
WAGTAIL_SITE_NAME = "WegWijzer"
WAGTAILADMIN_RICH_TEXT_EDITORS = {"default": {"WIDGET": "cms.rich_text.LabelledRichTextArea"}}
WAGTAILDOCS_EXTENSIONS = ["pdf", "odt", "ods", "docx", "xlsx", "pptx", "txt", "csv"]
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILIMAGES_EXTENSIONS = ["gif", "jpg", "jpeg", "png", "webp", "avif", "heic"]
# Who chooses a file reads beforehand how large it may be. In bytes, and pixels of all frames.
WAGTAILDOCS_MAX_UPLOAD_SIZE = WAGTAILIMAGES_MAX_UPLOAD_SIZE = 10 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 25_000_000
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_ALLOW_UNICODE_SLUGS = False
WAGTAIL_I18N_ENABLED = False

# `manage.py demo` may make accounts with a password that everybody knows.
DEMO_ACCOUNTS_ALLOWED = True

SEARCH_URL: str = env.str("SEARCH_URL", f"tantivy://{DATA_DIR / 'index'}")
SEARCH_STANDBY: str = _whole(env.str("SEARCH_STANDBY", str(DATA_DIR / "standby")))

_email = env.dj_email_url("EMAIL_URL", "console:")
if "EMAIL_BACKEND" not in _email:
    raise ImproperlyConfigured("EMAIL_URL must look like submission://user:password@host:587.")
globals().update({k: v for k, v in _email.items() if k.startswith("EMAIL_")})
# A mail waits in the database, whoever sends it, until a thread has brought it to the server.
EMAIL_DELIVERY_BACKEND: str = _email["EMAIL_BACKEND"]
EMAIL_BACKEND = "practices.services.mails.backend.QueueBackend"
EMAIL_TIMEOUT: int = _email.get("EMAIL_TIMEOUT") or 10
DEFAULT_FROM_EMAIL: str = env.str("DEFAULT_FROM_EMAIL", "wegwijzer@localhost")

SECURE_REFERRER_POLICY = "same-origin"
# Nothing of other hosts, and no script or style within a page; see `cms/content_security.py`.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [SELF],
    }
}
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_HTTPONLY = False

# How many proxies of our own stand before the site: so far X-Forwarded-For is believed, and with
# one at least an X-Request-ID.
TRUSTED_PROXIES: int = env.int("TRUSTED_PROXIES", 0)
DJANGO_GUID = {"GUID_HEADER_NAME": "X-Request-ID", "EXPOSE_HEADER": False}

# A file that each backup touches; the site says when it gets old. Empty: nobody watches.
BACKUP_STAMP: str = _whole(env.str("BACKUP_STAMP", ""))

# Whom to tell of a weakness, and until when that holds: without both there is no security.txt.
SECURITY_CONTACT: str = env.str("SECURITY_CONTACT", "")
SECURITY_EXPIRES: date | None = env.date("SECURITY_EXPIRES", None)

# Who knows it may read /intern/metrics; without one nobody may.
STYLE_PAGE: bool = env.bool("STYLE_PAGE", False)

METRICS_TOKEN: str = env.str("METRICS_TOKEN", "")

LOG_LEVEL: str = env.str("LOG_LEVEL", "INFO", validate=validate.OneOf(logs.LEVELS))
LOG_FORMAT: str = env.str("LOG_FORMAT", "", validate=validate.OneOf(logs.FORMATS))
LOGGING = logs.configuration(LOG_FORMAT or "text", LOG_LEVEL)

# The plugin; all keys stand in docs/plugin.md.
WEGWIJZER = {
    "TRUSTED_PROXIES": TRUSTED_PROXIES,
    # How often a minute one address may ask, over all processes; 0: as often as it wants.
    "API_LIMIT": env.int("API_LIMIT", 120),
    "ONLY_PRACTICES": True,
}

# What was approved is what is published, and the site sends its own mails about it.
WAGTAIL_WORKFLOW_REQUIRE_REAPPROVAL_ON_EDIT = True
WAGTAIL_FINISH_WORKFLOW_ACTION = "practices.services.moderation.finish.publish_approved"
WAGTAILADMIN_NOTIFICATION_INCLUDE_SUPERUSERS = False

# People (practices.services.people): officials see only what is theirs, log in by e-mail address,
# and get an account by invitation only; an address that was invited is known to be theirs, so it
# stays.
MIDDLEWARE += [
    "practices.middleware.KnownBrowserMiddleware",
    "practices.middleware.SessionEndMiddleware",
    "practices.middleware.PlainQueryMiddleware",
    "practices.middleware.AllowListMiddleware",
]
AUTHENTICATION_BACKENDS = ["practices.auth_backends.EmailBackend"]
WAGTAILDOCS_DOCUMENT_FORM_BASE = "practices.admin.documents.ReviewedDocumentForm"
WAGTAILIMAGES_IMAGE_FORM_BASE = "practices.admin.files.PictureForm"
WAGTAILADMIN_USER_LOGIN_FORM = "practices.admin.login.EmailLoginForm"
WAGTAILADMIN_USER_PASSWORD_RESET_FORM = "practices.admin.passwords.QuietPasswordResetForm"  # noqa: S105 (a form, no secret)
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
LOGIN_URL = "wagtailadmin_login"
