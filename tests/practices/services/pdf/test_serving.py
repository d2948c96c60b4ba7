"""Asking for the PDF of a practice: who gets it, when it is made, and when it is gone."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.checks import run_checks
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoCaptureOnCommitCallbacks
from wagtail.models import PageViewRestriction
from wagtail.signals import page_published

from practices.frontend.pdf import making
from practices.models import PracticePage, Term
from practices.services import shelf
from practices.services.pdf import checks as our_checks
from practices.services.pdf import offers
from practices.services.pdf.typesetting import Source, TypesettingError
from tests.factories import PracticePageFactory, SiteTree
from tests.practices.services.pdf.conftest import source

A_PDF = b"%PDF-1.7 stands for one"


def address(page: PracticePage) -> str:
    return f"{page.url.rstrip('/')}.pdf"


class Typesetter:
    """A typesetter that is quick, and counts; `test_pdf.py` asks the real one."""

    def __init__(self) -> None:
        self.made: list[Source] = []
        self.fails = False
        self.meanwhile: Callable[[], object] = lambda: None

    def __call__(self, source: Source) -> bytes:
        self.made.append(source)
        self.meanwhile()
        if self.fails:
            raise TypesettingError("No.")
        return A_PDF


@pytest.fixture
def typesetter(monkeypatch: pytest.MonkeyPatch, shelf_of_site: None) -> Typesetter:
    typesetter = Typesetter()
    monkeypatch.setattr(making, "typeset", typesetter)
    for module in (offers, our_checks):
        monkeypatch.setattr(module, "release", lambda: "70.0")
    return typesetter


@pytest.fixture
def ask(
    client: Client, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> Callable[[PracticePage], Any]:
    """Asks for a PDF as one visitor does, and again when the tasks of the site have been done."""

    def ask(page: PracticePage) -> Any:
        with django_capture_on_commit_callbacks(execute=True):
            response = client.get(address(page))
        return response if response.status_code == 200 else client.get(address(page))

    return ask


def test_it_is_made_once_and_then_kept(
    client: Client, site_tree: SiteTree, typesetter: Typesetter, ask: Any
) -> None:
    page = PracticePageFactory(complete=True, slug="duiden")
    response = ask(page)
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
    client: Client, site_tree: SiteTree, typesetter: Typesetter, ask: Any
) -> None:
    page = PracticePageFactory()
    response = ask(page)
    again = client.get(address(page), headers={"If-None-Match": response["ETag"]})
    assert again.status_code == 304
    again = client.get(address(page), headers={"If-Modified-Since": response["Last-Modified"]})
    assert again.status_code == 304
    assert client.head(address(page)).status_code == 200


def test_it_takes_six_queries_at_most(
    client: Client, site_tree: SiteTree, typesetter: Typesetter, ask: Any
) -> None:
    page = PracticePageFactory(complete=True)
    ask(page)
    with CaptureQueriesContext(connection) as queries:
        client.get(address(page))
    assert len(queries) <= 6, [query["sql"] for query in queries]


def test_while_it_is_made_nobody_waits_and_it_is_made_once(
    client: Client,
    site_tree: SiteTree,
    typesetter: Typesetter,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    page = PracticePageFactory(title="Duiden")
    with django_capture_on_commit_callbacks(execute=True) as tasks:
        for _visitor in range(3):
            response = client.get(address(page))
            assert response.status_code == 202
            assert response["Retry-After"] == "5"
            assert response["Cache-Control"] == "no-store"
            assert "De PDF wordt gemaakt" in response.content.decode()
            assert f'href="{address(page)}"' in response.content.decode()
    assert len(tasks) == 1
    assert client.get(address(page)).content == A_PDF
    assert len(typesetter.made) == 1


def test_two_that_make_it_at_once_make_one(site_tree: SiteTree, typesetter: Typesetter) -> None:
    page = PracticePageFactory()
    typesetter.meanwhile = lambda: making.make.call(page.pk)
    making.make.call(page.pk)
    assert len(typesetter.made) == 1
    making.make.call(page.pk)
    assert len(typesetter.made) == 1, "it is there"


def test_no_more_wait_than_there_are_places(
    site_tree: SiteTree,
    typesetter: Typesetter,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    sources = [Source(number, "<p></p>", "http://localhost/") for number in range(60)]
    with django_capture_on_commit_callbacks(execute=True) as tasks:
        for _visitor in range(2):
            assert not any(map(making.find_or_ask, sources))
    assert len(tasks) == making.PLACES
    with django_capture_on_commit_callbacks() as tasks:
        making.find_or_ask(sources[-1])
    assert len(tasks) == 1, "what is done makes place"


def test_what_changes_while_it_is_made_is_made_again(
    client: Client, site_tree: SiteTree, typesetter: Typesetter
) -> None:
    page = PracticePageFactory()
    pages = PracticePage.objects.filter(pk=page.pk)
    typesetter.meanwhile = lambda: pages.update(summary="Inmiddels anders")
    making.make.call(page.pk)
    assert len(typesetter.made) == 2
    assert client.get(address(page)).content == A_PDF


def test_of_what_is_hidden_while_it_is_made_nothing_is_kept(
    client: Client, site_tree: SiteTree, typesetter: Typesetter
) -> None:
    page = PracticePageFactory()
    pages = PracticePage.objects.filter(pk=page.pk)
    typesetter.meanwhile = lambda: pages.update(live=False)
    making.make.call(page.pk)
    assert typesetter.made
    assert not kept(page)
    assert client.get(address(page)).status_code == 404


def test_what_failed_is_told_and_not_tried_at_every_visit(
    site_tree: SiteTree, typesetter: Typesetter, ask: Any, caplog: pytest.LogCaptureFixture
) -> None:
    typesetter.fails = True
    page = PracticePageFactory()
    for _visit in range(2):
        response = ask(page)
        assert response.status_code == 503
        assert "De PDF kon niet worden gemaakt." in response.content.decode()
    assert len(typesetter.made) == 1
    assert f"The PDF of practice {page.pk} was not made: No." in caplog.text


def kept(page: PracticePage) -> Any:
    return shelf.shelf().get(f"pdf:{page.pk}")


def test_what_changes_is_made_anew_and_the_old_one_goes(
    site_tree: SiteTree, typesetter: Typesetter, ask: Any
) -> None:
    page = PracticePageFactory(terms={"formats": ["training"]})
    ask(page)
    old = kept(page)
    Term.objects.filter(slug="training").update(label="Oefening")
    assert ask(page).status_code == 200
    assert kept(page)[0] != old[0]
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
    typesetter: Typesetter,
    ask: Any,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
    hide: Any,
) -> None:
    page = PracticePageFactory()
    asked = address(page)
    assert ask(page).status_code == 200
    with django_capture_on_commit_callbacks(execute=True):
        hide(PracticePage.objects.get(pk=page.pk))
    assert client.get(asked).status_code == 404
    assert not kept(page)


def test_what_was_hidden_behind_the_back_of_the_site_is_not_given(
    client: Client, site_tree: SiteTree, typesetter: Typesetter, ask: Any
) -> None:
    page = PracticePageFactory()
    ask(page)
    PracticePage.objects.filter(pk=page.pk).update(live=False)
    assert kept(page)
    assert client.get(address(page)).status_code == 404


def test_a_draft_and_what_is_not_there_have_none(
    client: Client, site_tree: SiteTree, typesetter: Typesetter
) -> None:
    draft = PracticePageFactory(draft=True, slug="concept")
    stem = f"/gemeenten/{draft.municipality.slug}"
    for wrong in (f"{stem}/concept", f"{stem}/er-is-niets", "/gemeenten/nergens/concept"):
        for ending in ("pdf", "txt", "bib", "csl.json"):
            assert client.get(f"{wrong}.{ending}?p=%00&x=1").status_code == 404
    assert not typesetter.made


@pytest.mark.parametrize("ending", ["pdf", "txt", "bib", "csl.json"])
def test_it_is_only_read(
    client: Client, site_tree: SiteTree, typesetter: Typesetter, ask: Any, ending: str
) -> None:
    page = PracticePageFactory()
    ask(page)
    asked = address(page).replace(".pdf", f".{ending}")
    assert client.post(asked).status_code == 405
    assert client.get(f"{asked}?vorm=training&%FF=%00").status_code == 200


def test_a_made_up_one_is_kept_out_of_search_engines(
    site_tree: SiteTree, typesetter: Typesetter, ask: Any
) -> None:
    assert ask(PracticePageFactory(fictional=True))["X-Robots-Tag"] == "noindex"
    assert "X-Robots-Tag" not in ask(PracticePageFactory())


def test_after_a_publication_a_server_makes_it_and_a_command_does_not(
    site_tree: SiteTree,
    typesetter: Typesetter,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    page = PracticePage.objects.get(pk=PracticePageFactory().pk)
    for is_server in (False, True):
        monkeypatch.setattr(making, "are_done_later", lambda is_server=is_server: is_server)
        with django_capture_on_commit_callbacks(execute=True):
            page_published.send(PracticePage, instance=page, revision=None)
        assert bool(kept(page)) is is_server


def test_a_machine_without_pango_offers_none_and_says_so(
    client: Client, site_tree: SiteTree, shelf_of_site: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = PracticePageFactory()
    for module in (offers, our_checks):
        monkeypatch.setattr(module, "release", lambda: "")
    body = client.get(page.url).content.decode()
    assert ".pdf" not in body
    assert ".bib" in body
    assert client.get(address(page)).status_code == 404
    assert "practices.I001" in [message.id for message in run_checks()]


def test_a_site_without_a_shelf_offers_none(client: Client, site_tree: SiteTree) -> None:
    page = PracticePageFactory()
    assert ".pdf" not in client.get(page.url).content.decode()
    assert client.get(address(page)).status_code == 404
    shelf.remove([page.pk])
