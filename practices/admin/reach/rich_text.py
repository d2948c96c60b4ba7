"""Rich text: what it points at, as it is stored and as the editor sends it."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from django.db.models import Model
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page

from practices.services.people.reach import Reach

ENTITIES: dict[str, Any] = {
    "LINK": lambda: Page,
    "DOCUMENT": get_document_model,
    "IMAGE": get_image_model,
    "EMBED": lambda: None,
}
"""What the id in each kind of entity of rich text is of; an embed has an address, and no id."""
_LINKS = re.compile(r"<(?:a|embed)\b[^>]*>")
_ATTRIBUTE = re.compile(r'([\w-]+)="([^"]*)"')
_KINDS_IN_TEXT = {"page": "LINK", "document": "DOCUMENT", "image": "IMAGE"}


def pointed_at(html: str) -> Iterator[tuple[type[Model], int]]:
    """What a text in the database points at."""
    for tag in _LINKS.findall(html):
        attributes = dict(_ATTRIBUTE.findall(tag))
        kind = _KINDS_IN_TEXT.get(attributes.get("linktype") or attributes.get("embedtype", ""))
        if kind and attributes.get("id", "").isdecimal():
            yield ENTITIES[kind](), int(attributes["id"])


def without_strange(text: str, reach: Reach) -> str:
    """Rich text as the editor sends it: of a link the words stay, of a picture nothing does."""
    try:
        content = json.loads(text)
        entities = content["entityMap"]
        refused = {str(key) for key, entity in entities.items() if not _is_within(entity, reach)}
    except (ValueError, TypeError, KeyError, AttributeError):
        return text
    if not refused:
        return text
    content["entityMap"] = {key: one for key, one in entities.items() if str(key) not in refused}
    content["blocks"] = [
        {**block, "entityRanges": [one for one in ranges if str(one.get("key")) not in refused]}
        for block in content.get("blocks", [])
        if len(ranges := block.get("entityRanges", [])) == 0
        or block.get("type") != "atomic"
        or not any(str(one.get("key")) in refused for one in ranges)
    ]
    return json.dumps(content)


def _is_within(entity: Mapping[str, Any], reach: Reach) -> bool:
    key = (entity.get("data") or {}).get("id")
    if key is None:
        return True
    model = ENTITIES.get(str(entity.get("type")), lambda: None)()
    return model is not None and bool(reach.within(model, [str(key)]))
