from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from PIL import Image, ImageFont
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings
from wagtail.models import PageViewRestriction

from practices.frontend.pages import share_pictures
from practices.frontend.pages.share_pictures import SIZE, share_picture
from practices.models import PracticePage
from practices.services import shelf
from tests.factories import PracticePageFactory, SiteTree


@pytest.fixture
def practice(site_tree: SiteTree) -> PracticePage:
    return PracticePageFactory(title="Samen leren")


def picture(data: bytes) -> Image.Image:
    found = Image.open(BytesIO(data))
    found.load()
    return found


def test_a_practice_has_a_picture_that_its_page_names(
    client: Client, practice: PracticePage
) -> None:
    body = client.get(practice.url).content.decode()
    address = f"{practice.url}beeld.png"
    assert f'<meta property="og:image" content="http://testserver{address}">' in body.replace(
        "http://localhost:8000", "http://testserver"
    ).replace("http://127.0.0.1:8000", "http://testserver")
    response = client.get(address)
    assert response["Content-Type"] == "image/png"
    assert picture(response.content).size == SIZE


def test_what_is_not_public_has_no_picture(client: Client, practice: PracticePage) -> None:
    PageViewRestriction.objects.create(page=practice, restriction_type="login")
    assert client.get(f"{practice.url}beeld.png").status_code == 404
    PageViewRestriction.objects.all().delete()
    practice.unpublish()
    assert client.get(f"{practice.url}beeld.png").status_code == 404


@pytest.mark.parametrize(
    "title", ["", "W" * 255, "woord " * 40, "łódź — ‘ij’ 中文 🎭", "a\nb\tc", "<script>"]
)
def test_any_title_fits(title: str) -> None:
    margin = picture(share_picture(title, title)).convert("RGB").crop((1115, 30, *SIZE))
    assert margin.getcolors() == [(85 * 600, (251, 250, 246))]


def test_an_accent_that_the_font_lacks_is_left_out() -> None:
    assert share_picture("Šesť", "Ede") == share_picture("Sest", "Ede")
    assert share_picture("é", "Ede") != share_picture("e", "Ede")


def test_it_is_drawn_once_for_its_words(
    client: Client, practice: PracticePage, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[str] = []

    def count(title: str, place: str) -> bytes:
        drawn.append(title)
        return share_picture(title, place)

    monkeypatch.setattr(share_pictures, "share_picture", count)
    address = f"{practice.url}beeld.png"
    first = client.get(address)
    assert client.get(address).content == first.content
    assert client.get(address, headers={"If-None-Match": first["ETag"]}).status_code == 304
    PracticePage.objects.filter(pk=practice.pk).update(title="Anders leren")
    second = client.get(address)
    assert second["ETag"] != first["ETag"]
    assert second.content != first.content
    assert drawn == ["Samen leren", "Anders leren"]


def test_it_goes_with_its_practice(
    client: Client,
    practice: PracticePage,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    client.get(f"{practice.url}beeld.png")
    assert shelf.shelf().get(f"picture:{practice.pk}")
    with django_capture_on_commit_callbacks(execute=True):
        practice.unpublish()
    assert not shelf.shelf().get(f"picture:{practice.pk}")


def test_each_pair_of_letters_is_measured_once_in_each_size(
    monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    settings.WAGTAIL_SITE_NAME = "W" * 255
    measured: list[str] = []
    for name in ("getlength", "getbbox"):
        measure = getattr(ImageFont.FreeTypeFont, name)

        def count(font: ImageFont.FreeTypeFont, text: str, *args: Any, how: Any = measure) -> Any:
            measured.append(text)
            return how(font, text, *args)

        monkeypatch.setattr(ImageFont.FreeTypeFont, name, count)
    share_pictures._step.cache_clear()
    share_picture("W" * 255, "W" * 255)
    pairs = {" W", "WW", "W ", " …"}
    assert len(measured) <= 2 * len(pairs) * len({76, 64, 54, 44, 40})
