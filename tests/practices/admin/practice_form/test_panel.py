"""The panel beside the form: who gets it, what it says, and that nothing is saved."""

import re

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from wagtail.models import ModelLogEntry, PageLogEntry, Revision

from practices import limits
from practices.admin.practice_form import views
from practices.models import Lesson, MunicipalityPage, Overrule, PracticePage
from tests.factories import PracticePageFactory, TermFactory
from tests.practices.admin.practice_form.forms import form_data, of_page
from tests.practices.services.checks.conftest import ClientOf


def address(page_id: int) -> str:
    return reverse("practice_checks:report", args=[page_id])


def edit(page: PracticePage) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def anchors(html: str) -> list[str]:
    return re.findall(r'href="#([\w-]+)"', html)


def test_it_stands_beside_the_form(
    official: User, draft_page: PracticePage, client_of: ClientOf
) -> None:
    html = client_of(official).get(edit(draft_page)).content.decode()
    assert 'data-side-panel="practice-checks"' in html
    assert f'data-checks-url="{address(draft_page.pk)}"' in html
    assert "practices/admin/practice_form.js" in html
    assert "Schrijf een samenvatting." in html
    assert html.index("data-side-panel=") < html.index('id="page-edit-form"')


def test_without_a_script_the_same_list_stands_above_the_form(
    official: User, draft_page: PracticePage, client_of: ClientOf
) -> None:
    html = client_of(official).get(edit(draft_page)).content.decode()
    (without,) = re.findall(r"<noscript>(.*?)</noscript>", html, re.DOTALL)
    assert "Wat nog ontbreekt en opvalt" in without
    assert "Schrijf een samenvatting." in without


def test_a_new_practice_has_it_too(
    official: User, gouda: MunicipalityPage, client_of: ClientOf
) -> None:
    add = reverse("wagtailadmin_pages:add", args=["practices", "practicepage", gouda.pk])
    html = client_of(official).get(add).content.decode()
    assert 'data-side-panel="practice-checks"' in html
    assert "data-checks-url" not in html
    assert "Geef de praktijk een titel." in html


def test_an_old_version_that_is_looked_at_again_has_it_too(
    official: User, draft_page: PracticePage, client_of: ClientOf
) -> None:
    revision = draft_page.save_revision()
    again = reverse("wagtailadmin_pages:revisions_revert", args=[draft_page.pk, revision.pk])
    assert "data-checks-url" in client_of(official).get(again).content.decode()


def test_every_link_of_it_leads_to_a_field_of_the_form(
    official: User, draft_page: PracticePage, client_of: ClientOf
) -> None:
    draft_page.title, draft_page.approach = "Bel 06-12345678", ""
    draft_page.is_running, draft_page.status = True, "gestopt"
    draft_page.save_revision()
    html = client_of(official).get(edit(draft_page)).content.decode()
    panel = html[html.index("data-checks-report") : html.index('id="page-edit-form"')]
    found = [anchor for anchor in anchors(panel) if anchor.startswith("id_")]
    assert len(found) > 9
    assert [anchor for anchor in found if f'id="{anchor}"' not in html] == []


def test_it_tells_of_what_is_typed_and_saves_nothing(
    official: User, draft_page: PracticePage, client_of: ClientOf
) -> None:
    training = TermFactory(slug="training", label="Training")
    before = (Revision.objects.count(), PageLogEntry.objects.count(), ModelLogEntry.objects.count())
    typed = of_page(
        draft_page,
        summary="Mevrouw De Vries sprak.",
        approach="<p>Bel 06-12345678.</p>",
        formats=[training.pk],
        duration="1",
        duration_unit="uur",
        lessons=[{"kind": "tip", "text": "Begin op tijd."}],
    )
    response = client_of(official).post(address(draft_page.pk), typed)
    html = response.content.decode()
    assert response.status_code == 200
    assert "id_summary" in anchors(html)  # De Vries
    assert '<q class="checks__found">Mevrouw De Vries</q>' in html
    assert "06-12345678" in html
    assert "Een training duurt minstens twee dagdelen" in html
    assert "id_lessons-ADD" not in anchors(html)
    assert "id_trainers-ADD" in anchors(html)
    page = PracticePage.objects.get(pk=draft_page.pk)
    assert (page.summary, page.duration, page.lessons.count()) == ("", None, 0)
    after = (Revision.objects.count(), PageLogEntry.objects.count(), ModelLogEntry.objects.count())
    assert after == before


def test_half_typed_values_hide_nothing_else(
    official: User, draft_page: PracticePage, client_of: ClientOf
) -> None:
    typed = of_page(
        draft_page,
        summary="x" * 301,
        start_year="20",
        end_year="1990",
        contact_email="kim@",
        duration="1",
        lessons=[{"kind": "", "text": "Vraag het Jan de Wit."}],
        goal_outcomes=[{"goal": "", "measure": "", "reached": "ja"}],
    )
    html = client_of(official).post(address(draft_page.pk), typed).content.decode()
    assert "Jan de Wit" in html
    assert "Schrijf erbij hoe u dat heeft gemeten." in html


def test_rows_that_are_removed_do_not_count(
    official: User, draft_page: PracticePage, client_of: ClientOf
) -> None:
    draft_page.lessons = [Lesson(kind="tip", text="Vraag het Jan de Wit.")]
    draft_page.save()
    lesson = draft_page.lessons.get()
    row = {"id": lesson.pk, "kind": "tip", "text": lesson.text, "ORDER": "1", "DELETE": "1"}
    typed = of_page(draft_page, lessons=[row]) | {"lessons-INITIAL_FORMS": "1"}
    html = client_of(official).post(address(draft_page.pk), typed).content.decode()
    assert "Jan de Wit" not in html
    assert "id_lessons-ADD" in anchors(html)


