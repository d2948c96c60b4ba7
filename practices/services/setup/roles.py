"""The groups of people, what they may, and the review of what officials submit."""

from typing import Any

from django.contrib.auth.models import Group
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import GroupCollectionPermission, GroupPagePermission, Page, WorkflowPage

from practices.models import MunicipalityIndexPage, ReviewTask
from practices.services.people.roles import ensure_roles, ensure_roles_in
from practices.services.setup.tree import LISTS, home_page


def make_roles() -> list[str]:
    """Groups and review; editors work in the lists of the plugin only, as in any host site."""
    lists: list[Page] = [page for model in LISTS.values() if (page := model.objects.first())]
    return _made(lambda: ensure_roles_in(pages=lists))


def make_roles_of_whole_site() -> list[str]:
    """Groups and review; editors work on all that stands under the home page."""
    return _made(lambda: ensure_roles(top=home_page()))


@transaction.atomic
def _made(ensure: Any) -> list[str]:
    before = _standing()
    ensure()
    after = _standing()
    sentences = {
        "groups": _("Groups of officials and editors made."),
        "rights": _("Rights of the groups completed."),
        "review": _("The review by editors holds for what stands under “Gemeenten”."),
    }
    return [sentence for part, sentence in sentences.items() if before[part] != after[part]]


def _standing() -> dict[str, object]:
    """What there is of each part, to see whether anything was added."""
    tree = MunicipalityIndexPage.objects.first()
    return {
        "groups": Group.objects.count(),
        "rights": (
            Group.permissions.through.objects.count(),
            GroupPagePermission.objects.count(),
            GroupCollectionPermission.objects.count(),
        ),
        "review": (
            list(
                WorkflowPage.objects.filter(page=tree).values_list("workflow", "workflow__active")
            ),
            sorted(ReviewTask.groups.through.objects.values_list("group", flat=True)),
            list(ReviewTask.objects.values_list("pk", "active")),
        ),
    }
