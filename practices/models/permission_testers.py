"""What Wagtail lets somebody do with the pages of the plugin, by every way there is."""

from wagtail.models import Page, PagePermissionTester

from practices.models.moderation import HistoryEntry
from practices.models.roles import is_editor


def is_archived(page: Page) -> bool:
    """Whether a practice is retired now."""
    return HistoryEntry.objects.filter(
        page=page.pk, kind=HistoryEntry.Kind.RETIRED, ended_at=None
    ).exists()


class PracticeTester(PagePermissionTester):
    """What Wagtail lets somebody do with a practice. Nobody publishes but by approval.

    That holds for administrators too, and for every way there is: button, forged form, bulk
    action, copy, schedule and API all ask here.
    """

    def can_publish(self) -> bool:
        return False

    def can_publish_subpage(self) -> bool:
        return False

    def can_unpublish(self) -> bool:
        """Never: a practice is archived, so that its address goes on answering."""
        return False

    def can_unschedule(self) -> bool:
        return bool(self.user.is_superuser)

    def can_set_view_restrictions(self) -> bool:
        return bool(self.user.is_superuser)

    def can_submit_for_moderation(self) -> bool:
        return bool(super().can_submit_for_moderation()) and not is_archived(self.page)

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        """What was public stays, and so does what an editor looks at."""
        stays = self.page.first_published_at or self.page.workflow_in_progress
        if stays and not self.user.is_superuser:
            return False
        return bool(super().can_delete(ignore_bulk=ignore_bulk))


class MunicipalityTester(PagePermissionTester):
    """Editors publish the pages of municipalities; nobody publishes what is below by that.

    The page of a municipality that went into another stays as it is, for administrators too.
    """

    def is_gone(self) -> bool:
        """Whether the municipality is part of another one now."""
        municipality = getattr(self.page, "municipality", None)
        return municipality is not None and municipality.merged_into_id is not None

    def can_add_subpage(self) -> bool:
        return not self.is_gone() and bool(super().can_add_subpage())

    def can_edit(self) -> bool:
        return not self.is_gone() and bool(super().can_edit())

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        return not self.is_gone() and bool(super().can_delete(ignore_bulk=ignore_bulk))

    def can_publish(self) -> bool:
        if self.is_gone():
            return False
        if self.user.is_active and self.user.is_superuser:
            return True
        return is_editor(self.user) and self.can_edit()

    def can_publish_subpage(self) -> bool:
        """Nobody makes a practice that is public at once, nor a copy of one."""
        return False
