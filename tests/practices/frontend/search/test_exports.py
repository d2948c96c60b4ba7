"""A search as a table and as a feed."""

import csv
import gc
from collections.abc import Callable, Iterator
from datetime import timedelta
from io import StringIO
from typing import Any
from xml.etree import ElementTree

import pytest
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from practices.frontend.search import table
from practices.frontend.search.table import ROWS, pieces
from practices.indexes.practices import PRACTICES
from practices.models import PracticePage, Term
from practices.selectors.cells import harmless
from practices.selectors.exported import Exported, exported
from search.engines.elasticsearch import reader, requests
from search.indexing.rebuild import rebuild
from search.results import answers
from tests.factories import MunicipalityFactory, MunicipalityPageFactory, PracticePageFactory

TABLE, FEED = "/praktijken.csv", "/praktijken.atom"
ATOM = {"a": "http://www.w3.org/2005/Atom"}

Made = list[PracticePage]


@pytest.fixture
def practices(db: None) -> Made:
    """Three practices in Gouda, the last one the newest, with whatever a title may hold."""
    place = MunicipalityFactory(name="Gouda", slug="gouda", code="GM0513", province="PV28")
    home = MunicipalityPageFactory(municipality=place)
    titles = ["=HYPERLINK(1)", 'Één; twee, "drie"\x0b\n<vier> & vijf', "Wijkoverleg"]
    made = [
        PracticePageFactory(
            parent=home,
            title=title,
            contact_email="kim@gouda.nl",
            start_year=2009,
            terms={"formats": ["training", "lunch"]},
            first_published_at=timezone.now() - timedelta(days=3 - number),
            last_published_at=timezone.now() - timedelta(days=3 - number),
        )
        for number, title in enumerate(titles)
    ]
    rebuild(PRACTICES)
    return made


def rows(response: Any) -> list[dict[str, str]]:
    text = response.getvalue().decode("utf-8-sig")
    return list(csv.DictReader(StringIO(text, newline=""), delimiter=";"))


def entries(response: Any) -> Any:
    return ElementTree.fromstring(response.content).findall("a:entry", ATOM)  # noqa: S314 (our own answer)


def test_the_table_opens_in_a_spreadsheet(practices: Made, client: Client) -> None:
    response: Any = client.get(TABLE)
    assert response.streaming
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"].startswith('attachment; filename="praktijken-20')
    assert b"".join(client.get(TABLE)).startswith(b"\xef\xbb\xbfTitel;Gemeente;")
    newest, _second, oldest = rows(response)
    assert newest["Titel"] == "Wijkoverleg"
    assert newest["Gemeente"] == "Gouda"
    assert newest["CBS-code"] == "GM0513"
    assert newest["Provincie"] == "Zuid-Holland"
    assert newest["Vorm"].split(", ") == ["Training", "Lunch"]
    assert newest["Adres"].startswith("http")
    assert oldest["Titel"] == "'=HYPERLINK(1)"


def test_a_title_with_every_sign_stays_one_cell(practices: Made, client: Client) -> None:
    assert rows(client.get(TABLE))[1]["Titel"] == practices[1].title


@given(st.text(max_size=20))
def test_no_cell_is_a_formula(text: str) -> None:
    cell = harmless(text)
    assert not cell or cell[0] not in "=+-@\t\r\n"
    assert cell.removeprefix("'") == text.removeprefix("'")


def test_the_table_has_all_pages(
    practices: Made, client: Client, django_assert_max_num_queries: Any
) -> None:
    parent = practices[0].get_parent().specific
    for number in range(30):
        PracticePageFactory(parent=parent, title=f"Nog een {number}")
    rebuild(PRACTICES)
    client.get(TABLE)
    with django_assert_max_num_queries(4):
        assert len(rows(client.get(TABLE, {"pagina": 2}))) == 33


