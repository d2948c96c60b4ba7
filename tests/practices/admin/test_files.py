"""Through whatever door a file comes in, it is looked through; of a refused one nothing stays."""

import gc
import io
from contextlib import closing
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.users.models import UserProfile

from tests.practices.services.files.test_documents import pdf
from tests.practices.services.files.test_pictures import photo
from tests.practices.services.moderation.conftest import World, world
from tests.security.forms import fields_of

__all__ = ["world"]
XHR = {"X-Requested-With": "XMLHttpRequest"}
DOORS = {
    "document": {
        "form": ("/beheer/documents/add/", "file", ""),
        "several": ("/beheer/documents/multiple/add/", "files[]", ""),
        "chooser": (
            "/beheer/documents/chooser/create/",
            "document-chooser-upload-file",
            "document-chooser-upload-",
        ),
    },
    "image": {
        "form": ("/beheer/images/add/", "file", ""),
        "several": ("/beheer/images/multiple/add/", "files[]", ""),
        "chooser": (
            "/beheer/images/chooser/create/",
            "image-chooser-upload-file",
            "image-chooser-upload-",
        ),
    },
}


def send(client: Client, kind: str, door: str, file: SimpleUploadedFile) -> str:
    address, field, prefix = DOORS[kind][door]
    fields: dict[str, Any] = {f"{prefix}title": "Stuk", f"{prefix}collection": "1", field: file}
    fields |= {f"{prefix}tags": "", f"{prefix}description": ""}
    headers = XHR if door == "several" else {}
    with closing(client.post(address, fields, headers=headers)) as response:
        assert response.status_code in (200, 302)
        return response.content.decode()


@pytest.mark.parametrize("door", DOORS["document"])
def test_a_document_that_runs_something_comes_in_by_no_door(world: World, door: str) -> None:
    client = world.client("edith")
    text = send(client, "document", door, SimpleUploadedFile("stuk.pdf", pdf("script")))
    assert "nieuwe PDF" in text
    assert not get_document_model().objects.exists()
    send(client, "document", door, SimpleUploadedFile("stuk.pdf", pdf()))
    assert get_document_model().objects.count() == 1


# Wagtail leaves a file of a rendition open until it is collected.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("door", DOORS["image"])
def test_a_photo_is_kept_without_where_it_was_made(world: World, door: str) -> None:
    file = SimpleUploadedFile("foto.jpeg", photo("JPEG"), "image/jpeg")
    send(world.client("edith"), "image", door, file)
    image = get_image_model().objects.get()
    with image.file.open() as kept:
        content = kept.read()
    assert b"Exif" not in content
    assert (image.width, image.height) == (20, 40)
    assert image.file_size == len(content)
    gc.collect()


def test_a_photo_of_a_telephone_is_kept_as_one_that_browsers_show(world: World) -> None:
    file = io.BytesIO()
    Image.new("RGB", (40, 20), "red").save(file, "HEIF")
    send(world.client("edith"), "image", "form", SimpleUploadedFile("IMG_1.heic", file.getvalue()))
    assert get_image_model().objects.get().file.name.endswith(".jpg")


def test_who_chooses_a_document_reads_how_large_it_may_be(world: World) -> None:
    assert "10,0\xa0MB" in world.client("edith").get("/beheer/documents/add/").content.decode()
    large = SimpleUploadedFile("stuk.txt", b"x" * (10 * 1024 * 1024 + 1))
    assert "10,0" in send(world.client("edith"), "document", "form", large)
    assert not get_document_model().objects.exists()


def test_a_file_that_takes_the_place_of_another_is_looked_through_too(world: World) -> None:
    client = world.client("edith")
    send(client, "document", "form", SimpleUploadedFile("stuk.pdf", pdf()))
    document = get_document_model().objects.get()
    address = f"/beheer/documents/edit/{document.pk}/"
    fields = {"title": "Stuk", "collection": "1", "tags": ""}
    bad = SimpleUploadedFile("stuk.pdf", pdf("script"))
    assert "nieuwe PDF" in client.post(address, {**fields, "file": bad}).content.decode()
    assert client.post(address, {**fields, "title": "Anders"}).status_code == 302
    document.refresh_from_db()
    assert document.title == "Anders"


def test_the_picture_of_an_account_is_made_anew_too(world: World) -> None:
    client = world.client("sam")
    fields: dict[str, Any] = fields_of(client.get("/beheer/account/").content.decode())
    fields["name_email-last_name"] = "de Vries"
    large = SimpleUploadedFile("ik.jpeg", photo("JPEG") + b"x" * 5_000_000, "image/jpeg")
    client.post("/beheer/account/", {**fields, "avatar-avatar": large}).close()
    assert not UserProfile.get_for_user(world["sam"]).avatar
    file = SimpleUploadedFile("ik.jpeg", photo("JPEG"), "image/jpeg")
    client.post("/beheer/account/", {**fields, "avatar-avatar": file}).close()
    with UserProfile.get_for_user(world["sam"]).avatar.open() as kept:
        assert b"Exif" not in kept.read()
