"""Every call that leaves the process has a time limit: whoever dials out is known here."""

import ast
import os
import subprocess
import sys
from pathlib import Path

from django.conf import settings

from practices.services.mails.backend import QueueBackend
from practices.services.pdf import typesetting
from tests.mail_server import SilentServer

ROOT = Path(__file__).resolve().parents[2]
OUTWARD = {
    "asyncio", "elastic_transport", "elasticsearch", "ftplib", "http", "httpx", "imaplib",
    "multiprocessing", "psycopg", "requests", "smtplib", "socket", "subprocess", "telnetlib",
    "urllib.request", "urllib3", "xmlrpc", "django.core.mail", "wagtail.admin.mail",
}  # fmt: skip
"""What may wait for another process."""
TEXTS_ONLY = {
    "django.core.mail.EmailMessage",
    "django.core.mail.EmailMultiAlternatives",
    "django.core.mail.backends.base.BaseEmailBackend",
    "django.core.mail.make_msgid",
    "django.core.mail.utils.DNS_NAME",
    "http.HTTPStatus",
    "smtplib.SMTPDataError",
    "smtplib.SMTPRecipientsRefused",
    "socket.gethostname",
    "elastic_transport.ConnectionTimeout",
}
"""Names of these modules that wait for nobody."""
QUEUE = f"{QueueBackend.__module__}.{QueueBackend.__qualname__}"
PACKAGES = ("cms", "practices", "search")
LIMITED = {
    "cms/backups/databases.py": "connect_timeout of the site, which the programs of libpq know too",
    "cms/postgresql/base.py": "PATIENCE and QUICK, tests/cms/test_silent_database.py",
    "cms/metrics/files.py": "asks nobody: the name of this machine",
    "practices/services/mails/delivery.py": "EMAIL_TIMEOUT, tests/practices/services/mails",
    "practices/services/mails/smtp.py": "TIMES the same, tests/practices/services/mails",
    "practices/services/pdf/typesetting.py": "SECONDS, tests/practices/services/pdf",
    "search/engines/elasticsearch": "deadlines, tests/contracts/test_elasticsearch_fails_well.py",
}
"""Who dials out, what limits it, and what shows that."""


def imported(tree: ast.AST) -> set[str]:
    """The full names of all that a module imports."""
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def dials_out(file: Path) -> bool:
    names = imported(ast.parse(file.read_text()))
    return any(
        name == one or name.startswith(f"{one}.") for name in names - TEXTS_ONLY for one in OUTWARD
    )


def test_whoever_dials_out_is_known_with_what_limits_it() -> None:
    files = [
        file
        for package in ("cms", "practices", "search")
        for file in ROOT.glob(f"{package}/**/*.py")
    ]
    found = {str(file.relative_to(ROOT)) for file in files if dials_out(file)}
    unknown = {name for name in found if not name.startswith(tuple(LIMITED))}
    assert not unknown, "say in LIMITED what limits them, after a test shows it"
    for known in LIMITED:
        assert any(name.startswith(known) for name in found), f"{known} dials out no more"


def sends_a_mail(call: ast.AST) -> bool:
    """Whether it looks like `message.send()`; a signal is sent with arguments."""
    return (
        isinstance(call, ast.Call)
        and isinstance(call.func, ast.Attribute)
        and call.func.attr in ("send", "send_mail", "mail_admins", "mail_managers")
        and not (call.args or call.keywords)
    )


def test_no_mail_of_ours_is_sent_but_by_the_queue() -> None:
    """What Django and Wagtail send goes through `EMAIL_BACKEND`, which is the queue."""
    files = [file for package in PACKAGES for file in ROOT.glob(f"{package}/**/*.py")]
    sending = [
        file for file in files if any(map(sends_a_mail, ast.walk(ast.parse(file.read_text()))))
    ]
    assert [file.name for file in sending] == ["delivery.py"]


def test_what_the_site_mails_waits() -> None:
    done = subprocess.run(
        [sys.executable, "-c", "from cms.settings import base; print(base.EMAIL_BACKEND)"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stdout.strip() == QUEUE


def test_each_limit_is_set() -> None:
    assert 0 < settings.EMAIL_TIMEOUT <= 30
    assert 0 < typesetting.SECONDS <= 60


def test_a_postgresql_that_says_nothing_is_left_in_time() -> None:
    with SilentServer() as silent:
        environment = {**os.environ, "DATABASE_URL": f"postgres://u@127.0.0.1:{silent.port}/d"}
        environment["DJANGO_SETTINGS_MODULE"] = "cms.settings.test"
        code = "import django; django.setup(); from django.db import connection as c; c.connect()"
        done = subprocess.run(
            [sys.executable, "-c", code],
            cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60,
        )  # fmt: skip
        assert "ConnectionTimeout" in done.stderr, done.stderr[-2000:]
        assert silent.taken
