"""Links in the editor of rich text, which tell the addresses of what is public only.

Wagtail tells the editor where each link leads, whatever it leads to: of an id that somebody wrote
into a text that is the address of a draft, or the name of a file, of any municipality.
"""

from typing import Any

from wagtail import hooks
from wagtail.admin.rich_text.converters.html_to_contentstate import (
    LinkElementHandler,
    PageLinkElementHandler,
)
from wagtail.documents import get_document_model
from wagtail.documents.rich_text.contentstate import DocumentLinkElementHandler
from wagtail.models import Page
from wagtail.rich_text.feature_registry import FeatureRegistry

from practices.admin.switches import switched
from practices.selectors import public_pages
from practices.services.people.files import is_open

Attributes = dict[str, Any]


def _number(attributes: Attributes) -> int | None:
    key = str(attributes.get("id", ""))
    return int(key) if key.isascii() and key.isdecimal() and len(key) < 19 else None


class PublicPageLink(LinkElementHandler):
    """A link to a page; of one that is not public what Wagtail says of one that is gone."""

    def get_attribute_data(self, attrs: Attributes) -> Attributes:
        """What the editor is told of a link."""
        key = _number(attrs)
        if key is not None and public_pages(Page).filter(pk=key).exists():
            told: Attributes = PageLinkElementHandler("LINK").get_attribute_data(attrs)
            return told
        return {"id": key, "url": None, "parentId": None}


class OpenDocumentLink(LinkElementHandler):
    """A link to a document; of one that not everybody may have only its number."""

    def get_attribute_data(self, attrs: Attributes) -> Attributes:
        """What the editor is told of a link."""
        key = _number(attrs)
        document = get_document_model()._default_manager.filter(pk=key).first()
        if document is not None and is_open(document):
            told: Attributes = DocumentLinkElementHandler("DOCUMENT").get_attribute_data(attrs)
            return told
        return {"id": key}


# After Wagtail's own, which these replace.
@hooks.register("register_rich_text_features", order=100)
@switched("HIDE_DRAFTS")
def tell_public_addresses_only(features: FeatureRegistry) -> None:
    """Put our handlers in the place of Wagtail's, in the rules that it registered."""
    for feature, element, handler in (
        ("link", 'a[linktype="page"]', PublicPageLink("LINK")),
        ("document-link", 'a[linktype="document"]', OpenDocumentLink("DOCUMENT")),
    ):
        rule = features.converter_rules_by_converter["contentstate"][feature]
        read = {**rule["from_database_format"], element: handler}
        features.register_converter_rule(
            "contentstate", feature, {**rule, "from_database_format": read}
        )
