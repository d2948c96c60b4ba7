"""The files of what is reviewed: which an approval makes public, and whose hand is in them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.contrib.auth.models import AnonymousUser, User
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import ModelLogEntry, Page, ReferenceIndex

from practices.models import PracticePage, users
from practices.selectors import public_pages

CHANGED = "wagtail.edit"
"""The entry in the log of a file whose contents or title somebody changed."""


@dataclass(frozen=True, slots=True)
class ReviewedFile:
    """A file as it will be public, and who put it there."""

    title: str
    url: str
    kind: str
    size: int
    by: str
    on: datetime
    changed_by: str
    changed_on: datetime | None
    """By whom and when it was changed last after it was uploaded; empty and None if never."""


def files_of(page: Page) -> list[Any]:
    """Documents and pictures of the newest version of a page, in its fields, rows and texts.

    What the version may not show is not in it (`practices.models.owners`).
    """
    kinds = {_type_of(kind): kind for kind in (get_document_model(), get_image_model())}
    latest = page.specific.get_latest_revision_as_object()
    # Wagtail's own reading of what an object points at, which it gives only to its index.
    references = ReferenceIndex._extract_references_from_object(latest)
    wanted: dict[int, list[str]] = {}
    for of_kind, key, *_path in references:
        if of_kind in kinds:
            wanted.setdefault(of_kind, []).append(key)
    return [
        file
        for of_kind, keys in wanted.items()
        for file in kinds[of_kind]._default_manager.filter(pk__in=keys).order_by("pk")
    ]


def described(files: Iterable[Any]) -> list[ReviewedFile]:
    """Files as the review shows them."""
    return [_described(file) for file in files]


def digest(files: Iterable[Any]) -> str:
    """The same as long as the files are the same, with the same names and contents."""
    told = [(_type_of(type(one)), one.pk, one.title, one.file.name, one.file_hash) for one in files]
    return sha256(repr(told).encode()).hexdigest()


def has_hand_in_files(
    user: User | AnonymousUser, files: Sequence[Any], since: datetime | None
) -> bool:
    """Whether somebody uploaded or changed one of these files after a moment, or ever."""
    for file in files:
        if file.uploaded_by_user_id == user.pk and (since is None or file.created_at > since):
            return True
        changes = _changes(file).filter(user=user.pk)
        if (changes.filter(timestamp__gt=since) if since else changes).exists():
            return True
    return False


def public_practices_with(document: Model) -> Any:
    """The public practices that have a document, which then is not changed behind their back."""
    return public_pages(PracticePage).filter(documents__document=document)


def _described(file: Any) -> ReviewedFile:
    change = _changes(file).select_related("user").order_by("-timestamp").first()
    name = str(file.file.name).rpartition("/")[2]
    return ReviewedFile(
        title=file.title,
        url=getattr(file, "url", "") or file.file.url,
        kind=name.rpartition(".")[2].upper(),
        size=file.file_size or 0,
        by=users.name_of(file.uploaded_by_user) if file.uploaded_by_user else "",
        on=file.created_at,
        changed_by=users.name_of(change.user) if change and change.user else "",
        changed_on=change.timestamp if change else None,
    )


def _changes(file: Any) -> Any:
    return ModelLogEntry.objects.for_instance(file).filter(action=CHANGED)


def _type_of(model: type[Model]) -> int:
    return int(ContentType.objects.get_for_model(model).pk)
