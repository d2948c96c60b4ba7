"""Reorganisations: prepared, carried out, made final or undone; each in one transaction."""

import logging
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from practices.models import (
    Municipality,
    MunicipalityGroup,
    MunicipalityPage,
    RegisterStamp,
    Reorganisation,
    ReorganisationState,
)
from practices.services.people.roles import ensure_municipality_group
from practices.services.record import ensure_municipality_page, practices_with, record_practices
from practices.services.reorganisation import belongings, moves, relations
from practices.services.reorganisation.permissions import may_carry_out, may_change, may_settle
from practices.services.reorganisation.preview import stays
from practices.services.reorganisation.selectors import (
    due,
    old_of,
    page_of,
    problems,
    reasons_not_to_undo,
)
from search import clock

logger = logging.getLogger(__name__)


class NotPossibleError(Exception):
    """It can't be done now; `reasons` are sentences for whoever asked."""

    def __init__(self, reasons: Sequence[str]) -> None:
        super().__init__(*reasons)
        self.reasons = list(reasons)


@transaction.atomic
def prepare(
    *,
    old: Sequence[Municipality],
    takes_effect_on: date,
    by: User,
    new: Municipality | None = None,
    name: str = "",
    code: str = "",
    slug: str = "",
    instead_of: int | None = None,
) -> Reorganisation:
    """Keep a reorganisation to carry out later; `instead_of` changes one that is prepared.

    Give either an existing new municipality or the name, code and slug of one to be made. Raises
    `NotPossibleError` when the one to change was carried out meanwhile.
    """
    row = Reorganisation(prepared_by=by) if instead_of is None else _prepared(instead_of)
    row.new, row.takes_effect_on = new, takes_effect_on
    row.new_name, row.new_code, row.new_slug = (name, code, slug) if new is None else ("", "", "")
    row.save()
    row.old.set(old)
    return row


@transaction.atomic
def withdraw(*, reorganisation: int) -> None:
    """Remove one that is only prepared; raises `NotPossibleError` if it was carried out."""
    _prepared(reorganisation).delete()


@transaction.atomic
def carry_out(*, reorganisation: int, by: User | None) -> Reorganisation:
    """Let the old municipalities go into the new one.

    Raises `NotPossibleError`, with every reason, when something stands in the way or the date has
    not come.
    """
    row = _locked(reorganisation)
    if not may_carry_out(row, timezone.localdate(clock.now())):
        raise NotPossibleError([_("This reorganisation can't be carried out (any more) today.")])
    old = old_of(row)
    _lock(old, row.new)
    if reasons := problems(row):
        raise NotPossibleError(reasons)
    row.kept = {"made": [], "officials": [], "files": {}}
    if row.new is None:
        row.new = _make(row, old)
        row.kept["made"].append("municipality")
    _move(row, old, by)
    relations.take_neighbours(row=row, old=old)
    relations.replace_partners(row=row, old=old)
    for municipality in old:
        municipality.merged_into = row.new
        municipality.save(update_fields=["merged_into"])
    record_practices(practices_with(municipality=row.target.pk))
    row.state = ReorganisationState.CARRIED_OUT
    row.carried_out_by, row.carried_out_at = by, clock.now()
    row.save()
    return row


@transaction.atomic
def confirm(*, reorganisation: int, by: User) -> Reorganisation:
    """Make it final; the empty groups and collections of the old municipalities go.

    Raises `NotPossibleError` when it was not carried out, or undone.
    """
    row = _locked(reorganisation)
    if not may_settle(row):
        raise NotPossibleError([_("This reorganisation was not carried out.")])
    for municipality in old_of(row):
        belongings.remove_group(municipality)
    return _settle(row, ReorganisationState.CONFIRMED, by)


