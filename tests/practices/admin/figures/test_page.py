"""The page of the figures, for editors only."""

import csv
import re
from datetime import timedelta
from io import StringIO
from typing import Any

import html5lib
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from practices.admin.figures.blocks import BLOCKS, MOST_ROWS
from practices.models import ReviewTaskState, UnansweredSearch
from tests.factories import PracticePageFactory
from tests.practices.admin.figures.conftest import (
    REJECTED,
    TODAY,
    History,
    Submission,
    add_submission,
)
from tests.practices.admin.figures.svg import parsed
from tests.practices.services.moderation.conftest import World, review_of

PAGE = "/beheer/cijfers/"
PERIOD = "?van=2025-12&tot=2026-11"


def file(name: str) -> str:
    return f"{PAGE}{name}.csv"


def rows_of(client: Client, name: str) -> list[list[str]]:
    response = client.get(file(name) + PERIOD)
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"] == f'attachment; filename="{name}-2025-12-2026-11.csv"'
    return list(csv.reader(StringIO(response.content.decode("utf-8-sig")), delimiter=";"))


def sections(response: Any) -> dict[str, Any]:
    document = html5lib.parse(response.content.decode(), namespaceHTMLElements=False)
    return {
        str(section.get("id")): section
        for section in document.iter("section")
        if section.get("class") == "figures__block"
    }


def texts(element: Any) -> list[str]:
    return ["".join(element.itertext()).strip()]


def test_every_block_has_a_table_with_the_rows_of_its_file(history: History, world: World) -> None:
    UnansweredSearch.objects.create(
        text_hash="x", text="voetbal", visitors=4, first_on=TODAY.date(), last_on=TODAY.date()
    )
    client = world.client("edith")
    found = sections(client.get(PAGE + PERIOD))
    assert list(found) == list(BLOCKS)
    for name, section in found.items():
        tables = list(section.iter("table"))
        if not tables:
            continue
        shown = [
            ["".join(cell.itertext()).strip() for cell in row if cell.tag in ("td", "th")]
            for row in tables[0].iter("tr")
        ]
        assert shown == rows_of(client, name)
        assert section.find(f".//a[@href='{file(name)}{PERIOD}']") is not None
    assert [name for name, section in found.items() if section.find(".//table") is None] == [
        "regels"
    ]


def test_every_plot_is_xml_and_every_number_in_it_stands_in_its_table(
    history: History, world: World
) -> None:
    response = world.client("edith").get(PAGE + PERIOD)
    plots = re.findall(r"<svg [^>]*class=\"plot\".*?</svg>", response.content.decode(), re.DOTALL)
    tables = {block["table"].name: block["table"] for block in response.context["blocks"]}
    assert len(plots) == 4 + 4 + 1 + 3 + 1
    for plot in plots:
        root = parsed(plot)
        name = root.get("aria-labelledby", "").removeprefix("plot-").partition("-title")[0]
        table = tables[re.sub(r"-\d+$", "", name)]
        words = " ".join(
            [table.title, *table.heads, *(cell for row in table.texts for cell in row)]
        )
        for element in root.iter():
            for number in re.findall(r"\d+(?:,\d+)?", element.text or ""):
                assert re.search(rf"(?<!\d){number}(?!\d)", words), (name, number)


def test_without_a_history_the_page_says_so(world: World) -> None:
    found = sections(world.client("edith").get(PAGE + PERIOD))
    assert all(section.find(".//table") is None for section in found.values())
    assert all(section.find("p[@class='figures__empty']").text for section in found.values())


def test_a_request_for_changes_leads_to_its_review(world: World) -> None:
    pattern = review_of(world.submitted(title="Praten <b>helpt</b>"))
    text = "=HYPERLINK(1) " + "lang " * 100
    one = Submission(TODAY, TODAY, REJECTED, {"facts": False, "lessons": True}, text)
    row = add_submission(world, pattern, one)
    client = world.client("edith")
    section = sections(client.get(PAGE + PERIOD))["verzoeken"]
    link = section.find(f".//a[@href='{reverse('practices_review', args=[row.pk])}']")
    assert link.text == "Praten <b>helpt</b>"
    shown = "".join(section.itertext())
    assert "…" in shown
    assert text not in shown
    assert rows_of(client, "verzoeken")[1][2] == f"'{text}"


def test_the_page_has_the_newest_requests_and_the_file_all(world: World) -> None:
    pattern = review_of(world.submitted())
    for number in range(MOST_ROWS + 2):
        moment = TODAY - timedelta(minutes=number)
        add_submission(world, pattern, Submission(moment, moment, REJECTED, {}, f"n{number}."))
    client = world.client("edith")
    rows = sections(client.get(PAGE + PERIOD))["verzoeken"].findall(".//tbody/tr")
    assert len(rows) == MOST_ROWS
    assert "n0." in "".join(rows[0].itertext())
    assert len(rows_of(client, "verzoeken")) == 1 + MOST_ROWS + 2


@pytest.mark.parametrize("path", [PAGE, file("verzoeken"), file("per-maand")])
def test_officials_and_visitors_are_refused_as_if_it_did_not_exist(
    world: World, history: History, path: str
) -> None:
    absent = "/beheer/bestaat-niet/"
    for client in (world.client("sam"), Client()):
        got, expected = (client.get(one, follow=False) for one in (path, absent))
        assert got.status_code == expected.status_code == 302
        assert got["Location"].partition("?")[0] == expected["Location"].partition("?")[0]
        assert dict(got.headers).keys() == dict(expected.headers).keys()
    script = {"x-requested-with": "XMLHttpRequest"}
    got, expected = (world.client("sam").get(one, headers=script) for one in (path, absent))
    assert got.status_code == expected.status_code == 403
    assert got.content == expected.content


def test_only_editors_have_it_in_their_menu(world: World) -> None:
    home = reverse("wagtailadmin_home")
    assert PAGE in world.client("edith").get(home).content.decode()
    assert PAGE not in world.client("sam").get(home).content.decode()


def test_an_unknown_file_and_a_post_are_refused(world: World) -> None:
    client = world.client("edith")
    assert client.get(file("bestaat-niet")).status_code == 404
    assert client.post(PAGE).status_code == 405
    assert client.head(PAGE).content == b""


def test_a_month_that_cannot_be_read_is_said_on_the_page(world: World) -> None:
    response = world.client("edith").get(PAGE, {"van": "maart"})
    assert 'role="alert"' in response.content.decode()


def test_the_number_of_queries_does_not_grow(
    world: World, history: History, django_assert_max_num_queries: Any
) -> None:
    client = world.client("edith")
    client.get(PAGE + PERIOD)
    with CaptureQueriesContext(connection) as first:
        client.get(PAGE + PERIOD)
    count = len(first)
    assert count <= 30
    pattern = ReviewTaskState.objects.latest("pk")
    for number in range(20):
        moment = TODAY - timedelta(days=10 * number)
        add_submission(world, pattern, Submission(moment, moment, REJECTED, {"facts": False}, "x"))
        PracticePageFactory(
            parent=world.ede, first_published_at=moment, last_published_at=moment,
            terms={"formats": [f"vorm-{number}"]},
        )  # fmt: skip
    client.get(PAGE + PERIOD)
    with django_assert_max_num_queries(count):
        client.get(PAGE + PERIOD)
