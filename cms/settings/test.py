"""Tests: a database, an index and files of their own, plain static files, quick passwords."""

import atexit
import os
import shutil
import tempfile

if "DATA_DIR" not in os.environ:
    # Each process of the tests has a folder of its own.
    os.environ["DATA_DIR"] = tempfile.mkdtemp(prefix="wegwijzer-test-")
    atexit.register(shutil.rmtree, os.environ["DATA_DIR"], ignore_errors=True)

from .base import *  # noqa: F403 (DATA_DIR must be set before the base is read)
from .base import CACHES, STATIC_ROOT

SECRET_KEY = "only-for-tests"  # noqa: S105 (no secret: tests only)
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
SEARCH_STANDBY = ""  # a test that wants one says so
EMAIL_DELIVERY_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# No worker runs beside the tests, on PostgreSQL neither.
TASKS = {"default": {"BACKEND": "search.kept.KeptBackend"}}
# Setting a PDF takes a second: tests that want one say so.
CACHES = {alias: cache for alias, cache in CACHES.items() if alias != "shelf"}
# WhiteNoise warns about a folder that only `collectstatic` makes.
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