def test_rows_of_another_page_are_not_shown(
    official: User, draft_page: PracticePage, client_of: ClientOf
) -> None:
    other = PracticePageFactory()
    other.lessons = [Lesson(kind="tip", text="Vraag het Jan de Wit.")]
    other.save()
    row = {"id": other.lessons.get().pk, "kind": "tip"}
    typed = of_page(draft_page, lessons=[row]) | {"lessons-INITIAL_FORMS": "1"}
    response = client_of(official).post(address(draft_page.pk), typed)
    assert "Jan de Wit" not in response.content.decode()


def test_rows_that_are_not_there_are_refused(
    official: User, draft_page: PracticePage, client_of: ClientOf
) -> None:
    typed = of_page(draft_page) | {"lessons-INITIAL_FORMS": "1", "lessons-TOTAL_FORMS": "1"}
    assert client_of(official).post(address(draft_page.pk), typed).status_code == 400


def test_a_form_without_its_rows_is_no_error(
    official: User, draft_page: PracticePage, client_of: ClientOf
) -> None:
    response = client_of(official).post(address(draft_page.pk), {"title": "Bel Jan de Wit"})
    assert "Jan de Wit" in response.content.decode()


def test_what_is_typed_is_escaped(
    official: User, draft_page: PracticePage, client_of: ClientOf
) -> None:
    typed = of_page(draft_page, title='"><script>alert(1)</script> mevrouw De Vries')
    html = client_of(official).post(address(draft_page.pk), typed).content.decode()
    assert "De Vries" in html
    assert "<script" not in html


@pytest.mark.parametrize("name", ["report", "overrule"])
def test_another_municipality_learns_nothing(
    stranger: User, draft_page: PracticePage, client_of: ClientOf, name: str
) -> None:
    browser = client_of(stranger)
    known, unknown = (
        browser.post(reverse(f"practice_checks:{name}", args=[pk]), {"title": "x"})
        for pk in (draft_page.pk, draft_page.pk + 1000)
    )
    assert known.status_code == unknown.status_code == 404
    assert "Geheim plan" not in known.content.decode()


@pytest.mark.parametrize("name", ["report", "overrule"])
def test_a_visitor_must_log_in(draft_page: PracticePage, name: str) -> None:
    response = Client().post(reverse(f"practice_checks:{name}", args=[draft_page.pk]))
    assert response.status_code == 302
    assert response["Location"].startswith(reverse("wagtailadmin_login"))


def test_a_page_that_is_no_practice_has_no_report(
    official: User, gouda: MunicipalityPage, client_of: ClientOf
) -> None:
    assert client_of(official).post(address(gouda.pk)).status_code == 404


@pytest.mark.parametrize("name", ["report", "overrule"])
def test_it_is_asked_with_a_token_and_by_post_only(
    official: User, draft_page: PracticePage, name: str
) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(official)
    where = reverse(f"practice_checks:{name}", args=[draft_page.pk])
    assert browser.get(where).status_code == 405
    assert browser.post(where, {"title": "x"}).status_code == 403


def test_it_may_be_asked_so_often_in_a_minute(
    official: User,
    draft_page: PracticePage,
    client_of: ClientOf,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(limits, "time", lambda: 6_000_000.0)
    monkeypatch.setattr(views, "TIMES_A_MINUTE", 3)
    browser = client_of(official)
    answers = [browser.post(address(draft_page.pk)).status_code for _ in range(4)]
    assert answers == [200, 200, 200, 429]


def test_autosave_leaves_the_panel_alone(
    official: User, draft_page: PracticePage, client_of: ClientOf
) -> None:
    response = client_of(official).post(
        edit(draft_page), of_page(draft_page), headers={"accept": "application/json"}
    )
    assert response.json()["success"] is True
    assert "data-checks-url" not in response.json()["html"]


def test_a_draft_may_be_saved_with_nothing_but_a_title(
    official: User, gouda: MunicipalityPage, client_of: ClientOf
) -> None:
    add = reverse("wagtailadmin_pages:add", args=["practices", "practicepage", gouda.pk])
    response = client_of(official).post(add, form_data(title="Alleen een titel"))
    page = PracticePage.objects.get(title="Alleen een titel")
    assert response.status_code == 302
    assert (page.live, page.slug) == (False, "alleen-een-titel")
    again = client_of(official).post(edit(page), form_data(title="Nog steeds", slug=page.slug))
    assert again.status_code == 302
    latest = PracticePage.objects.get(pk=page.pk).get_latest_revision_as_object()
    assert latest.title == "Nog steeds"


def test_what_contradicts_the_database_stands_at_its_field(
    official: User, draft_page: PracticePage, client_of: ClientOf
) -> None:
    typed = of_page(draft_page, start_year="2010", end_year="2009", duration="2", is_running="on")
    response = client_of(official).post(edit(draft_page), typed)
    errors = response.context["form"].errors
    assert set(errors) == {"end_year", "is_running", "duration_unit"}


def test_a_practice_under_review_has_no_form_for_reasons(
    official: User, draft_page: PracticePage, client_of: ClientOf
) -> None:
    PracticePage.objects.filter(pk=draft_page.pk).update(
        locked=True, status="gestopt", is_running=True
    )
    browser = client_of(official)
    html = browser.post(address(draft_page.pk)).content.decode()
    assert "bij Periode staat dat zij nog loopt" in html
    assert "data-checks-overrule" not in html
    where = reverse("practice_checks:overrule", args=[draft_page.pk])
    sent = {"overrule-rule": "lopend-en-afgelopen", "overrule-reason": "Toch."}
    assert browser.post(where, sent).status_code == 404
    assert not Overrule.objects.exists()
