"""What comes of an approval; Wagtail finds it by the setting `WAGTAIL_FINISH_WORKFLOW_ACTION`."""

from typing import Any


def publish_approved(workflow_state: Any, user: Any = None) -> None:
    """Publish the version that was approved; Wagtail would publish the newest one."""
    # Wagtail loads this while its own models load, so that no model can be imported before.
    from wagtail.workflows import publish_workflow_state

    from practices.models import ReviewTaskState

    task_state = workflow_state.current_task_state.specific
    if isinstance(task_state, ReviewTaskState):
        task_state.revision.publish(user=user, skip_permission_checks=True)
    else:
        publish_workflow_state(workflow_state, user=user)
