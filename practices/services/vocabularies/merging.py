"""Writes on the vocabularies: merging a term into another, and moving one in the order."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Page

from practices.models import FormerValue, RegisterStamp, Term
from practices.services.record import practices_having, practices_with, record_practices
from practices.services.vocabularies.rows import move_rows, revisions_mentioning
from practices.services.vocabularies.selectors import Branch, problem_of, tree
from practices.services.vocabularies.versions import renew_versions
from search.documents import batches

MERGED = "practices.merge_terms"
"""The name of a merge in Wagtail's log."""
MOVED = "practices.move_term"


class MergeError(Exception):
    """Two terms that cannot be merged; the text says why, for the editor."""


@dataclass(frozen=True, slots=True)
class Merged:
    """What a merge did."""

    label: str
    into: Term
    practices: int
    versions: int


@transaction.atomic
def merge(*, term: int, into: int, user: User) -> Merged:
    """Put a term (both by primary key) in the place of another, everywhere, and remove the other.

    All or nothing. Practices, all their versions, narrower terms and old addresses follow; the
    search index hears of it after the commit. Raises `MergeError`.
    """
    old, new = _locked(term, into)
    if problem := problem_of(old, new):
        raise MergeError(problem)
    practices = practices_with(term=old)
    own = practices_having(old)
    versions = renew_versions(term=old, into=new)
    move_rows(term=old, into=new)
    old.children.update(parent=new)
    old.former_values.update(term=new)
    FormerValue.keep(slug=old.slug, term=new, merged_id=old.pk)
    log(
        instance=new,
        action=MERGED,
        user=user,
        data={
            "label": old.label,
            "slug": old.slug,
            "practices": len(own),
            "versions": versions,
        },
    )
    record_practices(practices)
    label = old.label
    # Also tells all processes that the registers changed.
    old.delete()
    return Merged(label, new, len(own), versions)


@transaction.atomic
def move(*, term: int, up: bool, user: User) -> bool:
    """Move a term one place among those of its level, its narrower terms with it.

    False where there is nothing to pass, or the term is gone.
    """
    vocabulary = Term.objects.filter(pk=term).values_list("vocabulary", flat=True).first()
    terms = list(
        Term.objects.select_for_update().filter(vocabulary=vocabulary or "").order_by("pk")
    )
    branches = tree(terms)
    level = next((one for one in _levels(branches) if any(b.term.pk == term for b in one)), None)
    if level is None:
        return False
    at = next(index for index, branch in enumerate(level) if branch.term.pk == term)
    other = at - 1 if up else at + 1
    if not 0 <= other < len(level):
        return False
    level[at], level[other] = level[other], level[at]
    _number(branches)
    RegisterStamp.raise_number()
    log(instance=level[other].term, action=MOVED, user=user)
    return True


def _locked(term: int, into: int) -> tuple[Term, Term]:
    """Both terms, on which nobody else works meanwhile, nor on the practices that have the first.

    All who decide on a practice or save one lock its page first and terms after that, so that
    two transactions never wait for each other; two merges lock terms in the order of their keys.
    """
    found = Term.objects.filter(pk=term).first()
    pages = _pages_of(found) if found else set()
    _lock_pages(pages)
    terms = Term.objects.select_for_update().filter(pk__in=[term, into]).order_by("pk")
    by_key = {one.pk: one for one in terms}
    if len({term, into} - by_key.keys()) > 0:
        raise MergeError(_("One of the terms is gone. Somebody else may just have merged it."))
    # What was saved between the two locks.
    _lock_pages(_pages_of(by_key[term]) - pages)
    return by_key[term], by_key[into]


def _pages_of(term: Term) -> set[int]:
    versions = revisions_mentioning(term).order_by().values_list("object_id", flat=True)
    return practices_having(term) | {int(page) for page in versions.distinct()}


def _lock_pages(pages: Iterable[int]) -> None:
    for batch in batches(sorted(pages)):
        locked = Page.objects.select_for_update().filter(pk__in=batch).order_by("pk")
        list(locked.values_list("pk"))


def _levels(branches: list[Branch]) -> list[list[Branch]]:
    return [branches, *(branch.children for branch in branches)]


def _number(branches: list[Branch]) -> None:
    """Number the terms as they stand: a term, those under it, the next one."""
    terms = [one.term for branch in branches for one in (branch, *branch.children)]
    changed = []
    for number, term in enumerate(terms, 1):
        if term.position != number:
            term.position = number
            changed.append(term)
    Term.objects.bulk_update(changed, ["position"])
