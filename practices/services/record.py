"""Writes that span models; every one is safe to repeat."""

from collections.abc import Iterable
from functools import partial

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models import Q
from wagtail.models import Page

from practices.indexes.lessons import LESSONS, lessons_of
from practices.indexes.practices import PRACTICES
from practices.models import (
    GoalOutcome,
    Municipality,
    MunicipalityIndexPage,
    MunicipalityPage,
    PracticePage,
    RegisterStamp,
    Term,
    Trainer,
)
from practices.models.relations import RELATIONS
from practices.services import shelf
from search.documents import batches
from search.indexing.outbox import record


def record_practices(ids: Iterable[int], *, is_draft: bool = False) -> None:
    """Tell the search indexes that these practices were added, changed or removed in bulk.

    Bulk writes send no signals, so whoever writes in bulk calls this, in the same transaction;
    before practices are removed, as their lessons must be known.
    What is computed from public practices is out of date too, unless only a draft was written.
    """
    found = list(ids)
    record(PRACTICES, found)
    if found and not is_draft:
        record(LESSONS, lessons_of(found))
        RegisterStamp.note_practices()
        # At once, also where the practice may not be read any more. None is found by what it was.
        transaction.on_commit(partial(shelf.remove, found), robust=True)


def practices_having(term: Term) -> set[int]:
    """The practices that have a term themselves, as they stand in the database."""
    found: set[int] = set()
    for name in RELATIONS:
        through = getattr(PracticePage, name).through.objects.filter(term=term)
        found.update(through.values_list("practicepage", flat=True))
    trainers = Trainer.objects.filter(Q(provider=term) | Q(expertises=term))
    found.update(trainers.values_list("page", flat=True))
    found.update(GoalOutcome.objects.filter(goal=term).values_list("page", flat=True))
    return found


def practices_with(*, term: Term | None = None, municipality: int | None = None) -> list[int]:
    """The ids of all practices that show a term or a municipality, partners included."""
    found = practices_having(term) if term else set()
    if term:
        children = term.children.filter(vocabulary=term.vocabulary)
        found.update(*(practices_with(term=child) for child in children))
    if municipality:
        own = PracticePage.objects.filter(municipality=municipality)
        found.update(own.values_list("pk", flat=True))
        partners = PracticePage.partner_municipalities.through.objects
        found.update(
            partners.filter(municipality=municipality).values_list("practicepage", flat=True)
        )
    return sorted(found)


def take_municipality_from_tree(*, top: Page) -> list[int]:
    """Give practices at and under a page the municipality above them; the ids that changed."""
    parent = top.path[: -top.steplen]
    above = dict(
        MunicipalityPage.objects.filter(Q(path__startswith=top.path) | Q(path=parent))
        .order_by()
        .values_list("path", "municipality")
    )
    changed: dict[int, list[int]] = {}
    practices = PracticePage.objects.filter(path__startswith=top.path).order_by()
    for key, path, municipality in practices.values_list("pk", "path", "municipality"):
        new = above.get(path[: -top.steplen], municipality)
        if new != municipality:
            changed.setdefault(new, []).append(key)
    for municipality, keys in changed.items():
        for batch in batches(keys):
            PracticePage.objects.filter(pk__in=batch).update(municipality=municipality)
    return [key for keys in changed.values() for key in keys]


def give_page_its_address(*, municipality: Municipality) -> None:
    """Let the page of a municipality stand at its slug; Wagtail redirects from the old address."""
    page = MunicipalityPage.objects.filter(municipality=municipality).first()
    if page is not None and page.slug != municipality.slug:
        page.save()


@transaction.atomic
def ensure_municipality_page(
    *, municipality: Municipality, user: AbstractBaseUser | None = None
) -> MunicipalityPage:
    """The page of a municipality, published; made when it does not exist yet.

    Of one that went into another, the page is that of the other.
    Raises `MunicipalityIndexPage.DoesNotExist` where the site has no list of municipalities.
    """
    municipality = municipality.current
    page = MunicipalityPage.objects.filter(municipality=municipality).first()
    if page is None:
        page = MunicipalityPage(
            title=municipality.name, slug=municipality.slug, municipality=municipality, live=False
        )
        MunicipalityIndexPage.objects.get().add_child(instance=page)
        page.save_revision(user=user).publish(user=user)
    return page
