"""The report on who did what; and that no export of the admin runs as a formula."""

import csv
from io import StringIO
from typing import Any

import pytest
from django.test import Client
from wagtail.admin.views.mixins import SpreadsheetExportMixin

from practices.models import Act, AuditEvent
from practices.services.audit.recording import record
from tests.factories import PracticePageFactory
from tests.practices.services.moderation.conftest import World, world

__all__ = ["world"]
REPORT = "/beheer/reports/wie-deed-wat/"


def read(client: Client, query: str = "") -> str:
    response = client.get(REPORT + query)
    assert response.status_code == 200
    return response.content.decode()


def rows(client: Client, address: str) -> list[list[str]]:
    response: Any = client.get(address)
    text = b"".join(response.streaming_content).decode()
    return list(csv.reader(StringIO(text)))


def test_names_stand_in_the_report_and_in_no_row(world: World) -> None:
    page = world.submitted(title="Lunch over duiden")
    text = read(world.client("admin"))
    assert "Lunch over duiden" in text
    assert "Sam" in text
    assert not AuditEvent.objects.filter(details__icontains="Sam").exists()
    page.delete()
    assert f"{page.pk} (weg)" in read(world.client("admin"))


def test_it_reads_as_people_write(world: World) -> None:
    AuditEvent.objects.all().delete()
    record(Act.RIGHTS_GIVEN, on=world["sam"], rights=["Redactie", "Gouda"])
    record(Act.LOGGED_IN, by=world["sam"], on=world["sam"], new_browser=True, onbekend=3)
    text = read(world.client("admin"))
    assert "rechten: Redactie, Gouda" in text
    assert "nieuwe browser; onbekend: 3" in text
    assert "auth.user" not in text


@pytest.mark.parametrize("name", ["edith", "sam"])
def test_only_administrators_see_it(world: World, name: str) -> None:
    assert world.client(name).get(REPORT).status_code == 302
    assert REPORT not in world.client(name).get("/beheer/").content.decode()


def test_it_is_filtered_by_act_and_by_person(world: World) -> None:
    record(Act.FILE_REPLACED, by=world["edith"])
    record(Act.ACTIVATED, on=world["sam"])
    client = world.client("admin")
    found = {
        query: [row[2] for row in rows(client, f"{REPORT}?export=csv&{query}")[1:]]
        for query in ("act=file-replaced", "who=EDITH", "who=niemand")
    }
    assert found["act=file-replaced"] == ["bestand vervangen"]
    assert "bestand vervangen" in found["who=EDITH"]
    assert "account open" not in found["who=EDITH"]
    assert found["who=niemand"] == []


def test_a_page_of_it_asks_for_no_name_twice(
    world: World, django_assert_max_num_queries: Any
) -> None:
    client = world.client("admin")
    read(client)
    for _time in range(40):
        record(Act.LOGGED_IN, by=world["sam"], on=world["sam"])
        record(Act.PUBLISHED, by=world["edith"], on=("practices.practicepage", "1"))
    with django_assert_max_num_queries(30):
        read(client)


def test_an_export_is_remembered(world: World) -> None:
    AuditEvent.objects.all().delete()
    rows(world.client("admin"), "/beheer/reports/site-history/?export=csv")
    event = AuditEvent.objects.get(act=Act.EXPORTED)
    assert (event.by, event.details) == (str(world["admin"].pk), {"format": "csv"})


def test_a8_no_export_of_wagtail_runs_as_a_formula(world: World) -> None:
    title = '=HYPERLINK("https://kwaad.example","klik")'
    PracticePageFactory(parent=world.gouda, title=title)
    cells = [
        cell
        for row in rows(world.client("admin"), "/beheer/reports/aging-pages/?export=csv")
        for cell in row
    ]
    assert f"'{title}" in cells
    assert title not in cells


def all_subclasses(kind: type) -> set[type]:
    found: set[type] = {kind}
    below: list[type] = kind.__subclasses__()
    for one in below:
        found |= all_subclasses(one)
    return found


def test_every_export_of_the_admin_goes_through_the_two_methods() -> None:
    """One that has its own way would be neither harmless nor remembered."""
    own = [
        (view.__name__, name)
        for view in all_subclasses(SpreadsheetExportMixin) - {SpreadsheetExportMixin}
        for name in ("preprocess_field_value", "write_csv_row", "stream_csv", "write_csv_response")
        if name in vars(view)
    ]
    assert own == []
