"""What is done to a site that is backed up; run as `python -m tests.faults.backup_scripts …`."""

import hashlib
import json
import os
import sys
from pathlib import Path
from typing import Any

import django


def upload(title: str) -> Any:
    """A document, as somebody uploads it."""
    from django.core.files.base import ContentFile
    from wagtail.documents.models import Document

    document = Document(title=title, file=ContentFile(os.urandom(60_000), name=f"{title}.pdf"))
    document._set_document_file_metadata()
    document.save()
    return document


def work_until(file: str) -> None:
    """Upload two documents at a time, delete two older ones, publish; until a file is there."""
    from django.db import transaction
    from wagtail.documents.models import Document

    from tests.faults.scripts import publish

    number = 0
    while not Path(file).exists():
        number += 1
        with transaction.atomic():
            for half in "ab":
                upload(f"paar-{number}-{half}")
        if number % 3 == 0:
            with transaction.atomic():
                for document in Document.objects.filter(title__startswith=f"paar-{number - 2}-"):
                    document.delete()
        if number % 5 == 0:
            publish(f"Onder het kopiëren {number}")
    sys.stdout.write(str(number))


def upload_and_lose(title: str) -> None:
    """A document of which somebody removed the file behind the site's back."""
    Path(upload(title).file.path).unlink()


def tell_everything() -> None:
    """Every row of every model, as digests by key; and every upload.

    Not those of the index, which is built anew.
    """
    from django.apps import apps
    from django.conf import settings

    told: dict[str, dict[str, str]] = {}
    for model in apps.get_models(include_auto_created=True):
        if model._meta.app_label == "search" or model._meta.proxy:
            continue
        rows = model._base_manager.order_by("pk").values()
        told[model._meta.label] = {
            str(_key(model, row)): _digest(repr(row).encode()) for row in rows
        }
    folder = Path(settings.MEDIA_ROOT)
    told["uploads"] = {
        str(path.relative_to(folder)): _digest(path.read_bytes())
        for path in folder.rglob("*")
        if path.is_file()
    }
    sys.stdout.write(json.dumps(told))


def _key(model: Any, row: dict[str, Any]) -> Any:
    return row[model._meta.pk.attname]


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def judge_documents() -> None:
    """How many documents there are; fails unless each has its own file, and its twin."""
    from wagtail.documents.models import Document

    titles = set()
    for document in Document.objects.all():
        with document.open_file() as file:
            if hashlib.sha1(file.read()).hexdigest() != document.file_hash:  # noqa: S324 (Wagtail's)
                sys.exit(f"{document.title} has another content")
        titles.add(document.title)
    for title in titles:
        twin = f"{title[:-1]}{'b' if title.endswith('a') else 'a'}"
        if title.startswith("paar-") and twin not in titles:
            sys.exit(f"{title} came without {twin}")
    sys.stdout.write(str(len(titles)))


def backup_while_a_document_goes(folder: str) -> None:
    """Make a backup; between the database's turn and that of the uploads a document is deleted."""
    from django.core.management import call_command
    from wagtail.documents.models import Document

    from cms.backups import uploads

    copy_to = uploads.copy_to

    def delete_first(target: Path) -> set[str]:
        for document in Document.objects.filter(title="gaat-weg"):
            path = Path(document.file.path)
            document.delete()
            # On PostgreSQL a worker does this.
            path.unlink(missing_ok=True)
        return copy_to(target)

    setattr(uploads, "copy_to", delete_first)  # noqa: B010 (mypy)
    call_command("backup", folder)


def backup_and_die(folder: str) -> None:
    """Die when everything was copied, before it is called a backup."""
    from django.core.management import call_command

    from cms.backups import making
    from tests.faults.scripts import die

    setattr(making, "write_list", die)  # noqa: B010 (mypy)
    call_command("backup", folder)


def restore_and_die(folder: str) -> None:
    """Die when the uploads are back and the database is not."""
    from django.core.management import call_command

    from cms.backups.databases import database
    from tests.faults.scripts import die

    setattr(type(database()), "load", die)  # noqa: B010 (mypy)
    call_command("restore", folder)


if __name__ == "__main__":
    django.setup()
    globals()[sys.argv[1]](*sys.argv[2:])
