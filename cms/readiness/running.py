"""What a server needs: a clock, a worker, a reserve, room, uploads, styles, and backups."""

import shutil
import time
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.health import checks
from cms.health.findings import State
from cms.static_files import SHEET
from practices.services.readiness.questions import Answer, lacking, ready
from search.tasks import are_queued

APART = timedelta(seconds=5)
"""Clocks that differ less than this do no harm."""
ROOM = 1_000_000_000
"""Bytes that should be free where the data is."""
DAY = timedelta(hours=25)
"""A daily backup takes its time, and does not begin at the same second each day."""
TRIAL = "is-deze-site-klaar.txt"


def clock() -> Answer:
    """The clock of this machine is that of the database: what is timed stands in shared rows."""
    if connection.vendor != "postgresql":
        return ready(_("The database is on this machine and has its clock."))
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        there: datetime = cursor.fetchone()[0]
    apart = abs(there - timezone.now())
    if apart <= APART:
        return ready(_("The clock of this machine agrees with that of the database."))
    return lacking(
        _("The clock of this machine differs %(seconds)d seconds from that of the database.")
        % {"seconds": apart.total_seconds()},
        _("Let all machines keep time with NTP (timedatectl set-ntp true)."),
    )


def worker() -> Answer:
    """Where tasks wait for a worker, there is one."""
    if not are_queued():
        return ready(_("The web server does the work of a worker itself."))
    if checks.worker().state is State.GOOD:
        return ready(_("A worker runs."))
    return lacking(
        _("No worker was seen in the last minutes: mails and PDFs wait."),
        _("Start on one server at least: manage.py worker"),
    )


def standby() -> Answer:
    """Where the search engine is elsewhere, this machine can search without it."""
    if not checks.has_standby():
        return ready(_("The search engine is part of this server and needs no reserve."))
    try:
        is_good = checks.standby().state is State.GOOD
    except Exception:  # noqa: BLE001 (however it fails, there is none)
        is_good = False
    if is_good:
        return ready(_("This server has a reserve index."))
    return lacking(
        _("This server has no reserve index, or one of another version of the code."),
        _("Run on this server: manage.py search_rebuild --only standby"),
    )


def uploads() -> Answer:
    """A file can be kept where uploads go; one is."""
    try:
        name = default_storage.save(TRIAL, ContentFile(b"ja"))
        default_storage.delete(name)
    except OSError as error:
        return lacking(
            _("Uploads cannot be kept in %(folder)s: %(error)s.")
            % {"folder": settings.MEDIA_ROOT, "error": error.strerror or type(error).__name__},
            _("Let the user under which the site runs write in that folder."),
        )
    return ready(_("Uploads can be kept."))


def styles() -> Answer:
    """The files that pages need were collected where this version looks for them."""
    try:
        staticfiles_storage.url(SHEET)
    except ValueError:
        return lacking(
            _("The styles of this version are not in %(folder)s: every page is an error.")
            % {"folder": settings.STATIC_ROOT},
            _("Run: manage.py collectstatic, and start the site again."),
        )
    return ready(_("The styles were collected."))


def disk() -> Answer:
    """There is room where the data is."""
    free = shutil.disk_usage(settings.DATA_DIR).free
    facts = {"folder": settings.DATA_DIR, "free": f"{free / 1e9:.1f}"}
    if free >= ROOM:
        return ready(_("There is %(free)s GB left in %(folder)s.") % facts)
    return lacking(
        _("There is only %(free)s GB left in %(folder)s.") % facts,
        _("Make room: without it nothing can be kept any more."),
    )


def backup() -> Answer:
    """The last backup is not older than a day, where the site is told how to see that."""
    if not settings.BACKUP_STAMP:
        return ready(_("Whether there are backups is not watched (BACKUP_STAMP is empty)."))
    try:
        made_at = Path(settings.BACKUP_STAMP).stat().st_mtime
    except OSError:
        return lacking(
            _("No backup was made yet: %(file)s is not there.") % {"file": settings.BACKUP_STAMP},
            _("Make one now, and one each day (wegwijzer-backup.timer): manage.py backup"),
        )
    age = timedelta(seconds=max(0.0, time.time() - made_at))
    if age <= DAY:
        return ready(_("The last backup is less than a day old."))
    return lacking(
        _("The last backup is %(days).1f days old.") % {"days": age / timedelta(days=1)},
        _("Find out why no newer one was made; run daily: manage.py backup"),
    )
