"""What Wagtail brings and this site does not use."""

from django.contrib.auth.models import Group
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import GroupApprovalTask, Workflow

WAGTAILS_GROUPS = ("Moderators", "Editors")
WAGTAILS_WORKFLOW = "Moderators approval"


@transaction.atomic
def remove_wagtails_roles() -> list[str]:
    """Remove Wagtail's own groups and workflow as long as nobody uses them.

    Their rights hold for the whole tree and all files, so whoever was put into such a group would
    see the drafts of every municipality.
    """
    workflows = Workflow.objects.filter(name=WAGTAILS_WORKFLOW, workflow_states__isnull=True)
    tasks = GroupApprovalTask.objects.filter(
        name=WAGTAILS_WORKFLOW, workflow_tasks__workflow__in=workflows
    )
    done = []
    for unused in (*tasks, *workflows):
        unused.delete()
        done.append(_("Wagtail's own review removed."))
    for group in Group.objects.filter(name__in=WAGTAILS_GROUPS, user__isnull=True):
        group.delete()
        done.append(_("Wagtail's group “%(name)s” removed.") % {"name": group.name})
    return list(dict.fromkeys(done))
