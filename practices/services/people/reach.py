"""What somebody may point at, by the ids that a browser sends; the one place that says so.

Forms, previews, autosave, the checks beside the form and reverting all ask here, because they all
make a form (`practices.admin.reach`). What a page shows whoever wrote it stands in
`practices.models.owners`, which revisions, publishing and copying ask too.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.models import AnonymousUser, User
from django.db.models import Model, Q, QuerySet
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page, PageQuerySet
from wagtail.permission_policies.pages import PagePermissionPolicy
from wagtail.permissions import policy_registry

from practices.models import Municipality, Term
from practices.models.owners import may_show
from practices.selectors.public import public_pages

AnyUser = User | AnonymousUser


@dataclass(frozen=True)
class Reach:
    """What somebody may choose for a page: what is theirs to choose, and what it holds already."""

    user: AnyUser | None
    municipality: int | None = None
    """That of the page; None for a page of the site."""
    kept: Mapping[type[Model], Collection[int]] = field(default_factory=dict)
    """What the page held when the form was made, by kind."""

    def within(self, model: type[Model], sent: Iterable[str]) -> set[str]:
        """Which of these ids may be chosen, as they were written; a query for what has an owner.

        Whatever is written otherwise than an id is none, though a database might read it as one.
        A kind without a rule is nobody's.
        """
        ids = {text for text in sent if text.isascii() and text.isdecimal() and len(text) < 19}
        rule = rule_for(model)
        if not ids or rule is None:
            return set()
        if rule is everybodys:
            return ids
        keys = {int(text) for text in ids}
        found = set(rule(self, model, keys).values_list("pk", flat=True))
        if model is Page:
            # A link may have lost its page since; nobody is kept from saving for that.
            found.update(self.kept.get(Page, ()))
        return {text for text in ids if int(text) in found}


Rule = Callable[[Reach, type[Model], Collection[int]], "QuerySet[Any]"]


def choosable_pages(pages: PageQuerySet, user: AnyUser) -> PageQuerySet:
    """What everybody may see, what the user may edit, and the way there."""
    own = PagePermissionPolicy().explorable_instances(user)
    public = public_pages(Page).order_by()
    # By key, because Wagtail's search of these pages reads no other conditions than on columns.
    return pages.filter(Q(pk__in=public.values("pk")) | Q(pk__in=own.values("pk")))


def rule_for(model: type[Model]) -> Rule | None:
    """The rule for a kind of object; None where nobody thought of it."""
    return next((rule for kind, rule in _rules().items() if issubclass(model, kind)), None)


def _rules() -> dict[type[Model], Rule]:
    return {
        get_document_model(): _files,
        get_image_model(): _files,
        Page: _pages,
        # Registers, which everybody may read; the fields have lists of their own.
        Term: everybodys,
        Municipality: everybodys,
    }


def _files(reach: Reach, model: type[Model], keys: Collection[int]) -> "QuerySet[Any]":
    """Those that the user may choose, and the page may show."""
    files = may_show(model._default_manager.filter(pk__in=keys), reach.municipality)
    own = Q(pk__in=reach.kept.get(model, ()))
    if reach.user is not None:
        policy = policy_registry.get_by_type(model)
        chosen = policy.instances_user_has_any_permission_for(reach.user, ["choose"])
        own |= Q(pk__in=chosen.order_by().values("pk"))
    return files.filter(own)


def _pages(reach: Reach, _model: type[Model], keys: Collection[int]) -> "QuerySet[Any]":
    return choosable_pages(Page.objects.filter(pk__in=keys), reach.user or AnonymousUser())


def everybodys(_reach: Reach, model: type[Model], keys: Collection[int]) -> "QuerySet[Any]":
    """The rule for what nobody owns."""
    return model._default_manager.filter(pk__in=keys)
