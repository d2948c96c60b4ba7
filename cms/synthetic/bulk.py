"""Inserting pages in bulk, which neither Django nor treebeard offers.

Django refuses `bulk_create` for models with a parent table; treebeard and Wagtail add page by page,
at some 20 ms each. No signals are sent and no revisions made.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection
from django.db.models import AutoField, F, Max, Model
from django.db.models.functions import Substr
from wagtail.models import Page


def insert_rows(objects: Sequence[Model], model: type[Model]) -> None:
    """Insert the rows of one of a model's tables; a new key is set on the object."""
    new = [obj for obj in objects if obj.pk is None]
    fields = [
        field
        for field in model._meta.local_concrete_fields
        if not (new and isinstance(field, AutoField))
    ]
    size = connection.ops.bulk_batch_size(fields, objects)
    for first in range(0, len(objects), size):
        batch = objects[first : first + size]
        # What `bulk_create` itself calls, after it has refused models with a parent table.
        rows = model._base_manager.all()._insert(  # type: ignore[attr-defined]
            batch,
            fields=fields,
            using=connection.alias,
            returning_fields=[model._meta.pk] if new else None,
        )
        if new:
            for obj, (key,) in zip(batch, rows, strict=True):
                obj.pk = key


def insert_pages(pages: Sequence[Page]) -> None:
    """Insert pages of one type whose tree fields are set (`Places.put`)."""
    insert_rows(pages, Page)
    for page in pages:
        page.page_ptr_id = page.pk
    insert_rows(pages, type(pages[0]))


def insert_pairs(through: type[Model], columns: tuple[str, str], pairs: Iterable[Any]) -> None:
    """Insert rows of a table that holds only pairs of keys."""
    quote = connection.ops.quote_name
    names = ", ".join(map(quote, columns))
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {quote(through._meta.db_table)} ({names}) VALUES (%s, %s)",  # noqa: S608
            list(pairs),
        )


class Places:
    """Gives new pages their place in the tree, below parents of one depth."""

    def __init__(self, parents: Iterable[Page]) -> None:
        self.parents = {parent.pk: parent for parent in parents}
        self.added: dict[int, int] = {}
        depth = {parent.depth for parent in self.parents.values()}
        last = (
            Page.objects.filter(depth__in=[each + 1 for each in depth])
            .annotate(above=Substr("path", 1, max(depth, default=0) * Page.steplen))
            .order_by()
            .values_list("above")
            .annotate(Max("path"))
        )
        self._last = {above: Page._str2int(path[-Page.steplen :]) for above, path in last}

    def put(self, page: Page, parent_id: int) -> None:
        """Make the page the last child of its parent."""
        parent = self.parents[parent_id]
        step = self._last.get(parent.path, 0) + 1
        self._last[parent.path] = step
        self.added[parent_id] = self.added.get(parent_id, 0) + 1
        page.depth = parent.depth + 1
        page.path = Page._get_path(parent.path, page.depth, step)
        page.numchild = 0
        page.set_url_path(parent)

    def count_children(self) -> None:
        """Store how many children were added since the last time."""
        for parent_id, number in self.added.items():
            Page.objects.filter(pk=parent_id).update(numchild=F("numchild") + number)
        self.added.clear()
