"""A7: who invited an author, or put a file in it, has a hand in what is reviewed."""

from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from wagtail.documents.models import Document
from wagtail.models import Collection

from practices.models import Invitation, PracticeDocument
from practices.services.moderation.decisions import VersionChangedError
from practices.services.moderation.files import digest, files_of
from practices.services.moderation.permissions import may_approve
from tests.practices.services.moderation.conftest import (
    EVERYTHING,
    World,
    fresh,
    review_of,
)

# A test reads what is served, and leaves the file to the garbage collector.
pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")


@pytest.fixture(autouse=True)
def files_in_a_folder(settings: Any, tmp_path: Path) -> None:
    """Documents are served from a folder, as on a real site."""
    folder = {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": str(tmp_path)},
    }
    settings.STORAGES = {**settings.STORAGES, "default": folder}


def approvers(world: World, page: Any) -> list[str]:
    task_state = review_of(page)
    return [name for name in ("edith", "ernst", "admin") if may_approve(world[name], task_state)]


def invited(world: World, person: str, by: str) -> None:
    invitation = Invitation.objects.create(
        invited_by=world[by], used_by=world[person], expires_at="2030-01-01T00:00:00Z",
        token_hash=f"{person}{by}",
    )  # fmt: skip
    invitation.municipalities.add(world.gouda.municipality)


def with_document(world: World, by: str = "sam", **fields: Any) -> Any:
    """A practice that was submitted with a document of its municipality, uploaded by somebody."""
    page = world.draft(**fields)
    document = Document(
        title="Draaiboek", uploaded_by_user=world[by], file=ContentFile(b"een", "draaiboek.pdf"),
        collection=Collection.objects.get(municipality_link__municipality=page.municipality),
    )  # fmt: skip
    document.save()
    latest = page.get_latest_revision_as_object()
    latest.documents = [PracticeDocument(document=document)]
    latest.save_revision(user=world["sam"])
    return world.submit(fresh(page))


def replace(client: Client, document: Document, **more: Any) -> Any:
    address = reverse("wagtaildocs:edit", args=[document.pk])
    data = {
        "title": document.title, "tags": "", "collection": str(document.collection_id),
        "file": SimpleUploadedFile("ander.txt", b"ander"),
    }  # fmt: skip
    return client.post(address, data | more)


def served(client: Client, address: str) -> bytes:
    with closing(client.get(address)) as answer:
        assert answer.status_code == 200
        return bytes(answer.getvalue())


def document_of(page: Any) -> Document:
    found = files_of(page)[-1]
    assert isinstance(found, Document)
    return found


def test_a7_who_invited_the_author_does_not_approve(world: World) -> None:
    """A7: an editor invited a made-up official, wrote as it, and approved."""
    page = world.submitted()
    assert approvers(world, page) == ["edith", "ernst", "admin"]
    invited(world, "sam", by="edith")
    assert approvers(world, page) == ["ernst", "admin"]
    with pytest.raises(PermissionDenied):
        world.approve(page, "edith")
    shown = world.client("edith").get(reverse("practices_review", args=[review_of(page).pk]))
    assert "nodigde uit wie dat deed" in shown.content.decode()


def test_a7_who_invited_somebody_that_only_wrote_in_it_does_not_approve(world: World) -> None:
    page = world.submitted()
    invited(world, "kim", by="edith")
    assert "edith" in approvers(world, page)
    page = world.write(page, "kim", summary="Van een collega.")
    assert approvers(world, page) == ["ernst", "admin"]


def test_who_invited_the_author_of_what_was_published_before_may_approve(world: World) -> None:
    page = world.published(approver="ernst")
    invited(world, "sam", by="edith")
    page = world.submit(world.write(page, "kim", summary="Bijgewerkt."), "kim")
    assert "edith" in approvers(world, page)


def test_a7_who_uploaded_a_file_of_it_does_not_approve(world: World) -> None:
    page = with_document(world, by="edith")
    assert approvers(world, page) == ["ernst", "admin"]


