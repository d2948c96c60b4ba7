"""Mass assignment: every form is sent with every column of the models behind it.

The difference in the database afterwards shows allowed columns only.
"""

import json
from collections.abc import Iterable
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.db import models
from wagtail.documents.models import Document
from wagtail.models import Page, Revision
from wagtail.users.models import UserProfile

from practices.models import (
    Consideration,
    IntroductionAnswer,
    Invitation,
    Municipality,
    MunicipalityPage,
    PracticePage,
    Term,
)
from practices.selectors import RELATIONS
from tests.security.forms import fields_of, names_in
from tests.security.walker import Walker
from tests.security.world import World

Row = dict[str, Any]
Changes = set[tuple[str, str]]

NOT_WATCHED = {
    "Session", "EditingSession", "IndexEntry", "ReferenceIndex", "RegisterStamp", "Change",
    "SQLiteFTSIndexEntry",
}  # fmt: skip
NEW = "(new)"


def rows() -> dict[str, dict[Any, Row]]:
    return {
        model.__name__: {
            row["pk"]: row for row in model._default_manager.values("pk", *columns(model))
        }
        for model in apps.get_models()
        if model.__name__ not in NOT_WATCHED
    }


def columns(model: type[models.Model]) -> list[str]:
    return [field.attname for field in model._meta.concrete_fields]


def changes(before: dict[str, dict[Any, Row]]) -> Changes:
    """(model, column) of every value that changed; (model, "(new)") for rows that were added."""
    found: Changes = set()
    for model, after in rows().items():
        for pk, row in after.items():
            old = before[model].get(pk)
            if old is None:
                found.add((model, NEW))
            else:
                found.update((model, name) for name, value in row.items() if old[name] != value)
        if before[model].keys() - after.keys():
            found.add((model, "(gone)"))
    return found


def every_column(world: World, *of: type[models.Model]) -> dict[str, str]:
    """A value for every column of these models, each the most harmful that there is."""
    place = MunicipalityPage.objects.get(pk=world.other_parent.page).municipality_id
    harmful = {
        "live": "on", "owner": str(world.users["other"].pk), "path": "00010001", "depth": "1",
        "numchild": "9", "url_path": "/gekaapt/", "first_published_at": "2001-01-01 00:00",
        "last_published_at": "2001-01-01 00:00", "go_live_at": "2030-01-01 00:00",
        "expire_at": "2031-01-01 00:00", "locked": "on", "is_fictional": "on",
        "municipality": str(place),
        "is_superuser": "on", "is_staff": "on", "is_active": "", "username": "gekaapt",
        "latest_revision": str(world.own.revision), "live_revision": str(world.own.revision),
        "uploaded_by_user": str(world.users["other"].pk), "used_at": "2001-01-01",
        "withdrawn_at": "2001-01-01", "token_hash": "0" * 64, "groups": "1",
        "user_permissions": "1", "has_unpublished_changes": "", "draft_title": "Gekaapt",
        "action-publish": "action-publish", "collection": str(world.own.collection),
    }  # fmt: skip
    names = {field.name for model in of for field in model._meta.get_fields()}
    return {name: harmful.get(name, "1") for name in names | {"action-publish"}}


def send(
    browser: Walker, world: World, path: str, of: Iterable[type[models.Model]], **filled: Any
) -> Changes:
    """Open a form, fill it in, add every column that it doesn't show, and send it."""
    html = browser.get(path).text
    shown = names_in(html)
    hidden = {
        name: value
        for name, value in every_column(world, *of).items()
        # Checkboxes of a vocabulary without terms are fields that the page does not show.
        if name not in shown and name not in RELATIONS
    }
    before = rows()
    answer = browser.post(path, hidden | fields_of(html, path) | filled)
    assert answer.status in (200, 302), answer.status
    # What stands in the form may be typed in it, and rows of its parts put in order.
    typed = {*shown, "sort_order", "updated_at"}
    return {change for change in changes(before) if change[1] not in typed}


