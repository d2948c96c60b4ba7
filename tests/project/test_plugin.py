"""The plugin in somebody else's Wagtail project, made as `docs/plugin.md` says."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

# A project is made, with all its migrations.
pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[2]
GUIDE = (ROOT / "docs/plugin.md").read_text()
SETTINGS_BLOCK, URLS_BLOCK = re.findall(r"```python\n(.*?)```", GUIDE, re.DOTALL)
[BASE] = re.findall(r"```html\n(.*?)```", GUIDE, re.DOTALL)
COMMANDS = re.findall(r"^python manage.py (\w+)", GUIDE, re.MULTILINE)

SETTINGS = """
SECRET_KEY = "plain"
ALLOWED_HOSTS = ["*"]
INSTALLED_APPS = [
    "wagtail.contrib.redirects", "wagtail.embeds", "wagtail.sites", "wagtail.users",
    "wagtail.snippets", "wagtail.documents", "wagtail.images", "wagtail.admin", "wagtail",
    "modelsearch", "django_tasks", "modelcluster", "taggit",
    "django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions",
    "django.contrib.messages", "django.contrib.staticfiles",
]
MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
]
ROOT_URLCONF = "plain.urls"
TEMPLATES = [{
    "BACKEND": "django.template.backends.django.DjangoTemplates",
    "DIRS": [BASE_DIR / "templates"],
    "APP_DIRS": True,
    "OPTIONS": {"context_processors": [
        "django.template.context_processors.request",
        "django.contrib.auth.context_processors.auth",
        "django.contrib.messages.context_processors.messages",
    ]},
}]
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": BASE_DIR / "db.sqlite3"}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
LANGUAGE_CODE = "nl"
STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"},
}
WAGTAIL_SITE_NAME = "Plain"
WAGTAILADMIN_BASE_URL = "http://localhost"
WAGTAILDOCS_EXTENSIONS = ["pdf"]
"""

URLS = """
from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls
"""

PUBLISH = """
import django
django.setup()
from django.test import Client
from wagtail.models import Page, Site
from practices.models import Municipality, MunicipalityIndexPage, PracticePage
from practices.services.record import ensure_municipality_page

home = Site.objects.get().root_page
home.add_child(instance=MunicipalityIndexPage(title="Gemeenten", slug="gemeenten"))
page = ensure_municipality_page(municipality=Municipality.objects.get(code="GM0513"))
practice = PracticePage(title="Lunch over duiden", slug="lunch", live=False)
page.add_child(instance=practice)
practice.save_revision().publish()

found = Client().get("/praktijken.json?q=lunch").json()
assert found["total"] == 1, found
(result,) = found["results"]
assert result["municipality"]["name"] == "Gouda", result
for address in ("/praktijken/", result["url"], "/gemeenten/gouda/", "/gemeenten/",
                "/api/v1/", "/api/v1/openapi.json", "/api/v1/praktijken?vorm=training",
                f"/praktijken/vergelijk/?p={practice.pk}", "/praktijken/kaart/", "/lessen/"):
    response = Client().get(address)
    assert response.status_code == 200, (address, response.status_code)
body = Client().get("/praktijken/").content.decode()
assert "1 praktijk" in body, "not in Dutch"
assert "/static/practices/css/practices." in body, "without its look"
print("published and found")
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A Wagtail project that knows nothing of `cms`."""
    package = tmp_path / "plain"
    package.mkdir()
    (package / "__init__.py").touch()
    (package / "settings.py").write_text(
        f"from pathlib import Path\nBASE_DIR = Path({str(tmp_path)!r})\n{SETTINGS}{SETTINGS_BLOCK}"
    )
    (package / "urls.py").write_text(URLS + URLS_BLOCK)
    templates = tmp_path / "templates"
    templates.mkdir()
    (templates / "base.html").write_text(BASE)
    (tmp_path / "publish.py").write_text(PUBLISH)
    return tmp_path


def run(project: Path, *command: str) -> str:
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "plain.settings",
        "PYTHONPATH": f"{project}{os.pathsep}{ROOT}",
    }
    done = subprocess.run(
        [sys.executable, *command],
        cwd=project,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout


def test_a_plain_wagtail_project_publishes_and_finds_a_practice(project: Path) -> None:
    for command in COMMANDS:
        run(project, "-m", "django", command)
    # With it a page that names a static file of somebody else's is an error.
    run(project, "-m", "django", "collectstatic", "--noinput", "--verbosity", "0")

    assert "published and found" in run(project, "publish.py")
