"""Every address of the site, from the URL resolver, with arguments that point at what is secret."""

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import quote

from django.urls import URLPattern, URLResolver, get_resolver

from tests.security.world import ABSENT, MARKER, NUMBER, Target, World

PAGE, REVISION, DOCUMENT, IMAGE = "page", "revision", "document", "image"

PARAMETERS: dict[str, str] = {
    "page_id": "page", "parent_page_id": "page", "page_to_move_id": "page", "page_pk": "page",
    "revision_id": "revision", "revision_id_a": "earlier", "revision_id_b": "revision",
    "task_state_id": "task_state", "workflow_state_id": "workflow_state",
    "document_id": "document", "doc_id": "document", "image_id": "image",
    "uploaded_file_id": "upload", "session_id": "session", "collection_id": "collection",
    "id": "page", "gemeente": "municipality", "kenmerk": "lesson",
    "object_id": "page", "municipality": "municipality", "practice": "practice",
    "document_filename": "filename", "name": "picture", "key": "task_state", "reference": "lesson",
}  # fmt: skip
"""By the name of a parameter: the field of a `Target` that it points to."""

PK_OF: dict[str, str] = {
    "beheer/api/main/^documents": "document", "beheer/api/main/^images": "image",
    "beheer/api/main/^pages": "page", "beheer/collections": "collection",
    "beheer/documents": "document", "beheer/images": "image", "beheer/pages": "page",
    "beheer/users": "user", "beheer/groups": "group", "beheer/ambtenaren": "user",
}  # fmt: skip
"""What `pk` points to, by the beginning of the route."""

FIXED: dict[str, tuple[Any, ...]] = {
    "content_type_app_name": ("practices",), "content_type_model_name": ("practicepage",),
    "app_label": ("practices",), "model_name": ("practicepage",), "app_name": ("practices",),
    "action_name": ("approve", "cancel"), "destination_id": ("own",), "task_id": ("task",),
    "filter_spec": ("width-100",), "facet": ("vorm",), "code": ("ww0109",),
    "uidb64": ("MQ",), "token": ("set-password",), "redirect_id": (ABSENT,),
    "restriction_id": (ABSENT,), "page_view_restriction_id": (ABSENT,),
    "instance_pk": ("term",), "link": ("vervalst",), "workflow_pk": ("workflow",),
    "table": ("verzoeken",), "section": ("paginas", "lessen"),
    "vocabulary": ("vorm",), "naam": ("vorm",), "path": ("bestaat/niet",),
}  # fmt: skip

BULK: tuple[tuple[str, str, str, str], ...] = (
    *(("wagtailcore", "page", action, "page") for action in ("delete", "move", "publish")),
    ("wagtailcore", "page", "unpublish", "page"),
    *(
        (app, model, action, model)
        for app, model in (("wagtaildocs", "document"), ("wagtailimages", "image"))
        for action in ("delete", "add_tags", "add_to_collection")
    ),
    *(("auth", "user", action, "user") for action in ("delete", "assign_role", "set_active_state")),
)

FIND = f"q={MARKER[:6]}"
"""Part of the word: an answer that holds all of it did not get it from the question."""
COLLECTION, TAGGED = "collection_id={collection}", f"tag={MARKER} etiket"

QUERIES: dict[str, tuple[str, ...]] = {
    "beheer/pages/search/": (FIND, f"q={MARKER}&ordering=title", "q="),
    "beheer/pages/search/results/": (FIND,),
    "beheer/pages/<int:parent_page_id>/": (FIND, "ordering=ord", "live=false"),
    "beheer/pages/<int:parent_page_id>/results/": (FIND, "owner={user}"),
    "beheer/api/main/^pages/": (
        "fields=*", f"search={MARKER}", "child_of={page}", "descendant_of={page}",
        "ancestor_of={page}", "type=practices.PracticePage&fields=*", "translation_of={page}",
        "for_explorer=1", "for_explorer=1&child_of={page}",
    ),
    "beheer/api/main/^documents/": ("fields=*", f"search={MARKER}"),
    "beheer/api/main/^images/": ("fields=*", f"search={MARKER}"),
    "beheer/choose-page/": ("page_type=practices.PracticePage", "user_perms=copy_to", "multiple=1"),
    "beheer/choose-page/search/": (FIND, f"q={MARKER}&page_type=practices.PracticePage", "q=open"),
    "beheer/choose-page/chosen-multiple/": ("id={page}",),
    "beheer/documents/chooser/chosen-multiple/": ("id={document}",),
    "beheer/images/chooser/chosen-multiple/": ("id={image}",),
    "beheer/documents/chooser/": (FIND, COLLECTION),
    "beheer/documents/chooser/results/": (FIND, COLLECTION, TAGGED),
    "beheer/images/chooser/": (FIND, COLLECTION),
    "beheer/images/chooser/results/": (FIND, COLLECTION, TAGGED),
    "beheer/documents/": (FIND, COLLECTION),
    "beheer/documents/results/": (FIND, COLLECTION),
    "beheer/images/": (FIND, COLLECTION, TAGGED),
    "beheer/images/results/": (FIND, COLLECTION),
    "beheer/tag-autocomplete/": (f"term={MARKER[:4]}",),
    "beheer/reports/locked/": ("export=csv",),
    "beheer/reports/wie-deed-wat/": ("export=csv", "act=published", "who=beheer"),
    "beheer/reports/workflow/": ("export=csv", "status=needs_changes"),
    "beheer/reports/workflow_tasks/": ("export=csv",),
    "beheer/reports/site-history/": ("export=csv", f"label={MARKER}"),
    "beheer/reports/aging-pages/": ("export=csv",),
    "beheer/reports/page-types-usage/": ("export=csv",),
    "beheer/^gemeenten/$": ("export=csv",),
    "beheer/overwegen/": ("doelgroep=kader&vorm=training", f"vorm={MARKER}&doelgroep=kader"),
    "praktijken/": (f"q={MARKER}", f"q={NUMBER}", "gemeente=waterdam"),
    "praktijken.json": (f"q={MARKER}", "gemeente=waterdam"),
    "praktijken/kies/<slug:facet>/": (f"zoek={MARKER}",),
    "praktijken/vergelijk/": ("p={page}", f"p={MARKER}"),
    "praktijken/witte-vlekken/": (f"q={MARKER}", "gemeente=waterdam"),
    "lessen/": (f"q={MARKER}", "gemeente=waterdam"),
    "lessen.json": (f"q={MARKER}", "les=tip"),
    "lessen/kies/<slug:facet>/": (f"zoek={MARKER}",),
    "zoek/": (f"q={MARKER}",),
    "api/v1/praktijken": (f"q={MARKER}", f"q={NUMBER}", "gemeente=waterdam", "aantal=100"),
    "api/v1/lessen": (f"q={MARKER}", "praktijk={page}", "aantal=100"),
}  # fmt: skip
"""Questions that an address takes, beside none at all; {name} is a field of a `Target`."""


