"""Whatever is asked: an answer, or in Dutch what is wrong with it; never an error of ours."""

from urllib.parse import quote, urlencode

from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.practices.api.conftest import Published

PRACTICES = "/api/v1/praktijken"

FAULTS = [
    (f"{PRACTICES}?doelgreop=eerstelijn", "“doelgreop” is geen parameter"),
    (f"{PRACTICES}?pagina=2", "“pagina” is geen parameter"),
    (f"{PRACTICES}?vorm=onzin", "geen waarde uit /api/v1/woordenlijsten/vorm"),
    (f"{PRACTICES}?gemeente=atlantis", "geen gemeente uit /api/v1/gemeenten"),
    (f"{PRACTICES}?vergelijkbaar=atlantis", "geen gemeente uit /api/v1/gemeenten"),
    (f"{PRACTICES}?jaar=2010-2008", "geen jaar of periode"),
    (f"{PRACTICES}?jaar_van=abc", "abc"),
    (f"{PRACTICES}?sorteer=duurste", "“sorteer” is een van deze"),
    (f"{PRACTICES}?sorteer=jaar&sorteer=jaar", "Geef “sorteer” één keer"),
    (f"{PRACTICES}?q={'wijk+' * 200}", "“q” is te lang"),
    (f"{PRACTICES}?q=a%00b", "tekens"),
    (f"{PRACTICES}?{'vorm=training&' * 51}", "te veel waarden"),
    (f"{PRACTICES}?aantal=0", "getal van 1 tot en met 100"),
    (f"{PRACTICES}?aantal=101", "getal van 1 tot en met 100"),
    (f"{PRACTICES}?aantal=veel", "getal van 1 tot en met 100"),
    (f"{PRACTICES}?aantal=1&aantal=2", "Geef “aantal” één keer"),
    (f"{PRACTICES}?cursor=onzin", "Deze cursor klopt niet"),
    (f"{PRACTICES}?cursor=%00", "Deze cursor klopt niet"),
    (f"{PRACTICES}?cursor={'x' * 501}", "“cursor” is te lang"),
    (f"{PRACTICES}?gewijzigd_sinds=gisteren", "Geef “gewijzigd_sinds” als"),
    (f"{PRACTICES}?gewijzigd_sinds=2026-13-45", "Geef “gewijzigd_sinds” als"),
    (f"{PRACTICES}?gewijzigd_sinds=0001-01-01T00:00:00%2B14:00", "Geef “gewijzigd_sinds” als"),
    (f"{PRACTICES}?gewijzigd_sinds=9999-12-31T23:59:59-14:00", "Geef “gewijzigd_sinds” als"),
    (f"{PRACTICES}/1?velden=titel", "“velden” is geen parameter"),
    ("/api/v1/lessen?les=mislukt", "“les” is een van deze: werkte, werkte-niet, tip"),
    ("/api/v1/lessen?praktijk=-1", "“praktijk” is het nummer"),
    ("/api/v1/lessen?praktijk=99999999999999999999999", "“praktijk” is het nummer"),
    ("/api/v1/gemeenten?provincie=atlantis", "geen waarde uit /api/v1/woordenlijsten/provincie"),
    ("/api/v1/gemeenten/gouda/vergelijkbaar?zonder=weer", "“zonder” is een van deze"),
    ("/api/v1/wegwijzers?q=x", "“q” is geen parameter"),
]
NOWHERE = [
    f"{PRACTICES}/0",
    f"{PRACTICES}/-1",
    f"{PRACTICES}/abc",
    f"{PRACTICES}/1e3",
    f"{PRACTICES}/99999999999999999999999",
    f"{PRACTICES}/",
    f"{PRACTICES}/%00",
    "/api/v1/lessen/1-bcdfgh",
    "/api/v1/lessen/onzin",
    "/api/v1/gemeenten/atlantis",
    "/api/v1/gemeenten/%00",
    "/api/v1/gemeenten/GM9999/vergelijkbaar",
    f"/api/v1/gemeenten/{'x' * 5000}",
    "/api/v1/woordenlijsten/onzin",
    "/api/v1/woordenlijsten/jaar",
    "/api/v1/wegwijzers/WW9999",
    "/api/v1/wegwijzers/'%20OR%201=1",
    "/api/v1/%F0%9F%92%A5",
    "/api/v1/..%2F..%2Fetc",
]


def test_each_fault_is_said(published: Published, client: Client, no_limit: None) -> None:
    for path, words in FAULTS:
        response = client.get(path)
        assert response.status_code == 400, path
        assert response["Content-Type"] == "application/problem+json"
        assert words in response.json()["detail"], (path, response.json())


def test_all_faults_are_said_at_once(published: Published, client: Client) -> None:
    response = client.get(PRACTICES, {"vorm": ["training", "x", "y"], "z": "1", "sorteer": "q"})
    assert len(response.json()["fouten"]) == 4


def test_where_nothing_is_it_says_so(published: Published, client: Client) -> None:
    for path in NOWHERE:
        response = client.get(path)
        assert response.status_code == 404, path
        assert response["Content-Type"] == "application/problem+json"


def test_a_cursor_of_another_question_is_refused(published: Published, client: Client) -> None:
    following = client.get(PRACTICES, {"aantal": 1}).json()["volgende"]
    cursor = following.partition("cursor=")[2]
    for path in (f"{PRACTICES}?vorm=training&cursor={cursor}", f"/api/v1/lessen?cursor={cursor}"):
        response = client.get(path)
        assert response.status_code == 400
        assert "hoort bij een andere vraag" in response.json()["detail"]
    changed = f"{cursor[:5]}{'A' if cursor[5] != 'A' else 'B'}{cursor[6:]}"
    assert client.get(PRACTICES, {"cursor": changed}).status_code == 400
    # As many as you like, also halfway.
    assert client.get(PRACTICES, {"cursor": cursor, "aantal": 50}).status_code == 200


def test_what_chooses_nothing_is_no_fault(published: Published, client: Client) -> None:
    empty = client.get(
        PRACTICES, {"vorm": "", "q": "", "sorteer": "", "cursor": "", "jaar_van": ""}
    )
    assert empty.json()["totaal"] == 3


NAMES = ("q", "vorm", "jaar", "jaar_van", "sorteer", "cursor", "aantal", "gewijzigd_sinds", "x")
TEXTS = st.text(max_size=30) | st.sampled_from(
    ["training", "2008-2010", "gouda", "1", '"', "-", "*"]
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from(NAMES), TEXTS), max_size=4), st.text(max_size=20))
def test_nothing_is_an_error_of_ours(
    published: Published,
    client: Client,
    no_limit: None,
    asked: list[tuple[str, str]],
    end: str,
) -> None:
    query = urlencode(asked, errors="surrogatepass")
    for path in (PRACTICES, f"/api/v1/gemeenten/{quote(end, errors='surrogatepass')}"):
        response = client.get(
            path,
            QUERY_STRING=query,
        )
        assert response.status_code in (200, 400, 404)
        assert response.json()
