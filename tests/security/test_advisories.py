"""Each of Wagtail's advisories of the last three years, tried on our site by an official of B.

Those that are about what is not installed here (TableBlock, form pages, snippets, the translation
API) are tried through the nearest thing that is.
"""

import time
from typing import Any

import pytest
from django.core.files.base import ContentFile
from wagtail.documents.models import Document
from wagtail.models import Collection, Page

from practices.models import MunicipalityPage, PracticePage
from tests.security.forms import fields_of
from tests.security.walker import Answer, Walker
from tests.security.world import ABSENT, MARKER, World


@pytest.fixture
def other(world: World) -> Walker:
    return Walker(world.users["other"])


def refused(answer: Answer) -> bool:
    """Refused as everything is, without a word of A's."""
    assert MARKER not in answer.everything.casefold()
    return answer.word == "denied" and answer.text == ""


def test_cve_2026_44197_comparing_revisions(world: World, other: Walker) -> None:
    theirs = world.secret["never"]
    for page in (theirs.page, world.own.page, world.secret["newer"].page):
        for pair in (
            f"{theirs.earlier}...{theirs.revision}",
            f"live...{theirs.revision}",
            f"{world.own.revision}...{theirs.revision}",
            f"{theirs.earlier}...latest",
        ):
            assert refused(other.get(f"/beheer/pages/{page}/revisions/compare/{pair}/"))


def test_cve_2026_44198_history(world: World, other: Walker) -> None:
    for target in world.secret.values():
        for view in ("history", "history/results", "workflow_history"):
            assert refused(other.get(f"/beheer/pages/{target.page}/{view}/"))
    for report in ("site-history", "workflow", "workflow_tasks", "locked", "aging-pages"):
        assert refused(other.get(f"/beheer/reports/{report}/?export=csv"))


def test_cve_2026_44199_a_child_under_another_parent(world: World, other: Walker) -> None:
    for target in world.secret.values():
        for path in (
            f"revisions/{target.revision}/view/",
            f"revisions/{target.revision}/revert/",
            f"workflow_history/detail/{target.workflow_state}/",
        ):
            assert refused(other.get(f"/beheer/pages/{world.own.page}/{path}"))
            posted = other.post(f"/beheer/pages/{world.own.page}/{path}")
            assert posted.status == 405 or refused(posted)


@pytest.mark.parametrize("into", ["own", "theirs"])
def test_cve_2026_44200_copying_somebody_elses_page(world: World, other: Walker, into: str) -> None:
    parent = world.other_parent if into == "own" else world.parent
    count = Page.objects.count()
    for target in (*world.secret.values(), world.own):
        form = {"new_title": "Kopie", "new_slug": "kopie", "new_parent_page": str(parent.page)}
        assert refused(other.post(f"/beheer/pages/{target.page}/copy/", form))
        assert refused(
            other.post(
                f"/beheer/api/main/pages/{target.page}/action/copy/",
                {"destination_page_id": parent.page, "recursive": True},
            )
        )
    assert Page.objects.count() == count


@pytest.mark.parametrize("kind", ["documents", "images"])
def test_cve_2026_44201_the_api_of_private_collections(
    world: World, other: Walker, kind: str
) -> None:
    for query in ("", "?fields=*", f"?search={MARKER[:6]}"):
        assert refused(other.get(f"/beheer/api/main/{kind}/{query}"))
    number = vars(world.secret["never"])[kind.rstrip("s")]
    assert refused(other.get(f"/beheer/api/main/{kind}/{number}/?fields=*"))


def test_cve_2026_54259_what_a_chooser_says_of_what_was_chosen(world: World, other: Walker) -> None:
    for target in world.secret.values():
        assert refused(other.get(f"/beheer/choose-page/chosen-multiple/?id={target.page}"))
        assert refused(other.get(f"/beheer/documents/chooser/chosen/{target.document}/"))
        assert refused(other.get(f"/beheer/images/chosen/{target.image}/"))
        several = other.get(f"/beheer/documents/chooser/chosen-multiple/?id={target.document}")
        nothing = other.get(f"/beheer/documents/chooser/chosen-multiple/?id={ABSENT}")
        assert several.text == nothing.text


def test_a_script_is_refused_alike_whether_something_exists_or_not(
    world: World, other: Walker
) -> None:
    asked = {"X-Requested-With": "XMLHttpRequest"}
    theirs = world.secret["never"]
    for view, hidden in (
        ("pages/{}/edit/", theirs.page),
        ("choose-page/{}/", theirs.page),
        ("documents/chooser/chosen/{}/", theirs.document),
    ):
        answers = {
            (answer.status, answer.text, answer.headers)
            for number in (hidden, ABSENT)
            for answer in [other.get(f"/beheer/{view.format(number)}", headers=asked)]
        }
        assert len(answers) == 1
        assert answers.pop()[0] == 403


def test_cve_2026_54260_and_54261_previews_of_images(world: World, other: Walker) -> None:
    image = world.secret["never"].image
    for spec in ("width-100", "fill-9999x9999", "original"):
        assert refused(other.get(f"/beheer/images/{image}/preview/{spec}/"))