def test_the_table_has_all_however_many_no_engine_puts_in_order_at_once(
    practices: Made, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (answers, requests, reader):
        monkeypatch.setattr(module, "MAX_DEPTH", 2)
    assert len(rows(client.get(TABLE))) == len(practices)


def test_the_table_is_sent_as_it_is_made(practices: Made) -> None:
    [practice, *_others] = exported([practices[0].pk])
    made = []

    def endless() -> Iterator[Exported]:
        while True:
            made.append(1)
            yield practice

    first = next(pieces(endless()))
    assert first.count("\r\n") == len(made) + 1 == ROWS


def test_whoever_reads_a_long_table_slowly_leaves_room_for_others_until_it_is_over(
    practices: Made, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def forget(response: Any) -> None:
        response.streaming_content = ()

    monkeypatch.setattr(table, "ROWS", len(practices) - 1)
    ends: list[Callable[[Any], object]] = [rows, lambda one: one.close(), forget]
    for end in ends:
        slow: Any = client.get(TABLE)
        assert slow.status_code == 200
        for _time in range(3):
            refused = client.get(TABLE)
            assert refused.status_code == 503
            assert refused["Retry-After"] == "60"
            assert refused.text.startswith("Anderen halen nu een grote tabel op.")
        assert len(rows(client.get(TABLE, {"q": "wijkoverleg"}))) == 1, "a short one is let by"
        end(slow)
        del slow
        gc.collect()
    assert len(rows(client.get(TABLE))) == len(practices)


@pytest.mark.parametrize("path", [TABLE, FEED])
def test_a_contact_is_never_in_it(practices: Made, client: Client, path: str) -> None:
    response: Any = client.get(path)
    assert "kim@gouda.nl" not in b"".join(response).decode()


@pytest.mark.parametrize("path", [TABLE, FEED])
def test_what_is_not_public_any_more_is_not_in_it(
    practices: Made, client: Client, path: str
) -> None:
    PracticePage.objects.filter(pk=practices[2].pk).update(live=False)
    response: Any = client.get(path)
    text = b"".join(response).decode()
    assert "Wijkoverleg" not in text
    assert "HYPERLINK" in text


def test_the_feed_has_the_newest_first_with_lasting_ids(practices: Made, client: Client) -> None:
    response = client.get(FEED, {"vorm": "training", "q": "gouda"})
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    found = entries(response)
    titles = [entry.findtext("a:title", namespaces=ATOM) for entry in found]
    assert titles == ["Wijkoverleg", 'Één; twee, "drie"  <vier> & vijf', "=HYPERLINK(1)"]
    before = [entry.findtext("a:id", namespaces=ATOM) for entry in found]
    assert len(set(before)) == 3
    PracticePage.objects.filter(pk=practices[2].pk).update(slug="elders")
    after = [entry.findtext("a:id", namespaces=ATOM) for entry in entries(client.get(FEED))]
    assert after == before


def test_who_has_the_feed_already_gets_nothing(practices: Made, client: Client) -> None:
    response = client.get(FEED)
    assert client.get(FEED, headers={"if-none-match": response["ETag"]}).status_code == 304
    since = {"if-modified-since": str(response["Last-Modified"])}
    assert client.get(FEED, headers=since).status_code == 304
    moment = timezone.now() + timedelta(seconds=5)
    PracticePage.objects.filter(pk=practices[0].pk).update(last_published_at=moment)
    assert client.get(FEED, headers={"if-none-match": response["ETag"]}).status_code == 200
    assert client.get(FEED, headers=since).status_code == 200


def test_the_feed_says_what_was_not_understood(practices: Made, client: Client) -> None:
    feed = ElementTree.fromstring(client.get(FEED, {"vorm": "onzin"}).content)  # noqa: S314 (our own answer)
    assert "onzin" in (feed.findtext("a:subtitle", namespaces=ATOM) or "")


@pytest.mark.parametrize("path", [TABLE, FEED])
def test_a_value_that_was_merged_leads_to_what_it_is_now(
    practices: Made, client: Client, path: str
) -> None:
    term = Term.objects.get(slug="training")
    term.slug = "cursus"
    term.save()
    assert client.get(path, {"vorm": "training"})["Location"] == f"{path}?vorm=cursus"


@pytest.mark.parametrize("path", [TABLE, FEED])
@pytest.mark.parametrize(
    "query", ["q=%00%ED%A0%80", "pagina=-1", "jaar=9-1", "vorm=&vorm=%27", "q=" + "wijk+" * 5000]
)
def test_whatever_is_asked_has_an_answer(
    practices: Made, client: Client, path: str, query: str
) -> None:
    response: Any = client.get(path, QUERY_STRING=query)
    assert response.status_code == 200
    assert b"".join(response)


@pytest.mark.parametrize("path", [TABLE, FEED])
def test_without_a_search_engine_it_says_so(db: None, client: Client, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 503
    assert "De zoekmachine doet het nu niet" in response.content.decode()
    assert response["Retry-After"]


def test_the_search_page_announces_both(practices: Made, client: Client) -> None:
    html = client.get("/praktijken/", {"vorm": "training", "pagina": "1"}).content.decode()
    assert 'type="application/atom+xml"' in html
    assert 'href="/praktijken.atom?vorm=training"' in html
    assert 'href="/praktijken.csv?vorm=training"' in html
