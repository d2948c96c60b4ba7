import json
import re
from datetime import date
from typing import Any
from xml.etree import ElementTree

import html5lib
import pytest
from django.conf import settings
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory, override_settings
from django.urls import path
from wagtail.fields import RichTextField
from wagtail.images import get_image_model
from wagtail.models import get_page_models

from cms import views
from cms.urls import handler500, urlpatterns  # noqa: F401 (the broken site below answers with it)
from tests.factories import (
    EditorialPageFactory,
    MunicipalityPageFactory,
    PracticePageFactory,
    SignpostPageFactory,
    SiteTree,
)

BASE_URL = settings.BASE_URL
COMPLETION = '<script src="/static/practices/js/completion.js" defer>'
"""The one script that pages have."""


def valid(response: Any) -> str:
    body: str = response.content.decode()
    html5lib.HTMLParser(strict=True).parse(body)
    assert body.count("<h1") == 1
    return body


def test_every_kind_of_page_is_valid_and_asks_nothing_of_another_host(
    client: Client, site_tree: SiteTree
) -> None:
    practice = PracticePageFactory(complete=True)
    pages: list[Any] = [site_tree.home, site_tree.municipalities, site_tree.signposts, practice]
    pages += [practice.get_parent(), SignpostPageFactory(practices=[practice])]
    pages += [EditorialPageFactory(slug="over-wegwijzer")]
    for address in [*(page.url for page in pages), "/praktijken/", f"{practice.url}contact/"]:
        body = valid(client.get(address))
        loaded = re.findall(
            r'<(?:link|script|img|iframe|source)\b[^>]*?(?:href|src)="([^"]*)"', body
        )
        own = ("/", "http://localhost:8000/")
        assert all(one.startswith(own) for one in loaded), address
        assert not re.search(r'\sstyle="|<style|\son[a-z]+="', body), address
        scripts = set(re.findall(r"<script[^>]*>", body))
        assert scripts <= {'<script type="application/ld+json">', COMPLETION}, address


def test_no_page_has_a_place_for_a_picture() -> None:
    """Who makes one: Wagtail's `picture` tag, AVIF and WebP, `loading="lazy"` below the fold."""
    for model in get_page_models():
        fields = model._meta.get_fields()
        features = {one for field in fields for one in getattr(field, "features", None) or ()}
        assert not features & {"image", "embed"}, model
        assert get_image_model() not in {field.related_model for field in fields}, model
        bare = [one for one in fields if isinstance(one, RichTextField) and not one.features]
        assert not bare, model


def test_home_shows_newest_practices_and_signposts(client: Client, site_tree: SiteTree) -> None:
    practice, signpost = (
        PracticePageFactory(title="Een eerste"),
        SignpostPageFactory(title="Lees dit"),
    )
    PracticePageFactory(title="Een concept", draft=True)
    body = valid(client.get("/"))
    assert signpost.title in body
    assert "Een concept" not in body
    assert practice.title in body or "Er zijn nog geen praktijken" in body


def test_an_unknown_address_is_answered_in_dutch(client: Client, site_tree: SiteTree) -> None:
    response = client.get("/bestaat/niet/")
    assert response.status_code == 404
    assert 'lang="nl"' in valid(response)
    assert 'action="/zoek/"' in response.content.decode()


def fails(request: HttpRequest) -> HttpResponse:
    raise {"400": BadRequest, "403": PermissionDenied, "500": RuntimeError}[request.GET["with"]](
        "stuk"
    )


@pytest.mark.parametrize("status", [400, 403, 500])
def test_errors_have_a_page_of_their_own(status: int) -> None:
    broken = type("urls", (), {"urlpatterns": [path("stuk/", fails)], "handler500": handler500})
    with override_settings(ROOT_URLCONF=broken):
        response = Client(raise_request_exception=False).get("/stuk/", {"with": str(status)})
    assert response.status_code == status
    assert "RuntimeError" not in valid(response)


def test_an_error_is_answered_even_where_templates_are_broken(rf: RequestFactory) -> None:
    with override_settings(TEMPLATES=[]):
        response = views.server_error(rf.get("/"))
    assert response.status_code == 500
    valid(response)


def test_robots_may_read_pages_but_not_every_search(client: Client, db: None) -> None:
    text = client.get("/robots.txt").content.decode()
    assert "Disallow: /beheer/" in text
    assert "Sitemap: http://localhost:8000/sitemap.xml" in text


def test_a_browser_can_search_the_site_by_itself(client: Client, site_tree: SiteTree) -> None:
    assert 'href="/opensearch.xml"' in client.get("/praktijken/").content.decode()
    response = client.get("/opensearch.xml")
    assert response["Content-Type"].startswith("application/opensearchdescription+xml")
    described = ElementTree.fromstring(response.content)  # noqa: S314 (our own answer)
    space = "{http://a9.com/-/spec/opensearch/1.1/}"
    [html, _feed] = described.findall(f"{space}Url")
    address = html.attrib["template"].replace("{searchTerms}", "wijk").removeprefix(BASE_URL)
    assert address == "/zoek/?q=wijk"


def test_search_engines_are_told_the_way_to_a_page(client: Client, site_tree: SiteTree) -> None:
    page = MunicipalityPageFactory()
    body = client.get(page.url).content.decode()
    [data] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', body)
    steps = json.loads(data)["itemListElement"]
    assert [step["item"].removeprefix(BASE_URL) for step in steps] == ["/", "/gemeenten/", page.url]


def test_the_sitemap_has_public_pages_only(client: Client, site_tree: SiteTree) -> None:
    shown = PracticePageFactory()
    hidden = [PracticePageFactory(draft=True), PracticePageFactory(fictional=True)]
    municipality = MunicipalityPageFactory()
    text = client.get("/sitemap-paginas.xml", headers={"host": "localhost"}).content.decode()
    for address in ("/", shown.url, municipality.url):
        assert f"<loc>http://localhost:8000{address}</loc>" in text
    for page in hidden:
        assert page.url not in text


def test_the_admin_shows_mark_and_name_of_the_site(client: Client, admin_client: Client) -> None:
    for page in (client.get("/beheer/login/"), admin_client.get("/beheer/")):
        body = page.content.decode()
        assert "- WegWijzer</title>" in body
        assert 'src="/static/cms/mark.svg"' in body
        assert "/static/cms/admin.css" in body


def test_a13_security_txt_says_whom_to_tell_until_when(client: Client, db: None) -> None:
    address = "/.well-known/security.txt"
    assert client.get(address).status_code == 404
    contact, expires = "mailto:lek@wegwijzer.example", date(2027, 6, 1)
    with override_settings(SECURITY_CONTACT=contact, SECURITY_EXPIRES=expires):
        response = client.get(address)
    assert response["Content-Type"].startswith("text/plain")
    lines = response.content.decode().splitlines()
    assert "Contact: mailto:lek@wegwijzer.example" in lines
    assert "Expires: 2027-06-01T00:00:00Z" in lines
