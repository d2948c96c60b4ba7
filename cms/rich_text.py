"""The editor of rich text in the admin."""

import json
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from wagtail.admin.rich_text import DraftailRichTextArea

OPTIONS = "data-w-init-detail-value"


class LabelledRichTextArea(DraftailRichTextArea):
    """Wagtail's editor, whose text box tells who can't see its label what it is for."""

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        """The context of the template, with the label among the editor's options."""
        context: dict[str, Any] = super().get_context(name, value, attrs)
        attributes = context["widget"]["attrs"]
        options = {**self.options, "ariaLabelledBy": f"{attributes['id']}-label"}
        attributes[OPTIONS] = json.dumps(options, cls=DjangoJSONEncoder)
        return context
