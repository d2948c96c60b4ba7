"""Takes all fictional practices away, with everything that hangs on them."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from django.contrib.contenttypes.fields import GenericRelation
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import CASCADE, SET_NULL, F, ForeignObjectRel, Model, QuerySet
from tqdm import tqdm
from wagtail.models import Page, ReferenceIndex

from cms.synthetic.generate import FIRST_DAY
from practices.models import MunicipalityPage, PracticePage
from practices.services.record import record_practices

CHUNK = 1_000


def remove_synthetic() -> int:
    """Remove all fictional practices, of any seed; returns how many. Safe to repeat.

    Pages of municipalities that were made for them go too, unless somebody has used them since.
    """
    ids = list(PracticePage.objects.filter(is_fictional=True).values_list("pk", flat=True))
    with tqdm(total=len(ids), desc="Removing", unit="", disable=None) as bar:
        for first in range(0, len(ids), CHUNK):
            chunk = ids[first : first + CHUNK]
            with transaction.atomic():
                record_practices(chunk)
                remove_pages(PracticePage, chunk)
            bar.update(len(chunk))
    unused = MunicipalityPage.objects.filter(
        numchild=0, latest_revision=None, first_published_at=FIRST_DAY, group_permissions=None
    )
    with transaction.atomic():
        remove_pages(MunicipalityPage, list(unused.values_list("pk", flat=True)))
    return len(ids)


def remove_pages(model: type[Page], ids: Sequence[int]) -> None:
    """Delete pages of one type that have no children, as Django would, but without signals."""
    if not ids:
        return
    paths = Page.objects.filter(pk__in=ids).order_by().values_list("path", flat=True)
    above = Counter(path[: -Page.steplen] for path in paths)
    page_type = ContentType.objects.get_for_model(Page)
    keys = [str(key) for key in ids]
    raw_delete(ReferenceIndex.objects.filter(base_content_type=page_type, object_id__in=keys))
    raw_delete(ReferenceIndex.objects.filter(to_content_type=page_type, to_object_id__in=keys))
    _remove_relations(model, ids)
    raw_delete(model._base_manager.filter(pk__in=ids))
    raw_delete(Page._base_manager.filter(pk__in=ids))
    for path, number in above.items():
        Page.objects.filter(path=path).update(numchild=F("numchild") - number)


def _remove_relations(model: type[Model], keys: Sequence[Any]) -> None:
    """Delete or empty what refers to these rows, as each relation's `on_delete` says."""
    for relation in model._meta.get_fields(include_hidden=True):
        if not isinstance(relation, ForeignObjectRel) or relation.many_to_many:
            continue
        field: Any = relation.field
        if field.remote_field.parent_link:
            continue
        rows = field.model._base_manager.filter(**{f"{field.name}__in": keys})
        if field.remote_field.on_delete is SET_NULL:
            rows.update(**{field.name: None})
        elif field.remote_field.on_delete is CASCADE:
            _remove_rows(rows)
    for generic in model._meta.private_fields:
        if isinstance(generic, GenericRelation):
            types = map(ContentType.objects.get_for_model, (model, *model._meta.all_parents))
            chosen = {
                f"{generic.content_type_field_name}__in": list(types),
                f"{generic.object_id_field_name}__in": [str(key) for key in keys],
            }
            _remove_rows(generic.related_model._base_manager.filter(**chosen))


def _remove_rows(rows: QuerySet[Any]) -> None:
    keys = list(rows.values_list("pk", flat=True))
    if keys:
        _remove_relations(rows.model, keys)
        raw_delete(rows.model._base_manager.filter(pk__in=keys))


def raw_delete(rows: QuerySet[Any]) -> None:
    """Delete rows of one table by one statement: no signals, no look at relations."""
    rows._raw_delete(rows.db)
