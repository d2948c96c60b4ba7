"""Whose a file is: that of the municipality in whose collection it lies, or of the whole site.

A page shows files of its own municipality and of the site, whoever put them there and by whatever
way: form, revision, copy, move.
"""

from typing import Any

from django.db.models import CharField, Exists, ExpressionWrapper, F, Model, OuterRef, Q, QuerySet
from wagtail.models import Collection, Page

from practices.models.people import MunicipalityGroup


def of_others(path: str = "collection__path", municipality: Any = None) -> Exists:
    """Whether a file lies with another municipality than this one, or below it.

    `path` leads to the path of its collection. Without a municipality: whether it lies with any.
    """
    links = MunicipalityGroup.objects.annotate(
        asked=ExpressionWrapper(OuterRef(path), output_field=CharField())
    ).filter(asked__startswith=F("collection__path"))
    return Exists(links if municipality is None else links.filter(~Q(municipality=municipality)))


def owner_of(file: Any) -> int | None:
    """The municipality that a file belongs to; None where it is the site's."""
    return owner_of_collection(file.collection)


def owner_of_collection(collection: Collection) -> int | None:
    """The municipality whose files lie in a collection, or in one above it."""
    path = str(collection.path)
    steps = range(collection.steplen, len(path) + 1, collection.steplen)
    links = MunicipalityGroup.objects.filter(collection__path__in=[path[:end] for end in steps])
    return links.order_by("-collection__depth").values_list("municipality", flat=True).first()


def municipality_of(page: Page | None) -> int | None:
    """The municipality that a page is of; None for a page of the site."""
    found: int | None = getattr(page, "municipality_id", None)
    return found


def may_show(files: "QuerySet[Any]", municipality: int | None) -> "QuerySet[Any]":
    """Of these files, those that a page of this municipality may show, or one of the site."""
    return files.filter(~of_others(municipality=municipality))


def leave_out_files_of_others(page: Any, relation: str, field: str) -> None:
    """Take rows out of a page in memory whose file is another municipality's; a query for some."""
    rows = list(getattr(page, relation).all())
    keys = {getattr(row, f"{field}_id") for row in rows} - {None}
    if not keys:
        return
    model: type[Model] = getattr(page, relation).model._meta.get_field(field).related_model
    files = may_show(model._default_manager.filter(pk__in=keys), municipality_of(page))
    own = set(files.values_list("pk", flat=True))
    if own != keys:
        setattr(page, relation, [row for row in rows if getattr(row, f"{field}_id") in own])