SAVED_DRAFT = {
    ("Revision", NEW), ("PageLogEntry", NEW), ("PageSubscription", NEW), ("ModelLogEntry", NEW),
    ("DBTaskResult", NEW),  # Wagtail looks for references later
    *(
        ("Page", name)
        for name in ("draft_title", "latest_revision_id", "latest_revision_created_at",
                     "has_unpublished_changes")
    ),
}  # fmt: skip
SAVED_DRAFT |= {
    (model, column)
    for model in ("PracticePage", "MunicipalityPage")
    for _page, column in SAVED_DRAFT
    if column != NEW
}
BOOKKEEPING = {"draft_title", "latest_revision_created_at", "latest_revision",
               "has_unpublished_changes"}  # fmt: skip


def content_changes(page: int) -> set[str]:
    """The names in the newest revision that differ from the one before it.

    Without what every new revision changes, and the parts, which the form rewrites.
    """
    newest, older = Revision.objects.filter(object_id=str(page)).order_by("-pk")[:2]
    one, two = newest.content, older.content
    changed = {name for name in one if one[name] != two.get(name)}
    return {name for name in changed - BOOKKEEPING if not isinstance(one[name], list)}


def test_an_official_changes_only_what_was_typed_in_a_practice(world: World) -> None:
    page = world.secret["never"].page
    changed = send(
        Walker(world.users["own"]), world, f"/beheer/pages/{page}/edit/", [PracticePage],
        title="Nieuwe titel", summary="Nieuwe samenvatting",
    )  # fmt: skip
    assert changed <= SAVED_DRAFT
    assert ("Revision", NEW) in changed
    # Wagtail rewrites rich text when a form is sent.
    assert content_changes(page) == {"title", "summary", "approach", "evaluation"}


def test_an_official_does_not_publish_a_newer_draft(world: World) -> None:
    page = world.secret["newer"].page
    changed = send(
        Walker(world.users["own"]), world, f"/beheer/pages/{page}/edit/", [PracticePage],
        summary="Nog nieuwer",
    )  # fmt: skip
    assert changed <= SAVED_DRAFT
    assert PracticePage.objects.get(pk=page).title == "Openbaar newer"


def test_a_new_practice_is_a_draft_of_its_author_in_its_municipality(world: World) -> None:
    path = f"/beheer/pages/add/practices/practicepage/{world.parent.page}/"
    changed = send(
        Walker(world.users["own"]), world, path, [PracticePage], title="Vers", slug="vers"
    )
    page = PracticePage.objects.get(slug="vers")
    assert (page.live, page.owner, page.locked) == (False, world.users["own"], False)
    assert page.municipality_id == world.ids["waterdam"]
    assert page.first_published_at is None
    assert not page.is_fictional
    assert page.path.startswith(Page.objects.get(pk=world.parent.page).path)
    assert changed - SAVED_DRAFT <= {
        ("Page", NEW), ("PracticePage", NEW), ("Page", "numchild"),
        ("MunicipalityPage", "numchild"),
    }  # fmt: skip


def test_an_official_changes_only_the_introduction_of_the_municipality(world: World) -> None:
    page = world.parent.page
    Page.objects.get(pk=page).specific.save_revision()
    changed = send(
        Walker(world.users["own"]), world, f"/beheer/pages/{page}/edit/", [MunicipalityPage],
        introduction=json.dumps(
            {"blocks": [{"text": "Welkom", "type": "unstyled", "key": "a"}], "entityMap": {}}
        ),
    )  # fmt: skip
    assert changed <= SAVED_DRAFT
    assert content_changes(page) == {"introduction"}


