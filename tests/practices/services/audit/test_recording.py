"""What is remembered: each act of issue 19, done as people do it, leaves who, what and on what."""

import json
import logging
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.core.files.base import ContentFile
from django.db import transaction
from django.test import Client
from wagtail.documents import get_document_model

from cms.logs import JsonLines
from practices.models import Act, AuditEvent, Role
from practices.models.roles import OFFICIALS
from practices.services.audit.recording import record, shortened
from practices.services.moderation import decisions
from practices.services.people import accounts
from tests.practices.services.moderation.conftest import EVERYTHING, World, fresh, review_of

PASSWORD = "een lang geheim wachtwoord"


def acts(**found_by: Any) -> list[str]:
    """What was remembered, oldest first."""
    return list(AuditEvent.objects.filter(**found_by).order_by("pk").values_list("act", flat=True))


def about(person: User) -> dict[str, str]:
    return {"kind": "auth.user", "key": str(person.pk)}


@pytest.fixture
def sam(world: World) -> User:
    person = world["sam"]
    person.set_password(PASSWORD)
    person.save()
    AuditEvent.objects.all().delete()
    return person


def log_in(client: Client, name: str, password: str, address: str = "192.0.2.1") -> None:
    fields = {"username": name, "password": password}
    client.post("/beheer/login/", fields, REMOTE_ADDR=address)


def test_who_logs_in_and_out_and_from_which_network(sam: User) -> None:
    client = Client()
    log_in(client, "sam", PASSWORD, "203.0.113.57")
    client.post("/beheer/logout/")
    assert acts(by=sam.pk) == [Act.LOGGED_IN, Act.LOGGED_OUT]
    assert AuditEvent.objects.get(act=Act.LOGGED_IN).network == "203.0.113.0/24"


def test_a_wrong_guess_names_the_account_and_nobody_as_its_maker(sam: User) -> None:
    log_in(Client(), "sam", "geraden")
    event = AuditEvent.objects.get()
    assert (event.act, event.by, event.key) == (Act.LOG_IN_FAILED, "", str(sam.pk))


def test_what_somebody_typed_who_is_not_known_is_kept_nowhere(sam: User) -> None:
    log_in(Client(), "mijn-wachtwoord-hier", "geheim")
    event = AuditEvent.objects.get()
    assert (event.act, event.key, event.details) == (Act.LOG_IN_FAILED, "", {})


def test_who_goes_on_guessing_is_remembered_once_an_hour(sam: User) -> None:
    client = Client()
    for _time in range(14):
        log_in(client, "sam", "geraden")
    assert acts().count(Act.SLOWED_DOWN) == 1
    assert acts().count(Act.LOG_IN_FAILED) == 10


def test_a_new_password_is_remembered_and_a_hash_that_is_made_anew_is_not(
    sam: User, settings: Any
) -> None:
    settings.PASSWORD_HASHERS = [
        "django.contrib.auth.hashers.PBKDF2SHA1PasswordHasher",
        *settings.PASSWORD_HASHERS,
    ]
    before = sam.password
    assert User.objects.get(pk=sam.pk).check_password(PASSWORD)
    assert User.objects.get(pk=sam.pk).password != before
    assert acts() == []
    sam.set_password("een heel ander wachtwoord")
    sam.save()
    assert acts(**about(sam)) == [Act.PASSWORD_SET]


@pytest.mark.parametrize("how", ["service", "form of Wagtail"])
def test_a_door_that_is_shut_and_opened(world: World, sam: User, how: str) -> None:
    if how == "service":
        accounts.deactivate(person=sam)
        accounts.reactivate(person=sam)
    else:
        for is_active in (False, True):
            sam.is_active = is_active
            sam.save()
    ended = [Act.LOGGED_OUT_EVERYWHERE] if how == "service" else []
    assert acts(**about(sam)) == [*ended, Act.DEACTIVATED, Act.ACTIVATED]


