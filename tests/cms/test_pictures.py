"""Pictures that somebody uploaded are seen in the admin, by who may, and nowhere else."""

import re
from io import BytesIO
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image as Drawing
from wagtail.documents.models import Document
from wagtail.images.models import Image
from wagtail.models import Collection
from wagtail.users.models import UserProfile

from practices.models import MunicipalityGroup
from tests.practices.services.people.conftest import People

# Wagtail leaves the file of a rendition to the garbage collector.
pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")

SHOWN = re.compile(r'/afbeeldingen/[^"&\s\\]+')
ACCOUNT = {
    "name_email-first_name": "Kim",
    "name_email-last_name": "de Vries",
    "theme-theme": "system",
    "theme-contrast": "system",
    "theme-density": "default",
}


def drawn() -> bytes:
    file = BytesIO()
    Drawing.new("RGB", (200, 200), "teal").save(file, "PNG")
    return file.getvalue()


def logged_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def kept(collection: Collection) -> Image:
    image: Image = Image.objects.create(
        title="Plein", file=ContentFile(drawn(), "plein.png"), collection=collection
    )
    return image


def asked(client: Client, address: str) -> tuple[int, str]:
    response: Any = client.get(address)
    return response.status_code, response["Content-Type"]


@pytest.fixture
def administrator(people: People) -> User:
    return User.objects.create_superuser("beheer", "beheer@voorbeeld.example", "geheim")


def test_everybody_sees_the_profile_picture_that_was_uploaded(
    people: People,
    administrator: User,
) -> None:
    for person in (people.official, people.editor, administrator):
        client = logged_in(person)
        file = SimpleUploadedFile("ik.png", drawn(), "image/png")
        sent = client.post("/beheer/account/", {**ACCOUNT, "avatar-avatar": file})
        assert sent.status_code == 302
        found = {*SHOWN.findall(client.get("/beheer/account/").content.decode())}
        assert len(found) == 1
        for address in found:
            assert asked(client, address) == (200, "image/png")
            assert asked(logged_in(people.other), address)[0] == 200, "a colleague"
            assert asked(Client(), address)[0] == 404


@pytest.mark.parametrize(
    "screen", ["", "{0}/", "{0}/delete/", "chooser/", "chooser/results/", "results/"]
)
def test_an_editor_sees_every_picture_of_the_library(people: People, screen: str) -> None:
    image = kept(Collection.get_first_root_node())
    client = logged_in(people.editor)
    text = client.get(f"/beheer/images/{screen.format(image.pk)}").content.decode()
    found = {*SHOWN.findall(text)}
    assert found
    for address in found:
        assert asked(client, address) == (200, "image/png")


def test_a_picture_of_a_municipality_is_for_who_may_choose_it(people: People) -> None:
    link = MunicipalityGroup.objects.get(municipality=people.page.municipality)
    image = kept(link.collection)
    rendition = image.get_rendition("max-165x165")
    for address in (image.file.url, rendition.url):
        for person in (people.official, people.editor):
            assert asked(logged_in(person), address)[0] == 200
        for client in (logged_in(people.other), Client()):
            response = client.get(address)
            assert response.status_code == 404
            assert "Set-Cookie" not in response


def test_what_is_kept_may_be_shown_again_only_to_who_asks(people: People) -> None:
    client = logged_in(people.editor)
    address = kept(Collection.get_first_root_node()).file.url
    response = client.get(address)
    assert response["Cache-Control"] == "private, no-cache"
    assert "Cookie" in response["Vary"]
    assert response["X-Content-Type-Options"] == "nosniff"
    assert client.get(address, headers={"If-None-Match": response["ETag"]}).status_code == 304
    assert client.post(address).status_code == 405


def test_no_other_upload_is_found_there(people: People, administrator: User) -> None:
    client = logged_in(administrator)
    document = Document.objects.create(title="Stuk", file=ContentFile(b"%PDF-1.7", "stuk.pdf"))
    assert client.get(document.file.url).status_code == 404
    assert client.get(f"/media/{document.file.name}").status_code == 404
    # Browsers run what stands in these.
    for name in ("ik.svg", "ik.html", "ik.pdf", "ik"):
        profile = UserProfile.get_for_user(people.official)
        profile.avatar.save(name, ContentFile(drawn()))
        assert client.get(profile.avatar.url).status_code == 404, name
    for name in ("niets.png", "../secret-key", "%2e%2e/secret-key.png", "original_images/"):
        assert client.get(f"/afbeeldingen/{name}").status_code == 404, name
    gone = kept(Collection.get_first_root_node())
    default_storage.delete(gone.file.name)
    assert client.get(gone.file.url).status_code == 404
