from io import BytesIO

import pytest
from django.test import Client
from PIL import Image
from wagtail.models import PageViewRestriction

from practices.frontend.pages.share_pictures import SIZE, share_picture
from practices.models import PracticePage
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
