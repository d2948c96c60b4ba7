"""Documents of a municipality are served when a public page shows them, or to who may choose them.

Wagtail serves every document to who knows its number and name.
"""

from django.contrib.auth.models import AnonymousUser, User
from django.contrib.contenttypes.models import ContentType
from django.db.models import BigIntegerField
from django.db.models.functions import Cast
from wagtail.documents.models import Document
from wagtail.models import Collection, Page, ReferenceIndex
from wagtail.permissions import policy_registry

from practices.models import MunicipalityGroup, PracticeDocument, SignpostDocument
from practices.selectors import public_pages


def may_see(user: User | AnonymousUser, document: Document) -> bool:
    """Whether somebody sees a document; those outside the municipalities' collections are open."""
    return (
        not _is_of_municipality(document)
        or is_public(document)
        or policy_registry.get_by_type(Document).user_has_any_permission_for_instance(
            user, ["choose", "change", "delete"], document
        )
    )


def _is_of_municipality(document: Document) -> bool:
    """Whether a document lies in the collection of a municipality, or in one below it."""
    path = str(document.collection.path)
    ends = range(Collection.steplen, len(path) + 1, Collection.steplen)
    above = [path[:end] for end in ends]
    return MunicipalityGroup.objects.filter(collection__path__in=above).exists()


def is_public(document: Document) -> bool:
    """Whether a page that everybody may see shows the document."""
    pages = public_pages(Page)
    shown = (
        model.objects.filter(document=document, page__in=pages.values("pk")).exists()
        for model in (PracticeDocument, SignpostDocument)
    )
    return any(shown) or _is_in_text(document)


def _is_in_text(document: Document) -> bool:
    """Whether a text of a public page links to the document."""
    references = ReferenceIndex.objects.filter(
        to_content_type=ContentType.objects.get_for_model(Document),
        to_object_id=str(document.pk),
        base_content_type=ContentType.objects.get_for_model(Page),
    ).annotate(page=Cast("object_id", BigIntegerField()))
    return public_pages(Page).filter(pk__in=references.values("page")).exists()
