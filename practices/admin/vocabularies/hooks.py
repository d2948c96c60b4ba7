"""What Wagtail's admin must do for vocabularies, registered by `practices.wagtail_hooks`."""

from typing import Any

from django.urls import URLResolver, include, path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry, LogFormatter

from practices.admin.vocabularies import urls
from practices.services.vocabularies.merging import MERGED, MOVED


@hooks.register("register_admin_urls")
def vocabularies_urls() -> list[URLResolver]:
    """The screens about vocabularies."""
    return [path("", include(urls))]


@hooks.register("register_log_actions")
def log_actions(actions: LogActionRegistry) -> None:
    """What the history of a term tells of it."""
    actions.register_action(MOVED, gettext_lazy("Move a term"), gettext_lazy("Moved in the order"))

    @actions.register_action(MERGED)
    class MergeFormatter(LogFormatter):
        """Says which term was merged into this one."""

        label = gettext_lazy("Merge terms")

        def format_message(self, log_entry: Any) -> str:
            number = log_entry.data.get("practices", 0)
            return ngettext(
                "Merged “%(term)s” (%(slug)s) into this term, in %(number)d practice",
                "Merged “%(term)s” (%(slug)s) into this term, in %(number)d practices",
                number,
            ) % {
                "term": log_entry.data.get("label", _("unknown")),
                "slug": log_entry.data.get("slug", ""),
                "number": number,
            }
