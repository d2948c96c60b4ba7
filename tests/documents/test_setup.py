"""From an empty folder to a practice that a visitor finds: SQLite, gunicorn, a real mail server."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from tests.documents.journey import Site, walk
from tests.faults.gunicorn import ROOT, Gunicorn
from tests.journey.conftest import Mailbox
from tools.screenshots import ARGUMENTS, chromium

# The small site of the manual is made with it too, and goes the same way.
pytestmark = [pytest.mark.browser, pytest.mark.soak]

ADMINISTRATOR = "ada@beheer.example"


def test_a_site_made_with_setup_in_an_empty_folder_publishes_a_practice(
    tmp_path: Path, mailbox: tuple[Mailbox, str]
) -> None:
    box, email_url = mailbox
    settings = {
        "DJANGO_SETTINGS_MODULE": "cms.settings.base",
        "EMAIL_URL": email_url,
        "DEFAULT_FROM_EMAIL": "wegwijzer@redactie.example",
        "LOG_LEVEL": "WARNING",
    }
    server = Gunicorn(tmp_path, settings)
    base = f"http://127.0.0.1:{server.port}"
    server.environment |= {"BASE_URL": base, "DATABASE_URL": f"sqlite:///{tmp_path}/site.sqlite3"}
    for command in (f"setup --admin {ADMINISTRATOR}", "collectstatic --noinput --verbosity 0"):
        run = [sys.executable, "manage.py", *command.split()]
        subprocess.run(run, cwd=ROOT, env=server.environment, check=True)
    pictures = os.environ.get("SCREENSHOTS_OF_SETUP")
    with server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=list(ARGUMENTS))
        site = Site(base, lambda: box.mails, browser, pictures=Path(pictures) if pictures else None)
        address = walk(site, site.link(ADMINISTRATOR, "/uitnodiging/"))
        browser.close()
    assert address.startswith(f"{base}/gemeenten/alkmaar/")