def test_a7_who_changed_a_file_of_it_does_not_approve(world: World) -> None:
    """A7: and what was looked at before the change is not approved by anybody."""
    page = with_document(world)
    assert "edith" in approvers(world, page)
    looked_at = digest(files_of(page))
    assert replace(world.client("edith"), document_of(page)).status_code == 302
    assert approvers(world, page) == ["ernst", "admin"]
    with pytest.raises(VersionChangedError):
        world.approve(page, "ernst", seen_files=looked_at)
    world.approve(page, "ernst", seen_files=digest(files_of(page)))
    assert fresh(page).live


def test_a7_the_page_of_the_review_notices_a_file_that_was_changed_meanwhile(world: World) -> None:
    page = with_document(world)
    client, address = world.client("ernst"), reverse("practices_review", args=[review_of(page).pk])
    shown = client.get(address)
    assert shown.context["files"] == digest(files_of(page))
    post = {**dict.fromkeys(EVERYTHING, "on"), "decision": "approve", "comment": ""}
    post |= {name: shown.context[name] for name in ("version", "files")}
    replace(world.client("edith"), document_of(page))
    assert client.post(address, post).status_code == 409
    assert client.post(address, post | {"files": ""}).status_code == 409
    assert not fresh(page).live
    post["files"] = client.get(address).context["files"]
    assert client.post(address, post).status_code == 302
    assert fresh(page).live


def test_a1_the_review_names_every_file_and_leads_to_it(world: World) -> None:
    """A1: the page of the review never named the document that it published."""
    page = with_document(world)
    replace(world.client("edith"), document_of(page), title="Draaiboek, herzien")
    client = world.client("ernst")
    shown = client.get(reverse("practices_review", args=[review_of(page).pk]))
    text = " ".join(shown.content.decode().split())
    document = document_of(page)
    assert (
        f'<a href="{document.url}" target="_blank" rel="noreferrer">Draaiboek, herzien</a>' in text
    )
    assert "geüpload door Sam op" in text
    assert "gewijzigd door Edith op" in text
    assert served(client, document.url) == b"ander"


@pytest.mark.parametrize("name", ["edith", "admin"])
@pytest.mark.parametrize("changed", ["file", "title"])
def test_a7_a_file_behind_a_public_page_changes_by_a_review_only(
    world: World, name: str, changed: str
) -> None:
    """A7: an editor replaced the file of a public practice, unseen."""
    page = with_document(world)
    world.approve(page, "ernst")
    document = document_of(page)
    assert served(Client(), document.url) == b"een"
    more = {"title": "Anders"} if changed == "title" else {}
    if changed == "title":
        more["file"] = ""
    answer = replace(world.client(name), document, **more)
    assert answer.status_code == 200
    assert "dien de praktijk in" in answer.content.decode()
    same = Document.objects.get(pk=document.pk)
    assert (same.title, same.file.name) == (document.title, document.file.name)
    assert served(Client(), same.url) == b"een"


def test_a_document_of_a_municipality_does_not_become_the_sites(world: World) -> None:
    """A7: in a collection of the site everybody may have it, and nobody looked."""
    document = document_of(with_document(world))
    root = Collection.get_first_root_node()
    answer = replace(world.client("edith"), document, collection=str(root.pk))
    assert answer.status_code == 200
    assert "van een gemeente" in answer.content.decode()
    bulk = reverse("wagtail_bulk_action", args=["wagtaildocs", "document", "add_to_collection"])
    world.client("edith").post(f"{bulk}?id={document.pk}", {"collection": str(root.pk)})
    assert Document.objects.get(pk=document.pk).collection_id == document.collection_id
    assert Client().get(document.url).status_code == 404


def test_what_visitors_do_not_see_of_a_public_document_may_change(world: World) -> None:
    page = with_document(world)
    world.approve(page, "ernst")
    document = document_of(page)
    assert replace(world.client("edith"), document, file="", tags="draaiboek").status_code == 302
    assert list(Document.objects.get(pk=document.pk).tags.names()) == ["draaiboek"]


def test_the_review_of_a_practice_without_files_says_so(world: World) -> None:
    page = world.submitted()
    latest = page.get_latest_revision_as_object()
    latest.documents = []
    latest.save_revision(user=world["sam"])
    shown = world.client("ernst").get(reverse("practices_review", args=[review_of(page).pk]))
    assert "Er zitten geen bestanden in." in shown.content.decode()
