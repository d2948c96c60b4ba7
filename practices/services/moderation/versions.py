"""What is written, without who wrote it and when: to tell versions apart, and what changed.

A number of a revision is no version: autosave writes over the last revision, and a comment makes
a new one without a word changed.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from hashlib import sha256
from operator import itemgetter
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.models import COMMENTS_RELATION_NAME, Page, Revision

SECTIONS: dict[str, tuple[Any, tuple[str, ...]]] = {
    "what": (
        _("what it is"),
        (
            "title", "slug", "seo_title", "search_description", "show_in_menus", "summary",
            "partner_municipalities", "start_year", "end_year", "is_running", "status",
        ),
    ),
    "approach": (
        _("approach"),
        (
            "formats", "duration", "duration_unit", "meetings", "group_size", "compositions",
            "approach", "working_methods", "deliveries",
        ),
    ),
    "for-whom": (_("for whom"), ("target_groups", "networks")),
    "trainers": (_("trainer mix"), ("trainers",)),
    "content": (_("content"), ("radicalisation_types", "themes", "goal_outcomes")),
    "local-policy": (
        _("local policy"),
        (
            "policy_fields", "local_stakes", "in_action_plan", "exploratory_study",
            "municipality_took_part",
        ),
    ),
    "lessons": (_("lessons"), ("lessons",)),
    "results": (_("results"), ("participants_reached", "evaluation", "documents", "links")),
    "contact": (_("contact"), ("contact_name", "contact_function", "contact_email")),
}  # fmt: skip
"""The parts of a practice as visitors know them, with the fields of each."""

# What Wagtail keeps in a revision beside what somebody wrote.
_NOT_WRITTEN = frozenset(
    {
        COMMENTS_RELATION_NAME, "pk", "path", "depth", "numchild", "translation_key", "locale",
        "latest_revision", "live_revision", "live", "has_unpublished_changes", "expired",
        "first_published_at", "last_published_at", "latest_revision_created_at", "draft_title",
        "locked", "locked_at", "locked_by", "owner", "content_type", "url_path", "alias_of",
        "wagtail_admin_comments", "go_live_at", "expire_at", "municipality", "is_fictional",
    }
)  # fmt: skip

_DECIMALS = ("duration",)
_OF_A_ROW = ("pk", "page", "sort_order", "key")
_BLOCK_KEY = re.compile(r' data-block-key="[^"]*"')

Content = Mapping[str, Any]


def fingerprint(content: Content) -> str:
    """The same for two revisions if, and only if, the same is written in them."""
    written = {name: _written(content, name) for name in content if name not in _NOT_WRITTEN}
    text = json.dumps(written, sort_keys=True, default=str)
    return sha256(text.encode()).hexdigest()


def fingerprint_of(page: Page) -> str:
    """The fingerprint of the newest version of a page."""
    revision = page.get_latest_revision()
    return fingerprint(revision.content if revision else page.specific.serializable_data())


def changed_parts(old: Content, new: Content) -> list[str]:
    """The names of the parts that differ, in the order of the page."""
    return [
        name
        for name, (_label, fields) in SECTIONS.items()
        if any(_written(old, field) != _written(new, field) for field in fields)
    ]


def published_content(page: Page) -> Content:
    """What visitors read now: the page itself, because autosave may write over its revision."""
    specific: Page = page.specific_class.objects.get(pk=page.pk)
    content: Content = specific.serializable_data()
    return content


def is_change(revision: Revision) -> bool:
    """Whether something else is written in a revision than in the one before it."""
    before = (
        Revision.objects.filter(
            base_content_type=revision.base_content_type, object_id=revision.object_id
        )
        .filter(created_at__lte=revision.created_at)
        .exclude(pk=revision.pk)
        .order_by("-created_at", "-pk")
        .first()
    )
    return before is None or fingerprint(before.content) != fingerprint(revision.content)


def _written(content: Content, field: str) -> Any:
    value = _plain(content.get(field))
    # A form reads 2 where the database has 2.0.
    return f"{Decimal(value):f}".rstrip("0").rstrip(".") if value and field in _DECIMALS else value


def _plain(value: Any) -> Any:
    """A value that compares as a reader would: parts in their order, terms in any order."""
    if isinstance(value, Mapping):
        return {name: _plain(inner) for name, inner in value.items() if name not in _OF_A_ROW}
    if isinstance(value, list | tuple):
        if any(isinstance(item, Mapping) for item in value):
            return [_plain(item) for _place, item in sorted(_placed(value), key=itemgetter(0))]
        return sorted(map(_plain, value), key=str)
    if value in (None, ""):
        return None
    # The editor for rich text gives each paragraph a key.
    return _BLOCK_KEY.sub("", str(value))


def _placed(rows: Sequence[Mapping[str, Any]]) -> Iterator[tuple[int, Mapping[str, Any]]]:
    """Rows with their places: a form changes the numbers, not the order of the list."""
    for index, row in enumerate(rows):
        place = row.get("sort_order")
        yield index if place is None else place, row
