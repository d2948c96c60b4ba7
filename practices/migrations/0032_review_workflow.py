"""Binds the review to the tree of the municipalities, instead of Wagtail's moderation."""

from django.db import migrations

EDITORS = "Nuansa-redactie"
WAGTAILS_WORKFLOW = "Moderators approval"


def bind(apps, schema_editor):
    """On a site that has its tree; on a new one `ensure_roles` does this with the tree."""
    Group = apps.get_model("auth", "Group")
    ContentType = apps.get_model("contenttypes", "ContentType")
    GroupPagePermission = apps.get_model("wagtailcore", "GroupPagePermission")
    Workflow = apps.get_model("wagtailcore", "Workflow")
    WorkflowTask = apps.get_model("wagtailcore", "WorkflowTask")
    WorkflowPage = apps.get_model("wagtailcore", "WorkflowPage")
    ReviewTask = apps.get_model("practices", "ReviewTask")
    MunicipalityIndexPage = apps.get_model("practices", "MunicipalityIndexPage")

    tree = MunicipalityIndexPage.objects.first()
    if tree is None:
        return
    editors, _ = Group.objects.get_or_create(name=EDITORS)
    above = [tree.path[:end] for end in range(4, len(tree.path) + 1, 4)]
    GroupPagePermission.objects.filter(
        group=editors, page__path__in=above, permission__codename="publish_page"
    ).delete()
    content_type, _ = ContentType.objects.get_or_create(app_label="practices", model="reviewtask")
    task = ReviewTask.objects.create(name="Beoordelen", content_type=content_type)
    task.groups.add(editors)
    workflow = Workflow.objects.create(name="Beoordeling door Nuansa")
    WorkflowTask.objects.create(workflow=workflow, task=task)
    WorkflowPage.objects.filter(page__path__in=above, workflow__name=WAGTAILS_WORKFLOW).delete()
    WorkflowPage.objects.update_or_create(page_id=tree.page_ptr_id, defaults={"workflow": workflow})


def unbind(apps, schema_editor):
    """Remove the review; decisions go with its table."""
    apps.get_model("wagtailcore", "WorkflowPage").objects.filter(
        workflow__workflow_tasks__task__content_type__model="reviewtask"
    ).delete()
    apps.get_model("wagtailcore", "Workflow").objects.filter(
        workflow_tasks__task__content_type__model="reviewtask"
    ).delete()
    apps.get_model("practices", "ReviewTask").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [
        ("practices", "0031_review"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]
    operations = [migrations.RunPython(bind, unbind)]
