"""Who has an answer already is told so, and never when anything in it changed."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from wagtail.documents.models import Document
from wagtail.models import Page, PageViewRestriction

from practices.indexes.lessons import LESSONS
from practices.indexes.practices import PRACTICES
from practices.models import Lesson, PracticePage, RegisterStamp, SignpostPage, Term
from search.indexing.rebuild import rebuild
from tests.factories import PracticePageFactory, approve
from tests.practices.api.conftest import Published

PATHS = (
    "/api/v1/praktijken",
    "/api/v1/praktijken?vorm=training",
    "/api/v1/lessen",
    "/api/v1/lessen?vorm=formats-1",
    "/api/v1/gemeenten",
    "/api/v1/gemeenten/gouda/vergelijkbaar",
    "/api/v1/woordenlijsten/vorm",
    "/api/v1/wegwijzers",
)

Change = Callable[[Published], object]


def publish(published: Published) -> None:
    page = published.practices[0]
    page.title = "Een andere naam"
    revision = page.save_revision()
    approve(revision)
    page.publish(revision)


def restrict(page: Page) -> PageViewRestriction:
    return PageViewRestriction.objects.create(page=page, restriction_type="login")


def rename_term(published: Published) -> None:
    term = Term.objects.get(slug="training")
    term.label = "Cursus"
    term.save()


def change_municipality(published: Published) -> None:
    place = published.gouda.municipality
    place.inhabitants = 80_000
    place.save()


def publish_signpost(published: Published) -> None:
    page = published.signpost
    page.title = "Een ander blad"
    page.save_revision().publish()


def rename_document(published: Published) -> None:
    document = Document.objects.get()
    document.title = "Een ander draaiboek"
    document.save()


def change_lesson(published: Published) -> None:
    lesson = Lesson.objects.all()[0]
    lesson.text = "Een andere les."
    lesson.save()


CHANGES: dict[str, Change] = {
    "a practice is published again": publish,
    "a practice is new": lambda published: PracticePageFactory(parent=published.ede),
    "a practice is unpublished": lambda published: published.practices[0].unpublish(),
    "a practice is unpublished as a page": lambda published: Page.objects.get(
        pk=published.practices[0].pk
    ).unpublish(),
    "a practice is deleted": lambda published: published.practices[0].delete(),
    "a practice is made private": lambda published: restrict(published.practices[0]),
    "a municipality page is made private": lambda published: restrict(published.gouda),
    "a municipality page is unpublished": lambda published: published.ede.unpublish(),
    "a lesson changes": change_lesson,
    "a term is renamed": rename_term,
    "a municipality changes": change_municipality,
    "a WegWijzer is published again": publish_signpost,
    "a WegWijzer is unpublished": lambda published: published.signpost.unpublish(),
    "a WegWijzer is unpublished as a page": lambda published: Page.objects.get(
        pk=published.signpost.pk
    ).unpublish(),
    "a WegWijzer is made private": lambda published: restrict(published.signpost),
    "a WegWijzer is deleted": lambda published: SignpostPage.objects.get().delete(),
    "a document is renamed": rename_document,
}


def one_practice(published: Published) -> str:
    return f"/api/v1/praktijken/{published.practices[0].pk}"


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_an_answer_that_changed_is_sent_anew(
    published: Published, client: Client, change: Change
) -> None:
    paths = (*PATHS, one_practice(published))
    before = {path: client.get(path) for path in paths}
    for path, response in before.items():
        assert response.status_code == 200
        again = client.get(path, headers={"if-none-match": response["ETag"]})
        assert again.status_code == 304
        assert again.content == b""
        assert again["ETag"] == response["ETag"]
    change(published)
    rebuild(PRACTICES)
    rebuild(LESSONS)
    for path, response in before.items():
        now = client.get(path)
        asked = client.get(path, headers={"if-none-match": response["ETag"]})
        if now.content != response.content:
            assert asked.status_code == now.status_code != 304
            assert asked.get("ETag") != response["ETag"]


def test_a_change_that_everybody_sees_is_in_the_list(published: Published, client: Client) -> None:
    """The test above compares what changed: this one says that something does."""
    for name in ("a practice is published again", "a document is renamed", "a term is renamed"):
        before = client.get("/api/v1/praktijken")
        CHANGES[name](published)
        assert client.get("/api/v1/praktijken").content != before.content


def test_a_draft_changes_nothing(published: Published, client: Client) -> None:
    etag = client.get("/api/v1/praktijken")["ETag"]
    pages: list[Any] = [*published.practices, published.signpost, published.gouda]
    for page in pages:
        page.title = "Nog niet af"
        page.save_revision()
    again = client.get("/api/v1/praktijken", headers={"if-none-match": etag})
    assert again.status_code == 304


def test_a_search_whose_index_lags_is_not_taken_for_the_present(
    published: Published, client: Client
) -> None:
    path = "/api/v1/praktijken?vorm=lunch"
    PracticePageFactory(parent=published.ede, title="Nieuw", terms={"formats": ["lunch"]})
    lagging = client.get(path)
    assert lagging.json()["totaal"] == 1
    stamp = RegisterStamp.current()
    rebuild(PRACTICES)
    assert RegisterStamp.current() == stamp
    now = client.get(path, headers={"if-none-match": lagging["ETag"]})
    assert now.status_code == 200
    assert now.json()["totaal"] == 2


def test_what_is_not_there_has_no_mark(published: Published, client: Client) -> None:
    path = one_practice(published)
    etag = client.get(path)["ETag"]
    PracticePage.objects.get(pk=published.practices[0].pk).unpublish()
    gone = client.get(path, headers={"if-none-match": etag})
    assert gone.status_code == 404
    assert "ETag" not in gone
    assert client.get("/api/v1/praktijken?x=1", headers={"if-none-match": etag}).status_code == 400


def test_a_mark_of_another_address_is_of_no_use(published: Published, client: Client) -> None:
    etag = client.get("/api/v1/lessen")["ETag"]
    answer = client.get("/api/v1/lessen?les=tip", headers={"if-none-match": etag})
    assert answer.status_code == 200


def test_who_has_the_answer_costs_two_queries(
    published: Published, client: Client, django_assert_max_num_queries: Any
) -> None:
    etag = client.get("/api/v1/praktijken")["ETag"]
    with django_assert_max_num_queries(2):
        client.get("/api/v1/praktijken", headers={"if-none-match": etag})
