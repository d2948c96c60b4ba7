"""Accounts to try every role with; their password stands in the README."""

from django.contrib.auth.models import Group, User
from django.db import transaction

from practices.models import MunicipalityPage
from practices.models.roles import EDITORS, OFFICIALS
from practices.services.people.roles import ensure_municipality_group

PASSWORD = "wegwijzer-demo"  # noqa: S105 (public on purpose; refused in production)
ADMINISTRATOR = "beheer"


@transaction.atomic
def load_accounts() -> list[str]:
    """Make the accounts that do not exist yet; returns the names of the new ones."""
    officials, editors = (Group.objects.get(name=name) for name in (OFFICIALS, EDITORS))
    groups: dict[str, list[Group]] = {
        "redactie": [editors],
        "redactie-2": [editors],
        ADMINISTRATOR: [],
    }
    for slug in ("gouda", "zoetermeer"):
        page = MunicipalityPage.objects.get(municipality__slug=slug)
        groups[f"ambtenaar-{slug}"] = [officials, ensure_municipality_group(page=page)]
    known = set(User.objects.filter(username__in=groups).values_list("username", flat=True))
    for name in groups.keys() - known:
        user = User.objects.create_user(
            name,
            email=f"{name}@example.org",
            password=PASSWORD,
            first_name=name.partition("-")[0].capitalize(),
            last_name=name.partition("-")[2].capitalize(),
            is_superuser=name == ADMINISTRATOR,
            is_staff=name == ADMINISTRATOR,
        )
        user.groups.set(groups[name])
    return sorted(groups.keys() - known)
