"""The plugin's guide, followed word by word, to a practice that a visitor finds."""

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from playwright.sync_api import sync_playwright

from tests.documents.host import Host, python_for, steps
from tests.documents.journey import Site, walk
from tests.faults.gunicorn import free_port
from tests.journey.conftest import Mailbox
from tools.screenshots import ARGUMENTS, chromium

pytestmark = [pytest.mark.browser, pytest.mark.slow]

LTS = "==5.2.*"
LOCAL = """
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST, EMAIL_PORT = "127.0.0.1", {mail}
WAGTAILADMIN_BASE_URL = "http://127.0.0.1:{port}"
{more}
"""
OWN_USERS = """
from django.contrib.auth.models import AbstractUser, BaseUserManager
from django.db import models


class People(BaseUserManager):
    def create_user(self, email, password=None, **fields):
        person = self.model(email=email, **fields)
        person.set_password(password)
        person.save()
        return person


class Person(AbstractUser):
    username = None
    email = models.EmailField(unique=True)
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = []
    objects = People()
"""
WITH_OWN_USERS = """
from .base import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "people"]
AUTH_USER_MODEL = "people.Person"
"""


@pytest.fixture
def mail() -> Iterator[tuple[Mailbox, int]]:
    """A mail server, and its port."""
    box, port = Mailbox(), free_port()
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    yield box, port
    controller.stop()


@pytest.mark.parametrize(
    ("django", "python", "has_own_users"),
    # All other tests are on 5.2, so the other is tried each time; each takes a minute of a core.
    [pytest.param(LTS, None, False, marks=pytest.mark.soak), (">=6.0,<7", (3, 12), True)],
    ids=["django-5.2", "django-6-own-users"],
)
def test_the_guide_ends_in_a_practice_that_is_found(
    tmp_path: Path,
    mail: tuple[Mailbox, int],
    django: str,
    python: tuple[int, int] | None,
    has_own_users: bool,
) -> None:
    interpreter = python_for(python) if python else Path(sys.executable)
    if interpreter is None:
        # This machine has no Python that Django 6 runs on; rather than nothing:
        django, interpreter = LTS, Path(sys.executable)
    box, smtp = mail
    host = Host(tmp_path, interpreter, free_port())
    host.prepare(django)

    begin, *others, last = steps()
    host.follow(begin)
    more = _own_users(host) if has_own_users else ""
    local = LOCAL.format(mail=smtp, port=host.port, more=more)
    (host.place / "mysite/settings/local.py").write_text(local)
    if has_own_users:
        host.run("python manage.py makemigrations people")
    for block in others:
        host.follow(block)
    printed = host.follow(last)

    assert re.findall(r"practices\.[EW]\d+", printed) == []
    assert "done" in host.run("python manage.py makemigrations --check && echo done")
    with host.served() as base, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=list(ARGUMENTS))
        site = Site(base=base, mails=lambda: box.mails, browser=browser, admin="/admin/")
        address = walk(site, site.link("you@example.org", "/uitnodiging/"))
        page = site.open(address)
        looks: Any = page.evaluate(
            "getComputedStyle(document.querySelector('.with-aside')).display"
        )
        browser.close()
    assert looks == "grid", "without its stylesheet"


def _own_users(host: Host) -> str:
    folder = host.place / "people"
    folder.mkdir()
    (folder / "__init__.py").touch()
    (folder / "models.py").write_text(OWN_USERS)
    return WITH_OWN_USERS
