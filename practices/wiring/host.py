"""What Django tells at its start when the settings of a site do not fit the plugin."""

from collections.abc import Callable, Iterator
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.checks import CheckMessage, Error, Warning
from django.db import connection
from django.template import TemplateDoesNotExist
from django.template.loader import get_template
from django.template.loader_tags import BlockNode, ExtendsNode
from wagtail.documents.forms import get_document_base_form
from wagtail.images.forms import get_image_base_form

from practices.admin.documents import ReviewedDocumentForm
from practices.admin.files import PictureForm
from practices.configuration import configuration, mistakes
from practices.models import users

FINISH = "practices.services.moderation.finish.publish_approved"
FILE_FORMS: dict[str, tuple[Callable[[], type], type]] = {
    "WAGTAILDOCS_DOCUMENT_FORM_BASE": (get_document_base_form, ReviewedDocumentForm),
    "WAGTAILIMAGES_IMAGE_FORM_BASE": (get_image_base_form, PictureForm),
}
EXAMPLE = "http://example.com"
"""What `wagtail start` writes as the address of the site."""


def settings_fit(**_kwargs: Any) -> list[CheckMessage]:
    """System check: whatever is wrong, each with what to do."""
    if wrong := mistakes():
        return [Error(sentence, id="practices.E002") for sentence in wrong]
    return [*_of_apps(), *_of_reviews(), *_of_people(), *_of_files(), *_of_pages(), *_of_database()]


def _of_apps() -> Iterator[CheckMessage]:
    names = [config.name for config in apps.get_app_configs()]
    if names.index("practices") > names.index("wagtail.admin"):
        yield Error(
            "`practices` stands after `wagtail.admin` in INSTALLED_APPS, so that Wagtail's mails "
            "and pages come in the place of ours.",
            hint="Put `practices` first.",
            id="practices.E003",
        )
    lacking = [name for name in ("wagtail_modeladmin", "django_htmx") if name not in names]
    for name in lacking:
        yield Error(f"Add {name!r} to INSTALLED_APPS.", id="practices.E004")


def _of_reviews() -> Iterator[CheckMessage]:
    """Only what was approved may be published, by the rule of the review."""
    if getattr(settings, "WAGTAIL_FINISH_WORKFLOW_ACTION", "") != FINISH:
        yield Error(
            "After an approval Wagtail would publish the newest version, not the approved one.",
            hint=f'Set WAGTAIL_FINISH_WORKFLOW_ACTION = "{FINISH}".',
            id="practices.E005",
        )
    if not getattr(settings, "WAGTAIL_WORKFLOW_REQUIRE_REAPPROVAL_ON_EDIT", False):
        yield Error(
            "What is changed during a review would count as approved.",
            hint="Set WAGTAIL_WORKFLOW_REQUIRE_REAPPROVAL_ON_EDIT = True.",
            id="practices.E006",
        )


def _of_people() -> Iterator[CheckMessage]:
    for name in users.not_given():
        yield Error(
            f"Your user model requires {name!r}, which nobody who accepts an invitation fills in.",
            hint="Leave it out of REQUIRED_FIELDS and let it be empty.",
            obj=get_user_model(),
            id="practices.E007",
        )
    if configuration().allow_list and not _has("practices.middleware.AllowListMiddleware"):
        yield Warning(
            "Officials can open every view of Wagtail's admin, some of which show what other "
            "municipalities are writing.",
            hint="Add practices.middleware.AllowListMiddleware to MIDDLEWARE, or say that you "
            "want this: WEGWIJZER = {'ALLOW_LIST': False}.",
            id="practices.W001",
        )


def _of_files() -> Iterator[CheckMessage]:
    """Whatever somebody sends is looked through, and what is public changes by a review only."""
    for name, (base, form) in FILE_FORMS.items():
        if not issubclass(base(), form):
            yield Warning(
                "Files are kept as they were sent, with macros in documents and the place where a "
                "photo was taken; and another file can be put behind a public practice, which "
                "nobody reviews.",
                hint=f'Set {name} = "{form.__module__}.{form.__name__}", or to a form that extends '
                "it.",
                id="practices.W004",
            )


def _of_pages() -> Iterator[CheckMessage]:
    if getattr(settings, "WAGTAILADMIN_BASE_URL", "") == EXAMPLE:
        yield Warning(
            f"Mails lead to {EXAMPLE}, which is not this site.",
            hint="Set WAGTAILADMIN_BASE_URL to the address at which visitors find it.",
            id="practices.W002",
        )
    name = configuration().base_template
    try:
        blocks = _blocks(get_template(name).template)  # type: ignore[attr-defined]
    except TemplateDoesNotExist:
        yield Error(
            f"There is no template {name!r}, which the public pages of practices extend.",
            hint="Name yours: WEGWIJZER = {'BASE_TEMPLATE': 'base.html'}.",
            id="practices.E008",
        )
        return
    if not blocks & {"content", "main"}:
        yield Error(
            f"The template {name!r} has no block `content` or `main`: the public pages of "
            "practices would be empty.",
            hint="Lead our blocks into yours with a template of your own: practices/base.html.",
            id="practices.E009",
        )


def _of_database() -> Iterator[CheckMessage]:
    """The index is written beside the requests: on SQLite two writers must wait for each other."""
    mode = connection.settings_dict.get("OPTIONS", {}).get("transaction_mode") or "DEFERRED"
    if connection.vendor == "sqlite" and mode.upper() == "DEFERRED":
        yield Warning(
            "SQLite refuses whoever writes while the search does: “database is locked”.",
            hint='Set DATABASES["default"]["OPTIONS"] = {"transaction_mode": "IMMEDIATE", …} as '
            "docs/plugin.md has it.",
            id="practices.W003",
        )


def _has(middleware: str) -> bool:
    return middleware in settings.MIDDLEWARE


def _blocks(template: Any) -> set[str]:
    """The names of all blocks of a template and of those that it extends by name."""
    names = {block.name for block in template.nodelist.get_nodes_by_type(BlockNode)}
    for node in template.nodelist.get_nodes_by_type(ExtendsNode):
        parent = node.parent_name.var
        if isinstance(parent, str):
            names |= _blocks(get_template(parent).template)  # type: ignore[attr-defined]
    return names