@dataclass(frozen=True)
class Route:
    """One pattern of the resolver."""

    pattern: str
    parameters: tuple[str, ...]


def routes(resolver: URLResolver | None = None, prefix: str = "") -> Iterator[Route]:
    """Every route of the site."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLPattern):
            names = pattern.pattern.converters or pattern.pattern.regex.groupindex
            yield Route(f"{prefix}{pattern.pattern}", tuple(names))
        else:
            yield from routes(pattern, f"{prefix}{pattern.pattern}")


def addresses(
    route: Route, target: Target, world: World, *, with_questions: bool = True
) -> list[str]:
    """The paths of a route for a target, each with every question that it takes."""
    if route.pattern.startswith("beheer/bulk/"):
        return [
            f"/beheer/bulk/{app}/{model}/{action}/?id={getattr(target, kind)}"
            for app, model, action, kind in BULK
        ]
    paths = []
    options = [_values(route, name, target, world) for name in route.parameters]
    for values in itertools.product(*options):
        paths.append(_path(route, dict(zip(route.parameters, values, strict=True))))
    if route.pattern in (r"documenten/^(\d+)/(.*)$", r"^documenten/(\d+)/(.*)$"):
        paths = [f"/documenten/{target.document}/{quote(target.filename)}"]
    elif route.pattern == r"^((?:[\w\-]+/)*)$":
        paths = [f"/gemeenten/{target.municipality}/{target.practice}/"]
    questions = ("", *(QUERIES.get(route.pattern, ()) if with_questions else ()))
    return [
        f"{path}?{question.format(**vars(target))}" if question else path
        for path in paths
        for question in questions
    ]


def _values(route: Route, name: str, target: Target, world: World) -> tuple[Any, ...]:
    if name == "pk":
        for beginning, kind in PK_OF.items():
            if route.pattern.startswith(beginning):
                return (getattr(target, kind),)
        return (world.ids.get(_register(route), 1),)
    if name in PARAMETERS:
        return (getattr(target, PARAMETERS[name]),)
    if name == "destination_id":
        return (world.other_parent.page,)
    if name == "task_id":
        return (world.ids["task"],)
    if name == "instance_pk":
        return (world.ids["waterdam" if "gemeenten" in route.pattern else "term"],)
    if name == "workflow_pk":
        return (world.ids["workflow"],)
    return FIXED[name]


def _register(route: Route) -> str:
    if "workflows/tasks" in route.pattern:
        return "task"
    if "herindelingen" in route.pattern:
        return "reorganisation"
    if "termen" in route.pattern:
        return "term"
    if "beheer/sites" in route.pattern:
        return "site"
    if "overwegen" in route.pattern:
        return "answer" if "antwoord" in route.pattern else "consideration"
    return "workflow" if "workflows" in route.pattern else "invitation"


def _path(route: Route, values: dict[str, Any]) -> str:
    path = re.sub(r"\^|\$", "", route.pattern)
    for name, value in values.items():
        text = quote(str(value))
        path = re.sub(rf"\(\?P<{name}>[^()]*\)|<(?:\w+:)?{name}>", text, path)
    return "/" + path.replace(r"\.\.\.", "...").replace(".*", "bestaat-niet")


def crossed(world: World, target: Target) -> Target:
    """What hangs on a practice of A, asked for under a practice of B."""
    return replace(
        target,
        name=f"{target.name} under B",
        page=world.own.page,
        municipality=world.own.municipality,
        practice=world.own.practice,
    )
