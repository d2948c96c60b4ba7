from typing import Any
from unittest.mock import patch

import pytest
from django_tasks_db.models import DBTaskResult

from practices.models.roles import EDITORS
from practices.services.moderation import decisions, mails
from search import tasks
from tests.mails import delivered
from tests.practices.services.moderation.conftest import World, fresh, review_of

Capture = Any


@pytest.fixture
def committed(django_capture_on_commit_callbacks: Any) -> Capture:
    return lambda: django_capture_on_commit_callbacks(execute=True)


def sent() -> list[tuple[list[str], str]]:
    return sorted((message.to, str(message.subject)) for message in delivered())


def test_the_editors_hear_of_a_submission_once(world: World, committed: Capture) -> None:
    page = world.draft(title="Samen\nleren")
    with committed():
        world.submit(page)
    assert sent() == [
        (["edith@voorbeeld.example"], "Te beoordelen: Samen leren"),
        (["ernst@voorbeeld.example"], "Te beoordelen: Samen leren"),
    ]
    body = delivered()[0].body
    assert f"/beheer/beoordelen/{review_of(fresh(page)).pk}/" in body
    assert "Gouda" in body or world.gouda.municipality.name in body
    assert not getattr(delivered()[0], "alternatives", None)


def test_an_editor_who_submits_gets_no_mail_about_it(world: World, committed: Capture) -> None:
    page = world.draft("edith")
    with committed():
        world.submit(page, "edith")
    assert [to for to, _subject in sent()] == [["ernst@voorbeeld.example"]]


def test_the_author_hears_of_an_approval_once(world: World, committed: Capture) -> None:
    page = world.submitted(title="Samen leren")
    with committed():
        world.approve(page, text="Mooi & helder gedaan.")
    assert sent() == [(["sam@voorbeeld.example"], "Goedgekeurd en gepubliceerd: Samen leren")]
    body = delivered()[0].body
    assert "Mooi & helder gedaan." in body
    assert fresh(page).slug in body


def test_the_author_hears_what_must_change_once(world: World, committed: Capture) -> None:
    page = world.submitted(title="Samen leren")
    with committed():
        decisions.ask_for_changes(
            task_state=review_of(page),
            user=world["edith"],
            checklist={},
            text="Hoe lang <was> het?",
        )
    assert sent() == [(["sam@voorbeeld.example"], "Wijzigingen gevraagd: Samen leren")]
    assert "Hoe lang <was> het?" in delivered()[0].body
    assert f"/beheer/pages/{page.pk}/edit/" in delivered()[0].body


def test_who_submitted_first_and_who_submitted_again_both_hear(
    world: World, committed: Capture
) -> None:
    page = world.submitted()
    decisions.ask_for_changes(
        task_state=review_of(page), user=world["edith"], checklist={}, text="Hoe lang?"
    )
    page = world.submit(page, "kim")
    with committed():
        world.approve(page)
    assert [to for to, _subject in sent()] == [["kim@voorbeeld.example"], ["sam@voorbeeld.example"]]


def test_nothing_is_mailed_before_the_commit(world: World) -> None:
    world.published()
    assert not delivered()


def test_who_left_or_has_no_address_gets_no_mail(world: World, committed: Capture) -> None:
    page = world.submitted()
    sam = world["sam"]
    sam.is_active = False
    sam.save()
    with committed():
        world.approve(page)
    assert not delivered()


def test_what_the_process_of_an_editor_could_not_do_any_more_is_done_by_another_once(
    world: World, committed: Capture
) -> None:
    page = world.submitted()
    killed = patch("search.kept.do_kept", side_effect=KeyboardInterrupt)
    with killed, pytest.raises(KeyboardInterrupt), committed():
        world.approve(page)
    sending = DBTaskResult.objects.filter(task_path=mails.send.module_path)
    [row] = [one for one in sending if one.args_kwargs["args"][0] == "approved"]
    tasks.do_kept(row.pk)
    assert len(delivered()) == 1
    tasks.do_kept(row.pk)
    assert len(delivered()) == 1


def test_no_mail_names_an_address_or_another_group(world: World, committed: Capture) -> None:
    with committed():
        world.published()
    text = "".join(str(message.body) for message in delivered())
    assert "voorbeeld.example" not in text
    assert EDITORS not in text


def test_a_site_that_wants_no_mails_about_reviews_gets_those_of_wagtail(
    world: World, committed: Capture, settings: Any
) -> None:
    settings.WEGWIJZER = {**settings.WEGWIJZER, "REVIEW_MAILS": False}
    page = world.draft(title="Samen leren")
    with committed():
        world.submit(page)
    assert sent() == []
    with committed():
        world.approve(page)
    [(to, subject)] = sent()
    assert to == ["sam@voorbeeld.example"]
    assert subject != "Goedgekeurd en gepubliceerd: Samen leren"
