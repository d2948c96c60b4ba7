"""What a site has once it was set up; `python -m tests.standing` prints it."""

import json
import sys
from typing import Any

import django


def standing() -> dict[str, Any]:
    """Pages, people's groups, review and registers, without what tells when each was made."""
    from django.contrib.auth.models import Group
    from wagtail.models import GroupPagePermission, Page, Site, Workflow, WorkflowPage

    from practices.models import Municipality, ReviewTask, SynonymGroup, Term

    return {
        "pages": sorted(
            (page.get_url(), page.title, page.live, page.specific_class.__name__)
            for page in Page.objects.filter(depth__gt=1)
        ),
        "groups": {
            group.name: sorted(group.permissions.values_list("codename", flat=True))
            for group in Group.objects.all()
        },
        "rights": sorted(
            (right.group.name, right.page.title, right.permission.codename)
            for right in GroupPagePermission.objects.select_related("group", "page", "permission")
        ),
        "workflows": list(Workflow.objects.values_list("name", "active")),
        "review": list(WorkflowPage.objects.values_list("page__title", "workflow__name")),
        "reviewers": list(ReviewTask.objects.values_list("groups__name", flat=True)),
        "rows": [model.objects.count() for model in (Term, SynonymGroup, Municipality)],
        "begins": Site.objects.get().root_page.title,
    }


if __name__ == "__main__":
    django.setup()
    sys.stdout.write(json.dumps(standing()))
