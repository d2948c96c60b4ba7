"""Who may have a municipality's documents: everybody once its public page shows them.

Before that only who may choose them. Wagtail serves every document to who knows its number and
name. A page of another municipality, or of the site, makes none public: whoever wrote it had no
say over the file.
"""

from django.contrib.auth.models import AnonymousUser, User
from django.contrib.contenttypes.models import ContentType
from django.db.models import BigIntegerField, Q, QuerySet
from django.db.models.functions import Cast
from wagtail.documents.models import Document
from wagtail.models import Page, ReferenceIndex
from wagtail.permissions import policy_registry

from practices.models import MunicipalityPage, PracticePage
from practices.models.owners import owner_of
from practices.selectors import public_pages


def may_see(user: User | AnonymousUser, document: Document) -> bool:
    """Whether somebody sees a document."""
    return is_open(document) or policy_registry.get_by_type(
        Document
    ).user_has_any_permission_for_instance(user, ["choose", "change", "delete"], document)


def is_open(document: Document) -> bool:
    """Whether everybody sees a document: it is the site's, or a public page of its owner has it."""
    return owner_of(document) is None or public_pages_showing(document).exists()


def public_pages_showing(document: Document) -> "QuerySet[Page]":
    """The public pages of a document's own municipality with it among their files or in a text."""
    owner = owner_of(document)
    practices = PracticePage.objects.filter(municipality=owner)
    own = practices.filter(documents__document=document)
    pages = MunicipalityPage.objects.filter(municipality=owner)
    references = ReferenceIndex.objects.filter(
        to_content_type=ContentType.objects.get_for_model(Document),
        to_object_id=str(document.pk),
        base_content_type=ContentType.objects.get_for_model(Page),
    ).annotate(page=Cast("object_id", BigIntegerField()))
    in_text = Q(pk__in=references.values("page"))
    of_owner = Q(pk__in=practices.values("pk")) | Q(pk__in=pages.values("pk"))
    return public_pages(Page).filter(Q(pk__in=own.values("pk")) | (in_text & of_owner))
