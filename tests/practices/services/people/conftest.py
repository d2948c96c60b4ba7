"""People of two municipalities."""

from dataclasses import dataclass

import pytest
from django.contrib.auth.models import Group, User

from practices.models import MunicipalityPage
from practices.services.people.roles import ensure_municipality_group, ensure_roles
from tests.factories import MunicipalityFactory, MunicipalityPageFactory, SiteTree

PASSWORD = "een lang geheim wachtwoord"


@dataclass(frozen=True)
class People:
    """An editor, and an official of each of two municipalities."""

    editor: User
    official: User
    other: User
    page: MunicipalityPage
    other_page: MunicipalityPage


@pytest.fixture
def people(site_tree: SiteTree) -> People:
    officials, editors = ensure_roles(top=site_tree.home)
    page, other = (
        MunicipalityPageFactory(municipality=MunicipalityFactory(name=name))
        for name in ("Waterdam", "Polderstad")
    )
    return People(
        editor=_user("redactie", [editors]),
        official=_user("kim", [officials, ensure_municipality_group(page=page)]),
        other=_user("sam", [officials, ensure_municipality_group(page=other)]),
        page=page,
        other_page=other,
    )


def _user(name: str, groups: list[Group]) -> User:
    address = f"{name}@voorbeeld.example"
    user = User.objects.create_user(
        address, address, PASSWORD, first_name=name.capitalize(), last_name="de Vries"
    )
    user.groups.set(groups)
    return user
