"""Tells the search index and the other processes what changed; every handler stands here.

Each handler runs in the transaction of the change. A page's children are saved within the
transaction of its own save, so the delivery after the commit sees them too.
"""

from collections.abc import Iterable
from typing import Any

from django.db.models.signals import m2m_changed, post_delete, post_save, pre_delete
from wagtail.documents.models import Document
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import page_published, post_page_move

from practices.frontend.pdf.making import make_after_publication
from practices.indexes.lessons import LESSONS
from practices.models import (
    GoalOutcome,
    Lesson,
    Municipality,
    MunicipalityAlias,
    MunicipalityPage,
    PracticeDocument,
    PracticeLink,
    PracticePage,
    RegisterStamp,
    SignpostPage,
    SynonymGroup,
    Term,
    Trainer,
)
from practices.services.record import (
    give_page_its_address,
    practices_with,
    record_practices,
    take_municipality_from_tree,
)
from search.indexing.outbox import record

CHILDREN = (Trainer, Lesson, GoalOutcome, PracticeLink, PracticeDocument)
OF_DRAFTS = frozenset(
    "latest_revision latest_revision_created_at draft_title has_unpublished_changes".split()
)
"""What Wagtail writes of a page when a draft is saved, often by itself while somebody types."""


def connect() -> None:
    """Connect all handlers; called once, when the app is ready."""
    for model in (Page, PracticePage):
        post_save.connect(practice_saved, sender=model)
    post_delete.connect(practice_deleted, sender=PracticePage)
    post_save.connect(municipality_page_saved, sender=MunicipalityPage)
    for shown in (MunicipalityPage, SignpostPage, Document):
        post_save.connect(shown_saved, sender=shown)
        post_delete.connect(shown_deleted, sender=shown)
    post_page_move.connect(page_moved)
    page_published.connect(practice_published, sender=PracticePage)
    for part in CHILDREN:
        post_save.connect(part_changed, sender=part)
        post_delete.connect(part_changed, sender=part)
    post_delete.connect(lesson_deleted, sender=Lesson)
    for signal in (post_save, post_delete):
        signal.connect(restriction_changed, sender=PageViewRestriction)
        signal.connect(synonyms_changed, sender=SynonymGroup)
        signal.connect(municipality_changed, sender=MunicipalityAlias)
    post_save.connect(municipality_changed, sender=Municipality)
    m2m_changed.connect(neighbours_changed, sender=Municipality.neighbours.through)
    post_save.connect(term_changed, sender=Term)
    pre_delete.connect(term_changed, sender=Term)


def practice_saved(instance: Page, raw: bool, **kwargs: Any) -> None:
    """A practice was published, unpublished or changed, perhaps through its plain `Page`.

    Rows that `loaddata` brings may stand before what they refer to; a rebuild follows it.
    """
    kind = instance.specific_class or Page
    if not raw and issubclass(kind, PracticePage):
        record_practices([instance.pk], is_draft=_is_draft(**kwargs))
    elif issubclass(kind, (MunicipalityPage, SignpostPage)):
        shown_saved(raw, **kwargs)


def shown_saved(raw: bool, **kwargs: Any) -> None:
    """Something was changed that is shown beside practices: what was sent of it is out of date."""
    if not raw and not _is_draft(**kwargs):
        RegisterStamp.note_practices()


def shown_deleted(**kwargs: Any) -> None:
    """Something that is shown beside practices is gone."""
    RegisterStamp.note_practices()


def practice_published(instance: PracticePage, **kwargs: Any) -> None:
    """A practice was published: its PDF is made before somebody asks for it."""
    make_after_publication(instance.pk)


def practice_deleted(instance: PracticePage, **kwargs: Any) -> None:
    """A practice is gone, by itself or with its municipality."""
    record_practices([instance.pk])


def municipality_page_saved(instance: MunicipalityPage, **kwargs: Any) -> None:
    """A page may have been given another municipality, and its practices with it."""
    record_practices(take_municipality_from_tree(top=instance))


def page_moved(instance: Page, **kwargs: Any) -> None:
    """Practices moved, or the page above them: their municipality may be another."""
    take_municipality_from_tree(top=instance)
    record_practices(_practices_under(instance))
    RegisterStamp.note_practices()


def part_changed(instance: Any, **kwargs: Any) -> None:
    """A trainer, lesson or other part was saved or deleted by itself."""
    record_practices([instance.page_id])


def lesson_deleted(instance: Lesson, **kwargs: Any) -> None:
    """A lesson is gone, by itself or with its practice, which no longer tells of it."""
    record(LESSONS, [instance.pk])


def restriction_changed(instance: PageViewRestriction, **kwargs: Any) -> None:
    """Pages became private or public; WegWijzers too, which no index has."""
    record_practices(_practices_under(instance.page))
    RegisterStamp.note_practices()


def term_changed(instance: Term, **kwargs: Any) -> None:
    """A term was renamed, moved, retired or is about to go."""
    RegisterStamp.raise_number()
    record_practices(practices_with(term=instance))


def municipality_changed(instance: Municipality | MunicipalityAlias, **kwargs: Any) -> None:
    """Facts, name or aliases of a municipality changed."""
    RegisterStamp.raise_number()
    is_alias = isinstance(instance, MunicipalityAlias)
    if isinstance(instance, Municipality):
        give_page_its_address(municipality=instance)
    record_practices(
        practices_with(municipality=instance.municipality_id if is_alias else instance.pk)
    )


def neighbours_changed(action: str, **kwargs: Any) -> None:
    """Municipalities became neighbours, or are none any more: they are compared by that too."""
    if action.startswith("post_"):
        RegisterStamp.raise_number()


def synonyms_changed(**kwargs: Any) -> None:
    """Synonyms work when a search is read, so that the processes need to hear of it only."""
    RegisterStamp.raise_number()


def _is_draft(**kwargs: Any) -> bool:
    """Whether only a draft was saved."""
    fields = kwargs.get("update_fields") or ()
    return bool(fields) and OF_DRAFTS.issuperset(fields)


def _practices_under(page: Page) -> Iterable[int]:
    found = PracticePage.objects.filter(path__startswith=page.path)
    return list(found.values_list("pk", flat=True))