def test_rights_by_whatever_side_they_are_given(sam: User) -> None:
    group = Group.objects.create(name="Proefgroep")
    sam.groups.add(group)
    group.user_set.remove(sam)
    group.user_set.add(sam)
    sam.groups.clear()
    given = AuditEvent.objects.filter(act=Act.RIGHTS_GIVEN).values_list("details", flat=True)
    assert list(given) == [{"rights": ["Proefgroep"]}] * 2
    taken = AuditEvent.objects.filter(act=Act.RIGHTS_TAKEN).first()
    assert taken is not None
    assert {"Proefgroep", OFFICIALS} <= set(taken.details["rights"])
    sam.is_superuser = True
    sam.save()
    assert AuditEvent.objects.latest("pk").details == {"rights": ["is_superuser"]}


def test_an_invitation_from_its_mail_to_its_account(world: World) -> None:
    AuditEvent.objects.all().delete()
    edith = world["edith"]
    invitation, token = accounts.make_invitation(
        email="nieuw@voorbeeld.example",
        municipalities=[world.gouda.municipality],
        by=edith,
        role=Role.OFFICIAL,
    )
    new = accounts.accept(token=token, first_name="N", last_name="N", password=PASSWORD)
    of_invitation = {"kind": "practices.invitation", "key": str(invitation.pk)}
    assert acts(**of_invitation) == [Act.INVITED, Act.INVITATION_USED]
    assert acts(**of_invitation, by=edith.pk) == [Act.INVITED]
    assert Act.RIGHTS_GIVEN in acts(**about(new))
    assert "voorbeeld.example" not in json.dumps(list(AuditEvent.objects.values()), default=str)


def test_a_practice_from_its_submission_to_its_refusal_and_its_publication(world: World) -> None:
    page = world.submitted()
    review = review_of(page)
    decisions.ask_for_changes(
        task_state=review, user=world["edith"], checklist={}, text="Nog niet."
    )
    world.submit(fresh(page))
    decisions.approve(task_state=review_of(page), user=world["ernst"], checklist=EVERYTHING)
    by = dict(AuditEvent.objects.filter(key=str(page.pk)).values_list("act", "by"))
    assert by[Act.SUBMITTED] == str(world["sam"].pk)
    assert by[Act.REFUSED] == str(world["edith"].pk)
    assert by[Act.APPROVED] == str(world["ernst"].pk)
    assert Act.PUBLISHED in by


def test_a_file_that_is_replaced_and_one_that_only_gets_another_title(world: World) -> None:
    document = get_document_model().objects.create(title="A", file=ContentFile(b"a", "a.txt"))
    AuditEvent.objects.all().delete()
    document.title = "B"
    document.save()
    assert acts() == []
    document.file = ContentFile(b"b", "b.txt")
    document.save()
    assert acts(key=str(document.pk)) == [Act.FILE_REPLACED]


def test_what_does_not_come_about_is_not_remembered(sam: User) -> None:
    with transaction.atomic():
        record(Act.DEACTIVATED, on=sam)
        transaction.set_rollback(True)
    assert acts() == []


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.57", "203.0.113.0/24"),
        ("2001:db8:1:2::/64", "2001:db8:1::/48"),
        ("unknown", "unknown"),
    ],
)
def test_of_an_address_only_its_network_is_kept(address: str, network: str) -> None:
    assert shortened(address) == network


def test_it_is_an_event_in_the_log_too(
    sam: User, caplog: pytest.LogCaptureFixture, django_capture_on_commit_callbacks: Any
) -> None:
    with caplog.at_level(logging.INFO), django_capture_on_commit_callbacks(execute=True):
        record(Act.LOGGED_OUT_EVERYWHERE, by=sam, on=sam)
    line = json.loads(JsonLines().format(caplog.records[-1]))
    assert line["logger"] == "practices.security"
    assert line["security"]["act"] == "logged-out-everywhere"
    assert line["security"]["key"] == str(sam.pk)
