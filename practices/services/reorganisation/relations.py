"""Other municipalities and practices refer to the new one: neighbours and partners; and back."""

from collections.abc import Iterable, Sequence
from typing import Any

from wagtail.models import Revision

from practices.models import Municipality, PracticePage, Reorganisation
from practices.services.reorganisation.revisions import put

FIELD = "partner_municipalities"


def take_neighbours(*, row: Reorganisation, old: Sequence[Municipality]) -> None:
    """The neighbours of the old municipalities are the new one's, each once."""
    new = row.target
    inside = {new.pk, *(one.pk for one in old)}
    kept = {str(one.pk): sorted(one.neighbours.values_list("pk", flat=True)) for one in old}
    known = set(new.neighbours.values_list("pk", flat=True))
    added = sorted({pk for keys in kept.values() for pk in keys} - inside - known)
    for one in old:
        one.neighbours.clear()
    new.neighbours.add(*added)
    row.kept["neighbours"] = {"old": kept, "added": added}


def give_neighbours_back(*, row: Reorganisation) -> None:
    """Put the neighbours back."""
    kept = row.kept["neighbours"]
    row.target.neighbours.remove(*kept["added"])
    for pk, neighbours in kept["old"].items():
        Municipality.objects.get(pk=pk).neighbours.add(
            *Municipality.objects.filter(pk__in=neighbours)
        )


def replace_partners(*, row: Reorganisation, old: Sequence[Municipality]) -> None:
    """Practices name the new municipality as their partner, in every version of them.

    It is not its own partner. Call it when the pages have moved.
    """
    keys = {one.pk for one in old}
    kept: list[dict[str, Any]] = []
    for page in PracticePage.objects.filter(partner_municipalities__in=keys).distinct():
        before = _partners(page)
        after = _replaced(before, keys, row.target.pk, page.municipality_id)
        _set_partners(page, after)
        kept.append({"page": page.pk, "revision": None, "old": before, "new": after})
    for revision in _revisions_with(keys):
        before = sorted(revision.content[FIELD])
        pages = PracticePage.objects.filter(pk=revision.object_id)
        own = pages.values_list("municipality", flat=True).first() or 0
        after = _replaced(before, keys, row.target.pk, own)
        kept.append(
            {
                "page": int(revision.object_id),
                "revision": revision.pk,
                "old": revision.content[FIELD],
                "new": after,
            }
        )
        put(revision, FIELD, after)
    row.kept["partners"] = kept


def restore_partners(*, row: Reorganisation) -> None:
    """Put the partners back, also in versions that were written since."""
    latest: dict[int, Any] = {}
    for one in row.kept["partners"]:
        latest[one["page"]] = one
        if one["revision"] is None:
            page = PracticePage.objects.filter(pk=one["page"]).first()
            if page is not None:
                _set_partners(page, _restored(_partners(page), one))
        elif revision := Revision.objects.filter(pk=one["revision"]).first():
            put(revision, FIELD, _restored(revision.content[FIELD], one))
    for key, one in latest.items():
        later = Revision.page_revisions.filter(
            object_id=str(key), created_at__gt=row.carried_out_at
        )
        for revision in later:
            put(revision, FIELD, _restored(revision.content.get(FIELD, []), one))


def count_partners(old: Iterable[Municipality]) -> int:
    """How many practices name one of these municipalities as a partner now."""
    keys = [one.pk for one in old]
    return PracticePage.objects.filter(partner_municipalities__in=keys).distinct().count()


def is_named_since(row: Reorganisation) -> bool:
    """Whether a practice names the new municipality that did not name an old one."""
    known = [one["page"] for one in row.kept["partners"]]
    named = PracticePage.partner_municipalities.through.objects.filter(municipality=row.new)
    return named.exclude(practicepage__in=known).exists()


def _replaced(partners: Iterable[int], old: set[int], new: int, own: int) -> list[int]:
    kept = {pk for pk in partners if pk not in old}
    return sorted((kept | {new}) - {own})


def _restored(partners: list[int], kept: dict[str, Any]) -> list[int]:
    """What was there before; of what somebody changed since, the rest stays as it is now."""
    before, after = set(kept["old"]), set(kept["new"])
    if set(partners) == after:
        return list(kept["old"])
    added, removed = after - before, before - after
    if not added <= set(partners):
        return partners
    return sorted((set(partners) - added) | removed)


def _partners(page: PracticePage) -> list[int]:
    rows = PracticePage.partner_municipalities.through.objects.filter(practicepage=page.pk)
    return sorted(rows.values_list("municipality", flat=True))


def _set_partners(page: PracticePage, keys: Iterable[int]) -> None:
    """Written to the rows: the page's own list is saved with the whole page only."""
    through = PracticePage.partner_municipalities.through
    through.objects.filter(practicepage=page.pk).delete()
    through.objects.bulk_create(through(practicepage_id=page.pk, municipality_id=k) for k in keys)


def _revisions_with(keys: set[int]) -> list[Revision]:
    """The versions of practices that name one of these; only the lists are read of the others."""
    of_practices = Revision.page_revisions.filter(
        content_type__app_label="practices", content_type__model="practicepage"
    )
    lists = of_practices.exclude(**{f"content__{FIELD}": []}).values_list("pk", f"content__{FIELD}")
    found = [pk for pk, partners in lists.iterator() if keys.intersection(partners or ())]
    return list(Revision.objects.filter(pk__in=found).order_by("pk"))
