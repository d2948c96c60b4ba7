"""The world as it were if municipality A had never kept anything from others."""

from taggit.models import Tag
from wagtail.admin.models import EditingSession
from wagtail.documents.models import Document
from wagtail.images.models import Image
from wagtail.models import Comment, Page, PageLogEntry, UploadedFile, WorkflowState

from practices.models import Consideration, Invitation, MunicipalityGroup, PracticePage
from tests.security.world import MARKER, PUBLIC, World


def forget_secrets(world: World) -> None:
    """Take everything of A that is not public out of the world, as if it had never been."""
    pages = [target.page for target in world.secret.values()]
    link = MunicipalityGroup.objects.get(municipality=world.ids["waterdam"])
    public = [PracticePage.objects.get(pk=world.secret[state].page) for state in PUBLIC]
    for page in public:
        page.revisions.exclude(pk=page.live_revision_id).delete()
        page.latest_revision = page.live_revision
        page.has_unpublished_changes, page.draft_title = False, page.title
        page.latest_revision_created_at = page.live_revision.created_at
        page.save()
    kept = {page.pk for page in public}
    Comment.objects.filter(page__in=pages).delete()
    WorkflowState.objects.all().delete()
    for page in Page.objects.filter(pk__in=set(pages) - kept):
        page.delete()
    PageLogEntry.objects.filter(page__in=set(pages) - kept).delete()
    for page in public:
        PageLogEntry.objects.filter(page=page.pk).exclude(revision=page.live_revision).delete()
    for model in (Document, Image):
        model.objects.filter(collection=link.collection).delete()
    EditingSession.objects.all().delete()
    UploadedFile.objects.all().delete()
    Invitation.objects.all().delete()
    Consideration.objects.all().delete()
    Tag.objects.filter(name__contains=MARKER).delete()