@transaction.atomic
def undo(*, reorganisation: int, by: User) -> Reorganisation:
    """Put everything back where it stood; what was made since stays with the new municipality.

    Raises `NotPossibleError` when it is final, or another one went on from it.
    """
    row = _locked(reorganisation)
    if reasons := reasons_not_to_undo(row):
        raise NotPossibleError(reasons)
    old, new = old_of(row), row.target
    _lock(old, new)
    touched = practices_with(municipality=new.pk)
    for municipality in old:
        municipality.merged_into = None
        municipality.save(update_fields=["merged_into"])
        if row.moves.filter(old_municipality=municipality).exists():
            ensure_municipality_page(municipality=municipality, user=by)
    moves.move_all_back(row=row, user=by)
    relations.give_neighbours_back(row=row)
    relations.restore_partners(row=row)
    belongings.hand_back(row=row)
    _remove_what_was_made(row, new)
    record_practices(touched)
    return _settle(row, ReorganisationState.UNDONE, by)


def carry_out_due() -> int:
    """Carry out what was prepared for a date that has come; how many. For the nightly job."""
    done = 0
    for row in due(timezone.localdate(clock.now())):
        try:
            carry_out(reorganisation=row.pk, by=row.prepared_by)
            done += 1
        except NotPossibleError as error:
            logger.warning("Reorganisation %s waits: %s", row.pk, " ".join(error.reasons))
    return done


def _move(row: Reorganisation, old: Sequence[Municipality], by: User | None) -> None:
    """Pages, then what hangs on groups; the new municipality gets what it lacks for these."""
    made: list[str] = row.kept["made"]
    if MunicipalityPage.objects.filter(municipality__in=old).exists():
        if page_of(row.new) is None:
            made.append("page")
        ensure_municipality_page(municipality=row.target, user=by)
    moves.move_all(row=row, old=old, user=by)
    if MunicipalityGroup.objects.filter(municipality__in=old).exists():
        if not MunicipalityGroup.objects.filter(municipality=row.new).exists():
            made.append("group")
        page = ensure_municipality_page(municipality=row.target, user=by)
        ensure_municipality_group(page=page)
        link = MunicipalityGroup.objects.get(municipality=row.new)
        belongings.hand_over(row=row, old=old, link=link)


def _make(row: Reorganisation, old: Sequence[Municipality]) -> Municipality:
    """The new municipality, with figures from the old ones until CBS gives its own.

    Inhabitants are the sum; province and place those of the largest; urbanity is not known.
    """
    largest = max(old, key=lambda one: one.inhabitants)
    return Municipality.objects.create(
        code=row.new_code,
        name=row.new_name,
        slug=row.new_slug,
        province=largest.province,
        inhabitants=sum(one.inhabitants for one in old),
        inhabitants_on=max(one.inhabitants_on for one in old),
        x=largest.x,
        y=largest.y,
    )


def _remove_what_was_made(row: Reorganisation, new: Municipality) -> None:
    """Remove what carrying out made for the new municipality, unless it is used by now."""
    made = set(row.kept["made"])
    if made & {"municipality", "page"} and stays(row):
        return
    if "group" in made:
        belongings.remove_group(new)
    if "page" in made and (page := page_of(new)):
        page.delete()
    if "municipality" in made:
        row.new = None
        row.save(update_fields=["new"])
        new.delete()
        RegisterStamp.raise_number()


def _settle(row: Reorganisation, state: ReorganisationState, by: User) -> Reorganisation:
    row.state, row.settled_by, row.settled_at = state, by, clock.now()
    row.save()
    return row


def _prepared(pk: int) -> Reorganisation:
    row = _locked(pk)
    if not may_change(row):
        raise NotPossibleError([_("This reorganisation was carried out meanwhile.")])
    return row


def _locked(pk: int) -> Reorganisation:
    """The row, on which nobody else acts meanwhile; raises `Reorganisation.DoesNotExist`."""
    return Reorganisation.objects.select_for_update().get(pk=pk)


def _lock(old: Sequence[Municipality], new: Municipality | None) -> None:
    """Let no other reorganisation of the same municipalities run at once."""
    keys: list[Any] = [one.pk for one in (*old, *([new] if new else []))]
    list(Municipality.objects.select_for_update().filter(pk__in=keys).order_by("pk"))
