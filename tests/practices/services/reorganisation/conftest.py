"""The world of the review, in which municipalities merge."""

from datetime import date
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from wagtail.documents.models import Document
from wagtail.models import Collection, Page, Revision

from practices.models import Municipality, MunicipalityGroup, MunicipalityPage, Reorganisation
from practices.services.reorganisation import steps
from tests.factories import MunicipalityFactory, MunicipalityPageFactory
from tests.practices.services.moderation.conftest import World, world

__all__ = ["world"]

TODAY = date(2025, 1, 1)
Rows = dict[str, Any]


@pytest.fixture
def zwolle(world: World) -> MunicipalityPage:
    """The page of a third municipality, without practices or officials."""
    place = MunicipalityFactory(name="Zwolle", slug="zwolle")
    return MunicipalityPageFactory(title="Zwolle", municipality=place)


def merge(
    world: World, old: list[Municipality], new: Municipality | None = None, **described: Any
) -> Reorganisation:
    """Prepare and carry out."""
    row = steps.prepare(old=old, new=new, takes_effect_on=TODAY, by=world["edith"], **described)
    return steps.carry_out(reorganisation=row.pk, by=world["edith"])


def undo(world: World, row: Reorganisation) -> Reorganisation:
    return steps.undo(reorganisation=row.pk, by=world["edith"])


def document(municipality: Municipality, name: str = "stuk") -> Document:
    link = MunicipalityGroup.objects.get(municipality=municipality)
    file = ContentFile(b"tekst", f"{name}.pdf")
    return Document.objects.create(title=name, file=file, collection=link.collection)


# What each run of a move writes anew, although nothing is different: places among the children of
# a page have gaps, and the rows between a practice and its partners have no meaning but their ends.
PLACES = {"path"}
WITHOUT_OWN_KEY = "partner_municipalities", "neighbours", "groups"
NOT_COMPARED = {
    # What remembers that it happened.
    "Reorganisation", "Reorganisation_old", "PracticeMove", "PageLogEntry", "ModelLogEntry",
    "AuditEvent",
    # What is to be done later.
    "DBTaskResult", "QueuedMail",
    # Bookkeeping of indexes, compared by what they answer.
    "Change", "IndexEntry", "SQLiteFTSIndexEntry", "ReferenceIndex", "RegisterStamp",
}  # fmt: skip


def rows() -> Rows:
    """Every row of the database that a reorganisation could touch."""
    found: Rows = {}
    for model in apps.get_models(include_auto_created=True):
        if model.__name__ in NOT_COMPARED:
            continue
        names = [field.attname for field in model._meta.concrete_fields]
        if model._meta.auto_created:
            names.remove("id")
        values = [
            {name: value for name, value in row.items() if name not in PLACES}
            for row in model._default_manager.order_by().values(*names)
        ]
        found[model.__name__] = sorted(values, key=str)
    for page in Page.objects.filter(depth__gt=1):
        parent = page.get_parent()
        found[f"parent of {page.pk}"] = parent.pk
        found[f"children of {page.pk}"] = [one.pk for one in page.get_children()]
    found["collections"] = list(Collection.objects.order_by("path").values_list("name", "depth"))
    found["groups"] = sorted(Group.objects.values_list("name", "user__username"), key=str)
    return found


def slugs_of_revisions(page: Page) -> list[str]:
    found = Revision.objects.for_instance(page).order_by("pk")
    return [revision.content["slug"] for revision in found]
