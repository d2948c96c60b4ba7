"""All saved versions of practices, with one term in the place of another.

Nobody wrote anything, so no version may look as if: each gets the new term, and a review that
waits goes on about what the editor saw.
"""

from collections.abc import Iterable, Mapping

from wagtail.models import Page, Revision

from practices.models import ReviewTaskState, Term
from practices.models.contents import renewed
from practices.services.moderation.versions import fingerprint
from practices.services.vocabularies.rows import revisions_having

Changed = Mapping[str, dict[str, str]]
"""By page: the fingerprints of its versions, each with the one that it has now."""


def renew_versions(*, term: Term, into: Term) -> int:
    """Rewrite every version that has the term; returns how many."""
    number = 0
    for revisions in revisions_having(term):
        number += len(revisions)
        reviews = list(_reviews_of(revision.object_id for revision in revisions))
        reviewed = {review.workflow_state.object_id for review in reviews}
        changed: dict[str, dict[str, str]] = {page: {} for page in reviewed}
        for revision in revisions:
            old = revision.content
            revision.content = renewed(old, {term.pk: into.pk})
            if revision.object_id in reviewed:
                # Hashing is what takes long, and few practices are under review.
                new = fingerprint(revision.content)
                changed[revision.object_id][fingerprint(old)] = new
        Revision.objects.bulk_update(revisions, ["content"])
        _renew_reviews(reviews, changed)
    return number


def _reviews_of(pages: Iterable[str]) -> Iterable[ReviewTaskState]:
    return ReviewTaskState.objects.filter(
        workflow_state__base_content_type=Page().get_base_content_type(),
        workflow_state__object_id__in=set(pages),
        status=ReviewTaskState.STATUS_IN_PROGRESS,
    ).select_related("workflow_state")


def _renew_reviews(reviews: Iterable[ReviewTaskState], changed: Changed) -> None:
    """Let reviews be about the versions of now, also for who looked at them before."""
    for review in reviews:
        new = changed[review.workflow_state.object_id]
        review.version = new.get(review.version, review.version)
        review.renewed = {seen: new.get(now, now) for seen, now in review.renewed.items()} | new
    ReviewTaskState.objects.bulk_update(list(reviews), ["version", "renewed"])
