from typing import Any

import pytest
from django.contrib.auth.models import User

from practices.models import users


class ByAddress:
    """A user model whose address is its name, with a single field for how somebody is called."""

    USERNAME_FIELD = "address"
    REQUIRED_FIELDS = ("called", "badge")

    class _meta:  # noqa: N801 (Django's name)
        @staticmethod
        def get_fields() -> list[Any]:
            return [type("Field", (), {"name": name}) for name in ("address", "called", "badge")]

    @staticmethod
    def get_email_field_name() -> str:
        return "address"


@pytest.fixture
def by_address(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(users, "get_user_model", lambda: ByAddress)


def test_an_account_is_made_of_the_fields_of_djangos_model() -> None:
    assert users.account_fields(email="a@b.nl", first_name="An", last_name="Bos") == {
        "username": "a@b.nl",
        "email": "a@b.nl",
        "first_name": "An",
        "last_name": "Bos",
    }
    assert users.not_given() == []


@pytest.mark.usefixtures("by_address")
def test_an_account_is_made_of_the_fields_that_another_model_has() -> None:
    fields = users.account_fields(email="a@b.nl", first_name="An", last_name="Bos")
    assert fields == {"address": "a@b.nl"}
    assert users.not_given() == ["called", "badge"]
    assert users.email_of(type("Somebody", (), {"address": "a@b.nl"})()) == "a@b.nl"


def test_somebody_without_a_name_is_called_by_the_user_name() -> None:
    assert users.name_of(User(username="kim")) == "kim"
    assert users.name_of(User(username="kim", first_name="Kim", last_name="Bakker")) == "Kim Bakker"
    nobody: Any = type("Nobody", (), {"get_username": lambda _self: "kim"})()
    assert users.name_of(nobody) == "kim"


@pytest.mark.django_db
def test_who_has_an_address_is_reachable() -> None:
    for name, email in (("an", "an@b.nl"), ("bo", "")):
        User.objects.create_user(name, email)
    assert [one.username for one in users.reachable(users.people())] == ["an"]
