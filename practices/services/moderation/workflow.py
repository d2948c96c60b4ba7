"""The workflow of the municipalities' tree."""

from django.contrib.auth.models import Group
from django.db import transaction
from wagtail.models import Page, Workflow, WorkflowPage, WorkflowTask

from practices.models import ReviewTask

WORKFLOW = "Beoordeling door Nuansa"
TASK = "Beoordelen"


@transaction.atomic
def ensure_workflow(*, tree: Page, editors: Group) -> Workflow:
    """The review for what stands under a page, by the editors; safe to repeat.

    It takes the place of a workflow that was bound to that page.
    """
    task = ReviewTask.objects.first() or ReviewTask.objects.create(name=TASK)
    task.groups.add(editors)
    known = WorkflowTask.objects.filter(task=task).select_related("workflow").first()
    if known is None:
        workflow = Workflow.objects.create(name=WORKFLOW)
        WorkflowTask.objects.create(workflow=workflow, task=task)
    else:
        workflow = known.workflow
    # Switched off, they would let nobody publish.
    for one in (task, workflow):
        if not one.active:
            one.active = True
            one.save(update_fields=["active"])
    WorkflowPage.objects.update_or_create(page=tree, defaults={"workflow": workflow})
    return workflow
