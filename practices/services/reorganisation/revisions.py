"""Changes in what revisions hold, so that an old or submitted one can still be published."""

from collections.abc import Iterable, Mapping
from typing import Any

from wagtail.models import Revision

from practices.models import ReviewTaskState
from practices.services.moderation.versions import fingerprint


def rewrite(revisions: Iterable[Revision], field: str, values: Mapping[Any, Any]) -> None:
    """Give a field of revisions another value, by the value that it has; others stay."""
    for revision in revisions:
        if revision.content.get(field) in values:
            put(revision, field, values[revision.content[field]])


def put(revision: Revision, field: str, value: Any) -> None:
    """Give one field of a revision a value; what was submitted stays what was submitted."""
    before = fingerprint(revision.content)
    revision.content[field] = value
    Revision.objects.filter(pk=revision.pk).update(content=revision.content)
    ReviewTaskState.objects.filter(revision=revision, version=before).update(
        version=fingerprint(revision.content)
    )
