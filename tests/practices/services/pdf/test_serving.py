"""Asking for the PDF of a practice: who gets it, when it is made, and when it is gone."""

import os
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest
from django.core.checks import run_checks
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings
from wagtail.models import PageViewRestriction

from practices.frontend.pdf import making
from practices.models import PracticePage, Term
from practices.services.pdf import checks as our_checks
from practices.services.pdf import offers, shelf
from practices.services.pdf.jobs import tidy
from practices.services.pdf.typesetting import Source, TypesettingError
from tests.factories import PracticePageFactory, SiteTree
from tests.practices.services.pdf.conftest import source

A_PDF = b"%PDF-1.7 stands for one"


def address(page: PracticePage) -> str:
    return f"{page.url.rstrip('/')}.pdf"


@pytest.fixture
def typesetter(monkeypatch: pytest.MonkeyPatch, folder: Path) -> Any:
    """A typesetter that is quick, and counts; `test_pdf.py` asks the real one."""

    class Typesetter:
        made: list[Source]
        may_go_on = Event()
        fails = False

        def __call__(self, source: Source) -> bytes:
            self.made.append(source)
            assert self.may_go_on.wait(20)
            if self.fails:
                raise TypesettingError("No.")
            return A_PDF

    typesetter = Typesetter()
    typesetter.made, typesetter.may_go_on = [], Event()
    typesetter.may_go_on.set()
    monkeypatch.setattr(making, "typeset", typesetter)
    for module in (offers, making, our_checks):
        monkeypatch.setattr(module, "release", lambda: "70.0")
    yield typesetter
    typesetter.may_go_on.set()


def test_it_is_made_once_and_then_kept(
    client: Client, site_tree: SiteTree, typesetter: Any
) -> None:
    page = PracticePageFactory(complete=True, slug="duiden")
    response = client.get(address(page))
    assert response.status_code == 200
    assert response["Content-Type"] == "application/pdf"
    assert response.content == A_PDF
    name = f"{page.municipality.slug}-duiden.pdf"
    assert response["Content-Disposition"] == f'inline; filename="{name}"'
    assert response["Cache-Control"] == "no-cache"
    assert response["Link"] == f'<{source(page).address}>; rel="canonical"'
    assert client.get(address(page)).content == A_PDF
    assert len(typesetter.made) == 1


def test_who_has_it_is_not_sent_it_again(
    client: Client, site_tree: SiteTree, typesetter: Any
) -> None:
    page = PracticePageFactory()
    response = client.get(address(page))
    again = client.get(address(page), headers={"If-None-Match": response["ETag"]})
    assert again.status_code == 304
    again = client.get(address(page), headers={"If-Modified-Since": response["Last-Modified"]})
    assert again.status_code == 304
    assert client.head(address(page)).status_code == 200


def test_it_takes_six_queries_at_most(client: Client, site_tree: SiteTree, typesetter: Any) -> None:
    page = PracticePageFactory(complete=True)
    client.get(address(page))
    with CaptureQueriesContext(connection) as queries:
        client.get(address(page))
    assert len(queries) <= 6, [query["sql"] for query in queries]


