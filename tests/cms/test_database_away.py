from collections.abc import Callable
from typing import Any

import html5lib
import pytest
from django.db import DatabaseError, InterfaceError, OperationalError, ProgrammingError
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory, override_settings
from django.urls import path

from cms import views
from cms.urls import handler500

ERRORS = {
    "operational": OperationalError("connection to server at 10.0.0.1 failed"),
    "interface": InterfaceError("connection already closed"),
    "broken": DatabaseError("database disk image is malformed"),
    "programming": ProgrammingError("no such column"),
}


def asks(request: HttpRequest) -> HttpResponse:
    raise ERRORS[request.GET["with"]]


def wraps(request: HttpRequest) -> HttpResponse:
    try:
        return asks(request)
    except OperationalError as error:
        raise RuntimeError("The page could not be made.") from error


def fails_first(get_response: Callable[..., Any]) -> Callable[..., Any]:
    """Middleware that needs the database, as those of sessions and redirects do."""
    return asks


URLS = type(
    "urls",
    (),
    {
        "urlpatterns": [path(name, asks) for name in ("stuk/", "stuk.json", "api/v1/stuk")]
        + [path("verpakt/", wraps)],
        "handler500": handler500,
    },
)


@pytest.fixture
def site() -> Any:
    with override_settings(ROOT_URLCONF=URLS):
        yield Client(raise_request_exception=False)


def is_calm(response: Any) -> bool:
    body = response.content.decode()
    html5lib.HTMLParser(strict=True).parse(body)
    return "De site is er even niet" in body and "10.0.0.1" not in body


@pytest.mark.parametrize("name", ["operational", "interface", "broken"])
def test_a_database_that_is_away_is_a_503_that_says_when_to_come_back(
    site: Client, name: str
) -> None:
    response = site.get("/stuk/", {"with": name})
    assert response.status_code == 503
    assert is_calm(response)
    assert response["Retry-After"] == "30"
    assert response["Cache-Control"] == "no-store"


def test_an_error_that_was_wrapped_in_another_is_recognised(site: Client) -> None:
    assert site.get("/verpakt/", {"with": "operational"}).status_code == 503


def test_an_error_in_middleware_is_answered_alike(site: Client, settings: Any) -> None:
    fails = f"{fails_first.__module__}.{fails_first.__name__}"
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, fails]
    response = site.get("/overal/", {"with": "operational"})
    assert response.status_code == 503
    assert is_calm(response)
    assert response["X-Request-ID"]


def test_a_mistake_in_a_query_stays_an_error_of_ours(site: Client) -> None:
    assert site.get("/stuk/", {"with": "programming"}).status_code == 500


def test_who_was_sending_reads_how_to_send_again(site: Client) -> None:
    address = "/stuk/?with=operational"
    assert "Was u iets aan het versturen?" in site.post(address).content.decode()
    assert "Was u iets aan het versturen?" not in site.get(address).content.decode()


@pytest.mark.parametrize(
    ("address", "accept"), [("/stuk.json", "*/*"), ("/stuk/", "application/json, text/html;q=0.5")]
)
def test_programs_get_json(site: Client, address: str, accept: str) -> None:
    response = site.get(address, {"with": "operational"}, headers={"accept": accept})
    assert response.status_code == 503
    (notice,) = response.json()["notices"]
    assert notice.startswith("De site kan op dit moment niet bij de gegevens.")


@pytest.mark.parametrize(
    ("name", "status", "words"),
    [("operational", 503, "niet bij de gegevens"), ("programming", 500, "bij ons iets mis")],
)
def test_the_api_tells_of_errors_in_its_own_form(
    site: Client, name: str, status: int, words: str
) -> None:
    response = site.get("/api/v1/stuk", {"with": name}, headers={"accept": "text/html"})
    assert response.status_code == status
    assert response["Content-Type"] == "application/problem+json"
    assert response["Access-Control-Allow-Origin"] == "*"
    assert words in response.json()["detail"]


@pytest.mark.parametrize("accept", ["*/*", "text/html,application/xhtml+xml,*/*;q=0.8", ""])
def test_browsers_get_a_page(site: Client, accept: str) -> None:
    assert is_calm(site.get("/stuk/", {"with": "operational"}, headers={"accept": accept}))


def test_an_outage_does_not_fill_the_log(site: Client, caplog: pytest.LogCaptureFixture) -> None:
    for _ in range(10):
        site.get("/stuk/", {"with": "operational"})
    assert len(caplog.records) <= 1


def test_it_is_a_503_even_where_templates_are_broken(rf: RequestFactory) -> None:
    with override_settings(TEMPLATES=[]):
        try:
            raise ERRORS["operational"]
        except OperationalError:
            response = views.server_error(rf.get("/"))
    assert response.status_code == 503
    assert 'lang="nl"' in response.content.decode()
