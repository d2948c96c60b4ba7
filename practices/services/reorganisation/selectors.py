"""Reads about reorganisations: what stands in the way, and what belongs to a municipality."""

from collections.abc import Iterable, Iterator

from django.contrib.auth.models import User
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from wagtail.models import (
    Collection,
    CollectionViewRestriction,
    Page,
    PageViewRestriction,
    WorkflowState,
)

from practices.models import (
    IN_FORCE,
    Municipality,
    MunicipalityPage,
    PracticePage,
    Reorganisation,
    ReorganisationState,
    users,
)


def reorganisations() -> "QuerySet[Reorganisation]":
    """All of them for a list, the latest date first."""
    return Reorganisation.objects.select_related("new").prefetch_related("old")


def due(today: object) -> "QuerySet[Reorganisation]":
    """What is prepared for a date that has come, in the order of the dates."""
    prepared = Reorganisation.objects.filter(state=ReorganisationState.PREPARED)
    return prepared.filter(takes_effect_on__lte=today).order_by("takes_effect_on", "pk")


def old_of(row: Reorganisation) -> list[Municipality]:
    """The old municipalities, by name."""
    return list(row.old.order_by("name"))


def page_of(municipality: Municipality | None) -> MunicipalityPage | None:
    """The page of a municipality as it is now, public or not."""
    if municipality is None:
        return None
    found: MunicipalityPage | None = MunicipalityPage.objects.filter(
        municipality=municipality
    ).first()
    return found


def practices_below(page: Page) -> "QuerySet[PracticePage]":
    """The practices of a municipality's page, drafts included, in their order."""
    found: QuerySet[PracticePage] = PracticePage.objects.child_of(page).order_by("path")
    return found


def officials_of(municipality: Municipality) -> "QuerySet[User]":
    """Who writes for a municipality, deactivated people included."""
    return (
        users.people().filter(groups__municipality_link__municipality=municipality).order_by("pk")
    )


def collections_of(municipality: Municipality) -> "QuerySet[Collection]":
    """The collection of a municipality's files, and those below it."""
    top = Collection.objects.filter(municipality_link__municipality=municipality).first()
    found: QuerySet[Collection] = (
        top.get_descendants(inclusive=True) if top else Collection.objects.none()
    )
    return found


def problems(row: Reorganisation) -> list[str]:
    """Why it can't be carried out as things are, in sentences; empty when it can."""
    return list(_problems(row))


def _problems(row: Reorganisation) -> Iterator[str]:
    old = old_of(row)
    if not old:
        yield _("No old municipality was chosen.")
    yield from gone([*old, *([row.new] if row.new else [])])
    if row.new in old:
        yield _("%(name)s can't go into itself.") % {"name": row.new_title}
    if row.new is None:
        for _field, sentence in taken(row.new_name, row.new_code, row.new_slug):
            yield sentence
    for municipality in old:
        yield from _problems_of_old(municipality)
    if (page := page_of(row.new)) and (not page.live or _is_closed(page)):
        yield _("The page of %(name)s is not open to everybody.") % {"name": row.new_title}


def gone(municipalities: Iterable[Municipality]) -> Iterator[str]:
    """A sentence for each municipality that is part of another one already."""
    for municipality in municipalities:
        if municipality.merged_into:
            yield _("%(old)s no longer exists: it is part of %(new)s.") % {
                "old": municipality.name,
                "new": municipality.merged_into.name,
            }


def taken(name: str, code: str, slug: str) -> Iterator[tuple[str, str]]:
    """What of a municipality to be made another one has already: the field, and a sentence."""
    if Municipality.objects.filter(name__iexact=name).exists():
        yield (
            "name",
            _("There is a municipality called %(name)s already. Choose it as the existing one.")
            % {"name": name},
        )
    if Municipality.objects.filter(code=code).exists():
        yield "code", _("Code %(code)s belongs to another municipality.") % {"code": code}
    if Municipality.objects.filter(slug=slug).exists():
        yield "slug", _("The slug “%(slug)s” belongs to another municipality.") % {"slug": slug}


def _problems_of_old(municipality: Municipality) -> Iterator[str]:
    name = {"name": municipality.name}
    page = page_of(municipality)
    if page is not None and _is_closed(page):
        yield _("The page of %(name)s is not open to everybody: moving would open it.") % name
    if page is not None and _is_in_review(page):
        yield _("The page of %(name)s itself is under review. Decide on it first.") % name
    if CollectionViewRestriction.objects.filter(
        collection__in=collections_of(municipality)
    ).exists():
        yield _("The files of %(name)s are not open to everybody: moving would open them.") % name


def _is_closed(page: Page) -> bool:
    return PageViewRestriction.objects.filter(page=page.pk).exists()


def _is_in_review(page: Page) -> bool:
    return (
        WorkflowState.objects.active()
        .filter(base_content_type=page.get_base_content_type(), object_id=str(page.pk))
        .exists()
    )


def reasons_not_to_undo(row: Reorganisation) -> list[str]:
    """Why it can't be undone, in sentences; empty when it can."""
    if row.state == ReorganisationState.CONFIRMED:
        return [_("This reorganisation is final. It can't be undone any more.")]
    if row.state != ReorganisationState.CARRIED_OUT or row.new is None:
        return [_("This reorganisation was not carried out.")]
    later = (
        Reorganisation.objects.filter(state__in=IN_FORCE, carried_out_at__gt=row.carried_out_at)
        .filter(Q(new=row.new) | Q(old=row.new))
        .exclude(pk=row.pk)
        .distinct()
    )
    return [
        _("Undo the later reorganisation “%(name)s” first: it went on from this one.")
        % {"name": one}
        if one.state == ReorganisationState.CARRIED_OUT
        else _("The later reorganisation “%(name)s” is final, so this one can't be undone.")
        % {"name": one}
        for one in later
    ]