def test_an_official_changes_only_name_and_preferences_of_the_account(world: World) -> None:
    shown = fields_of(Walker(world.users["own"]).get("/beheer/account/").text)
    extra = every_column(world, User, UserProfile)
    sections = {name.partition("-")[0] for name in shown if "-" in name}
    extra |= {f"{one}-{name}": value for one in sections for name, value in extra.items()}
    before = rows()
    shown["name_email-first_name"] = "Kim"
    Walker(world.users["own"]).post("/beheer/account/", extra | shown)
    assert ("User", "first_name") in changes(before)
    own = {
        ("User", "first_name"), ("User", "last_login"), ("ModelLogEntry", NEW), ("AuditEvent", NEW),
        ("QueuedMail", NEW),  # of a new browser
    }  # fmt: skip
    profile = {change for change in changes(before) if change[0] == "UserProfile"}
    assert changes(before) - profile <= own


def test_a_document_lands_in_the_officials_own_collection(world: World) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    browser = Walker(world.users["other"])
    prefix = "document-chooser-upload-"
    for collection in (world.secret["never"].collection, 1, world.own.collection):
        browser.post(
            "/beheer/documents/chooser/create/",
            every_column(world, Document)
            | {f"{prefix}{name}": value for name, value in every_column(world, Document).items()}
            | {f"{prefix}title": f"In {collection}", f"{prefix}collection": str(collection),
               f"{prefix}uploaded_by_user": str(world.users["own"].pk), f"{prefix}tags": "",
               f"{prefix}file": SimpleUploadedFile("stuk.txt", b"Tekst")},
        )  # fmt: skip
    made = Document.objects.filter(title__startswith="In ")
    assert {document.collection_id for document in made} == {world.own.collection}
    assert {document.uploaded_by_user for document in made} == {world.users["other"]}


@pytest.mark.django_db
def test_an_editor_who_invites_sets_address_and_municipalities_only(world: World) -> None:
    changed = send(
        Walker(world.users["editor"]), world, "/beheer/uitnodigingen/nieuw/", [Invitation],
        email="nieuw@voorbeeld.example", municipalities="Waterdam",
    )  # fmt: skip
    invitation = Invitation.objects.get(email="nieuw@voorbeeld.example")
    assert (invitation.used_at, invitation.withdrawn_at, invitation.used_by) == (None, None, None)
    assert invitation.token_hash != "0" * 64
    assert invitation.invited_by == world.users["editor"]
    assert {model for model, _column in changed} <= {
        "Invitation", "Invitation_municipalities", "GroupCollectionPermission", "QueuedMail",
        "AuditEvent",
    }  # fmt: skip


def test_an_editor_gives_an_official_municipalities_and_nothing_else(world: World) -> None:
    person = world.users["own"]
    changed = send(
        Walker(world.users["editor"]), world, f"/beheer/ambtenaren/{person.pk}/gemeenten/", [User],
        municipalities="Polderstad",
    )  # fmt: skip
    assert changed == {("AuditEvent", NEW), ("DBTaskResult", NEW)}  # who is told of it
    assert set(person.groups.values_list("name", flat=True)) == {
        "Gemeenteambtenaren", "Gemeente Polderstad",
    }  # fmt: skip


def test_an_official_who_considers_something_sets_a_note_only(world: World) -> None:
    before = Consideration.objects.count()
    changed = send(
        Walker(world.users["own"]), world, "/beheer/overwegen/?expertise=een&vorm=training",
        [Consideration, IntroductionAnswer], note="Voor later",
    )  # fmt: skip
    row = Consideration.objects.latest("pk")
    assert Consideration.objects.count() == before + 1
    assert (row.cell, row.note) == ("expertise=een&vorm=training", "Voor later")
    assert (row.municipality_id, row.made_by) == (world.ids["waterdam"], world.users["own"])
    assert row.told_at is None
    assert changed <= {("Consideration", NEW), ("DBTaskResult", NEW)}


@pytest.mark.parametrize(
    ("address", "model"), [("gemeenten", Municipality), ("termen", Term)], ids=["place", "term"]
)
def test_the_registers_take_what_their_forms_show(
    world: World, address: str, model: type[models.Model]
) -> None:
    number = world.ids["waterdam" if model is Municipality else "term"]
    path = f"/beheer/{address}/edit/{number}/"
    changed = send(Walker(world.users["editor"]), world, path, [model])
    assert {column for name, column in changed if name == model.__name__} == set()
