"""The people of a site, whatever its user model is: their address, name and account.

A site may name another model in `AUTH_USER_MODEL`. What it calls its fields is asked of the model;
that it has permissions and groups is what Wagtail asks too.
"""

from typing import TYPE_CHECKING, Any

from django.contrib.auth import get_user_model
from django.db.models import Model, QuerySet

if TYPE_CHECKING:
    from django.contrib.auth.models import User

NAMES = ("first_name", "last_name")
"""The fields for somebody's name; a model may have others, or none."""


def people() -> "QuerySet[User]":
    """All accounts."""
    return get_user_model()._default_manager.all()


def email_field() -> str:
    """The field with the e-mail address."""
    return get_user_model().get_email_field_name()


def email_of(person: "User") -> str:
    """The e-mail address of an account; empty where it has none."""
    return str(getattr(person, email_field(), "") or "")


def reachable(accounts: "QuerySet[User]") -> "QuerySet[User]":
    """Those of these accounts that have an e-mail address."""
    field = email_field()
    return accounts.exclude(**{field: ""}).exclude(**{f"{field}__isnull": True})


def name_of(person: "User") -> str:
    """The full name, or the user name where there is none."""
    full = getattr(person, "get_full_name", str)
    return str(full()).strip() or person.get_username()


def by_name(accounts: "QuerySet[User]") -> "QuerySet[User]":
    """These accounts by last name, or by user name where the model has no names."""
    model = get_user_model()
    names = [name for name in reversed(NAMES) if _has(model, name)]
    return accounts.order_by(*(names or [model.USERNAME_FIELD]), "pk")


def account_fields(*, email: str, first_name: str, last_name: str) -> dict[str, str]:
    """What a new account is made of: the address is its user name too.

    Names are left out where the model has no such fields.
    """
    model = get_user_model()
    names = {"first_name": first_name, "last_name": last_name}
    return {
        model.USERNAME_FIELD: email,
        email_field(): email,
        **{name: value for name, value in names.items() if _has(model, name)},
    }


def not_given() -> list[str]:
    """The fields that the model requires and an invitation cannot give."""
    given = account_fields(email="", first_name="", last_name="")
    return [name for name in get_user_model().REQUIRED_FIELDS if name not in given]


def _has(model: type[Model], name: str) -> bool:
    fields: list[Any] = model._meta.get_fields()
    return any(field.name == name for field in fields)