def test_while_it_is_made_nobody_waits_long_and_it_is_made_once(
    client: Client, site_tree: SiteTree, typesetter: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(making, "PATIENCE", 0.01)
    typesetter.may_go_on.clear()
    page = PracticePageFactory(title="Duiden")
    for _visitor in range(3):
        response = client.get(address(page))
        assert response.status_code == 202
        assert response["Retry-After"] == "5"
        assert response["Cache-Control"] == "no-store"
        assert "De PDF wordt gemaakt" in response.content.decode()
        assert f'href="{address(page)}"' in response.content.decode()
    typesetter.may_go_on.set()
    monkeypatch.setattr(making, "PATIENCE", 20)
    assert client.get(address(page)).content == A_PDF
    assert len(typesetter.made) == 1


def test_one_visitor_at_a_time_waits(
    client: Client, site_tree: SiteTree, typesetter: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(making, "PATIENCE", 20)
    typesetter.may_go_on.clear()
    first, second = source(PracticePageFactory()), source(PracticePageFactory())
    found: list[Any] = []
    waiting = Thread(target=lambda: found.append(making.made_soon(first)))
    waiting.start()
    while making._patient._value:
        os.sched_yield()
    assert making.made_soon(second) is None, "at once, as somebody waits already"
    typesetter.may_go_on.set()
    waiting.join(20)
    assert found[0].content == A_PDF


def test_no_more_wait_than_the_queue_takes(site_tree: SiteTree, typesetter: Any) -> None:
    typesetter.may_go_on.clear()
    want = making.maker.want
    sources = [Source(number, "<p></p>", "http://localhost/") for number in range(30)]
    taken = [one for one in sources if want(one.practice, one)]
    assert making.MOST_WAITING <= len(taken) <= making.MOST_WAITING + 1
    assert want(0, sources[0]) is want(0, sources[0])


def test_what_failed_is_told_and_not_tried_at_every_visit(
    client: Client, site_tree: SiteTree, typesetter: Any, caplog: pytest.LogCaptureFixture
) -> None:
    typesetter.fails = True
    page = PracticePageFactory()
    for _visit in range(2):
        response = client.get(address(page))
        assert response.status_code == 503
        assert "De PDF kon niet worden gemaakt." in response.content.decode()
    assert len(typesetter.made) == 1
    assert f"The PDF of practice {page.pk} was not made: No." in caplog.text


def test_what_changes_is_made_anew_and_the_old_one_goes(
    client: Client, site_tree: SiteTree, typesetter: Any
) -> None:
    page = PracticePageFactory(terms={"formats": ["training"]})
    client.get(address(page))
    (old,) = shelf.folder().glob("*/*.pdf")  # type: ignore[union-attr]
    Term.objects.filter(slug="training").update(label="Oefening")
    client.get(address(page))
    (new,) = shelf.folder().glob("*/*.pdf")  # type: ignore[union-attr]
    assert old != new
    assert "Oefening" in typesetter.made[-1].html


def unpublish(page: PracticePage) -> None:
    page.unpublish()


def restrict(page: PracticePage) -> None:
    PageViewRestriction.objects.create(page=page.get_parent(), restriction_type="login")


def delete(page: PracticePage) -> None:
    page.delete()


@pytest.mark.parametrize("hide", [unpublish, restrict, delete])
def test_of_what_is_not_public_any_more_it_is_gone_at_once(
    client: Client,
    site_tree: SiteTree,
    typesetter: Any,
    folder: Path,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
    hide: Any,
) -> None:
    page = PracticePage.objects.get(pk=PracticePageFactory().pk)
    asked = address(page)
    assert client.get(asked).status_code == 200
    (kept,) = folder.glob("*/*.pdf")
    with django_capture_on_commit_callbacks(execute=True):
        hide(page)
    assert client.get(asked).status_code == 404
    assert not kept.exists()


def test_a_copy_that_another_machine_kept_is_not_given_and_goes_at_night(
    client: Client, site_tree: SiteTree, typesetter: Any, folder: Path
) -> None:
    hidden, shown = PracticePageFactory(), PracticePageFactory()
    for page in (hidden, shown):
        client.get(address(page))
    PracticePage.objects.filter(pk=hidden.pk).update(live=False)
    assert client.get(address(hidden)).status_code == 404
    tidy()
    assert [one.name for one in folder.iterdir() if one.is_dir()] == [str(shown.pk)]


def test_a_draft_and_what_is_not_there_have_none(
    client: Client, site_tree: SiteTree, typesetter: Any
) -> None:
    draft = PracticePageFactory(draft=True, slug="concept")
    stem = f"/gemeenten/{draft.municipality.slug}"
    for wrong in (f"{stem}/concept", f"{stem}/er-is-niets", "/gemeenten/nergens/concept"):
        for ending in ("pdf", "txt", "bib", "csl.json"):
            assert client.get(f"{wrong}.{ending}?p=%00&x=1").status_code == 404
    assert not typesetter.made


@pytest.mark.parametrize("ending", ["pdf", "txt", "bib", "csl.json"])
def test_it_is_only_read(client: Client, site_tree: SiteTree, typesetter: Any, ending: str) -> None:
    asked = address(PracticePageFactory()).replace(".pdf", f".{ending}")
    assert client.post(asked).status_code == 405
    assert client.get(f"{asked}?vorm=training&%FF=%00").status_code == 200


def test_a_made_up_one_is_kept_out_of_search_engines(
    client: Client, site_tree: SiteTree, typesetter: Any
) -> None:
    assert client.get(address(PracticePageFactory(fictional=True)))["X-Robots-Tag"] == "noindex"
    assert "X-Robots-Tag" not in client.get(address(PracticePageFactory()))


def test_after_a_publication_a_server_makes_it(
    site_tree: SiteTree,
    typesetter: Any,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    wanted: list[int] = []
    monkeypatch.setattr(making.maker, "want", lambda practice: wanted.append(practice))
    page = PracticePageFactory()
    with django_capture_on_commit_callbacks(execute=True):
        making.make_after_publication(page.pk)
    assert not wanted, "a command is no server"
    making.maker.begin()
    making.make_after_publication(page.pk)
    assert wanted == [page.pk]


def test_a_machine_without_pango_offers_none_and_says_so(
    client: Client, site_tree: SiteTree, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = PracticePageFactory()
    for module in (offers, making, our_checks):
        monkeypatch.setattr(module, "release", lambda: "")
    body = client.get(page.url).content.decode()
    assert ".pdf" not in body
    assert ".bib" in body
    assert client.get(address(page)).status_code == 404
    assert "practices.I001" in [message.id for message in run_checks()]


def test_a_site_without_a_folder_offers_none(
    client: Client, site_tree: SiteTree, settings: Settings
) -> None:
    settings.PRACTICE_PDFS = None
    page = PracticePageFactory()
    assert ".pdf" not in client.get(page.url).content.decode()
    assert client.get(address(page)).status_code == 404
    shelf.remove([page.pk])
    tidy()
