"""Where what is remembered comes from: signals of Django and Wagtail, each in its own words."""

from collections.abc import Collection
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.core.signals import request_finished, request_started
from django.db import models
from django.db.models.signals import m2m_changed, post_save, pre_save
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import ModelLogEntry, PageLogEntry

from practices.admin import guesses
from practices.limits import allow
from practices.models import users
from practices.models.audit import Act, AuditEvent
from practices.services.audit.recording import forget_request, note_request, record
from practices.services.people.notices import NEW_BROWSER, tell
from practices.services.people.selectors import account_of

OF_PAGES = {
    "wagtail.publish": Act.PUBLISHED,
    "wagtail.publish.scheduled": Act.PUBLISHED,
    "wagtail.unpublish": Act.UNPUBLISHED,
    "wagtail.unpublish.scheduled": Act.UNPUBLISHED,
    "wagtail.workflow.start": Act.SUBMITTED,
    "wagtail.workflow.approve": Act.APPROVED,
    "wagtail.workflow.reject": Act.REFUSED,
    "wagtail.delete": Act.DELETED,
}
"""Of what Wagtail logs of pages; a draft that is saved is no act that others must know."""
OF_OTHERS = {
    **OF_PAGES,
    "wagtail.create": Act.CREATED,
    "wagtail.edit": Act.CHANGED,
}
"""Accounts, groups, files, terms, settings: each change counts."""
RIGHTS = ("is_superuser",)
DOOR = "is_active"


def connect() -> None:
    """Listen from now on; harmless if repeated."""
    person = get_user_model()
    request_started.connect(note_request)
    request_finished.connect(forget_request)
    user_logged_in.connect(_logged_in)
    user_logged_out.connect(_logged_out)
    user_login_failed.connect(_login_failed)
    post_save.connect(_remembered, sender=AuditEvent)
    post_save.connect(_page_logged, sender=PageLogEntry)
    post_save.connect(_other_logged, sender=ModelLogEntry)
    pre_save.connect(_person_saved, sender=person)
    m2m_changed.connect(_groups_changed, sender=person.groups.through)
    for model in (get_document_model(), get_image_model()):
        pre_save.connect(_file_saved, sender=model)


def _remembered(instance: AuditEvent, *, created: bool, **_kwargs: Any) -> None:
    if created:
        tell(instance)


def _logged_in(request: Any, user: Any, **_kwargs: Any) -> None:
    known = {} if guesses.is_known(request, user) else {NEW_BROWSER: True}
    record(Act.LOGGED_IN, by=user, on=user, **known)


def _logged_out(user: Any, **_kwargs: Any) -> None:
    if user is not None:
        record(Act.LOGGED_OUT, by=user, on=user)


def _login_failed(credentials: dict[str, Any], request: Any = None, **_kwargs: Any) -> None:
    """Somebody unknown is not named: people type passwords and other people's addresses there."""
    name = str(credentials.get("username") or "").strip()
    account = account_of(name)
    if getattr(request, "too_many_guesses", None):
        # Once an hour: whoever is refused goes on asking.
        if allow("audit", f"slowed-down {account.pk if account else ''}", times=1):
            record(Act.SLOWED_DOWN, on=account)
        return
    record(Act.LOG_IN_FAILED, on=account)


def _page_logged(instance: PageLogEntry, *, created: bool, **_kwargs: Any) -> None:
    act = OF_PAGES.get(instance.action)
    if created and act is not None:
        record(act, by=instance.user, on=(_kind(instance), str(instance.page_id)))


def _other_logged(instance: ModelLogEntry, *, created: bool, **_kwargs: Any) -> None:
    act = OF_OTHERS.get(instance.action)
    if created and act is not None:
        record(act, by=instance.user, on=(_kind(instance), instance.object_id))


def _kind(entry: PageLogEntry | ModelLogEntry) -> str:
    model = entry.content_type.model_class() if entry.content_type else None
    return "" if model is None else model._meta.label_lower


def _person_saved(
    instance: Any, *, raw: bool, update_fields: Collection[str] | None, **_kwargs: Any
) -> None:
    """A new password, a door that opens or shuts, all rights: however the account was changed."""
    if raw or instance._state.adding:
        return
    touched = {"password", DOOR, *RIGHTS}
    if update_fields is not None and not touched & set(update_fields):
        return
    # Django has the plain password only where somebody set one, not where a hash is made anew.
    if instance._password is not None:
        record(Act.PASSWORD_SET, on=instance)
    before = users.people().filter(pk=instance.pk).values(DOOR, *RIGHTS).first() or {}
    for name, (yes, no) in {
        DOOR: (Act.ACTIVATED, Act.DEACTIVATED),
        **dict.fromkeys(RIGHTS, (Act.RIGHTS_GIVEN, Act.RIGHTS_TAKEN)),
    }.items():
        if name in before and before[name] != getattr(instance, name):
            details = {"rights": [name]} if name in RIGHTS else {}
            record(yes if getattr(instance, name) else no, on=instance, **details)


def _groups_changed(
    instance: Any, action: str, pk_set: Collection[Any] | None, *, reverse: bool, **_kwargs: Any
) -> None:
    """Roles and municipalities are groups."""
    acts = {"post_add": Act.RIGHTS_GIVEN, "post_remove": Act.RIGHTS_TAKEN}
    if action == "pre_clear":
        side = instance.user_set if reverse else instance.groups
        pk_set, act = set(side.values_list("pk", flat=True)), Act.RIGHTS_TAKEN
    elif action in acts:
        act = acts[action]
    else:
        return
    if not pk_set:
        return
    if reverse:
        people, names = list(users.people().filter(pk__in=pk_set)), [instance.name]
    else:
        groups = Group.objects.filter(pk__in=pk_set).order_by("name")
        people, names = [instance], list(groups.values_list("name", flat=True))
    for person in people:
        record(act, on=person, rights=names)


def _file_saved(sender: type[models.Model], instance: Any, *, raw: bool, **_kwargs: Any) -> None:
    if raw or instance._state.adding:
        return
    before = sender._default_manager.filter(pk=instance.pk).values_list("file", flat=True).first()
    if before is not None and before != instance.file.name:
        record(Act.FILE_REPLACED, on=instance)