def test_cve_2026_54262_and_55468_translations_and_the_api_of_pages(
    world: World, other: Walker
) -> None:
    page = world.secret["never"].page
    for query in (f"?translation_of={page}", f"?child_of={world.parent.page}", "?for_explorer=1"):
        assert refused(other.get(f"/beheer/api/main/pages/{query}"))
    assert refused(other.get(f"/beheer/api/main/pages/{page}/"))


def test_cve_2026_54263_the_maker_of_image_addresses(world: World, other: Walker) -> None:
    image = world.secret["never"].image
    assert refused(other.get(f"/beheer/images/{image}/generate_url/"))
    assert refused(other.get(f"/beheer/images/{image}/generate_url/output/"))


def test_cve_2023_45809_names_of_users_in_bulk_actions(world: World, other: Walker) -> None:
    for action in ("delete", "assign_role", "set_active_state"):
        address = f"/beheer/bulk/auth/user/{action}/?id={world.users['own'].pk}&id=all"
        assert refused(other.get(address))
        assert refused(other.post(address))


@pytest.mark.parametrize("number", ["CVE-2024-32882", "CVE-2024-35228"])
def test_fields_that_somebody_may_not_change_stay(world: World, number: str) -> None:
    page = MunicipalityPage.objects.get(pk=world.parent.page)
    browser = Walker(world.users["own"])
    other = MunicipalityPage.objects.get(pk=world.other_parent.page)
    path = f"/beheer/pages/{page.pk}/edit/"
    browser.post(
        path,
        fields_of(browser.get(path).text, path)
        | {"title": "Gekaapt", "municipality": str(other.municipality_id), "slug": "gekaapt",
         "introduction": "null"},
    )  # fmt: skip
    page.refresh_from_db()
    draft: Any = page.get_latest_revision_as_object()
    assert page.get_latest_revision() is not None
    assert (draft.title, draft.municipality) == (page.title, page.municipality)


def test_a_collection_below_a_private_one_is_private_too(world: World, other: Walker) -> None:
    """August 2026: descendant collections."""
    parent = Collection.objects.get(pk=world.secret["never"].collection)
    below = parent.add_child(instance=Collection(name=f"{MARKER} map"))
    document = Document(
        title=f"{MARKER} dieper", file=ContentFile(b"x", f"{MARKER}-dieper.pdf"), collection=below
    )
    document.save()
    for path in (
        "/beheer/documents/chooser/", f"/beheer/documents/chooser/?collection_id={below.pk}",
        f"/beheer/documents/chooser/results/?q={MARKER[:6]}",
    ):  # fmt: skip
        assert MARKER not in other.get(path).everything.casefold()
    assert refused(other.get(f"/beheer/documents/chooser/chosen/{document.pk}/"))
    assert other.get(document.url).status == 404


@pytest.mark.parametrize("role", ["visitor", "other"])
def test_ghsa_92hv_j533_69wc_the_hash_of_a_document_is_no_oracle(world: World, role: str) -> None:
    browser = Walker(world.users.get(role))
    for target in world.secret.values():
        document = Document.objects.filter(pk=target.document).first()
        guess = document.file_hash if document else "0" * 40
        hidden, absent = (
            browser.client.get(
                f"/documenten/{number}/{target.filename}", headers={"If-None-Match": f'"{guess}"'}
            )
            for number in (target.document, ABSENT)
        )
        assert hidden.status_code == absent.status_code == 404
        assert hidden.content == absent.content
        assert hidden.get("ETag") == absent.get("ETag")


def test_the_owner_of_a_document_gets_it_and_everybody_once_it_is_public(world: World) -> None:
    target = world.secret["never"]
    document = Document.objects.get(pk=target.document)
    assert Walker(world.users["own"]).get(document.url).status == 200
    assert Walker().get(document.url).status == 404
    page = PracticePage.objects.get(pk=target.page)
    page.get_latest_revision().publish()
    assert Walker().get(document.url).status == 200


@pytest.mark.parametrize("text", ['"' * 4000, "a:b " * 2000, 'x:"y' * 1500])
def test_cve_2024_39317_long_questions_take_no_time(world: World, other: Walker, text: str) -> None:
    start = time.thread_time()
    assert other.get(f"/beheer/choose-page/search/?q={text}").status in (200, 400)
    assert time.thread_time() - start < 2


def test_cve_2026_28223_a_title_is_text_wherever_it_is_shown(world: World) -> None:
    title = '"><img src=x onerror=alert(1)>'
    page = PracticePage.objects.get(pk=world.own.page)
    page.title = page.draft_title = title
    page.save()
    page.save_revision(user=world.users["other"])
    for role in ("other", "editor"):
        browser = Walker(world.users[role])
        for path in ("/beheer/", f"/beheer/pages/{page.pk}/edit/",
                     f"/beheer/choose-page/{world.other_parent.page}/",
                     f"/beheer/pages/{page.pk}/history/"):  # fmt: skip
            assert "<img src=x" not in browser.get(path).text
    editor = Walker(world.users["editor"])
    editor.post(f"/beheer/pages/{page.pk}/delete/")
    answer = editor.get("/beheer/")
    assert "<img src=x" not in answer.text + answer.messages
