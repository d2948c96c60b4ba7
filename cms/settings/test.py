"""Tests: a database, an index and files of their own, plain static files, quick passwords."""

import os
import tempfile
from pathlib import Path

# Each worker of pytest-xdist has a folder of its own.
_worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
_folder = Path(tempfile.gettempdir()) / f"wegwijzer-test-{os.getuid()}-{_worker}"
os.environ.setdefault("DATA_DIR", str(_folder))

from .base import *  # noqa: E402, F403 (DATA_DIR must be set before the base is read)
from .base import STATIC_ROOT  # noqa: E402 (as above)

SECRET_KEY = "only-for-tests"  # noqa: S105 (no secret: tests only)
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# WhiteNoise warns about a folder that only `collectstatic` makes.
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
