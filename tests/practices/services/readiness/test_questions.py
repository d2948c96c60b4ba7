"""What any site with the plugin lacks, each with its cure."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.core.checks import WARNING, run_checks
from django.db import DatabaseError
from django.utils import timezone
from wagtail.models import Workflow

from practices.indexes.practices import PRACTICES
from practices.models import (
    Act,
    AuditEvent,
    MunicipalityIndexPage,
    ReviewTask,
    SignpostIndexPage,
    Term,
)
from practices.models.roles import EDITORS
from practices.services.audit import chain
from practices.services.audit.recording import record
from practices.services.moderation.workflow import WORKFLOW
from practices.services.readiness import plugin, questions
from practices.services.readiness.questions import Question, State
from search.indexing import meanings
from search.meaning import model
from search.models import Change
from tests.factories import MunicipalityFactory, SiteTree, TermFactory


def editor(name: str, **facts: Any) -> User:
    user = User.objects.create_user(name, f"{name}@voorbeeld.example", **facts)
    user.groups.add(Group.objects.get(name=EDITORS))
    return user


@pytest.fixture
def complete(site_tree: SiteTree) -> None:
    """A site to which nothing of the plugin lacks."""
    MunicipalityFactory()
    TermFactory()
    User.objects.create_superuser("ada", "ada@voorbeeld.example")
    editor("een")
    editor("twee")


def lacking() -> dict[str, str]:
    """By name, what lacks."""
    found = {one.name: one.ask() for one in plugin.QUESTIONS}
    assert all(bool(one.cure) == (one.state is not State.READY) for one in found.values())
    return {name: one.sentence for name, one in found.items() if one.state is not State.READY}


def test_to_a_whole_site_nothing_lacks(complete: None) -> None:
    assert lacking() == {}


def test_it_says_how_is_searched_and_words_alone_are_well(
    complete: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert plugin.searching().state is State.READY
    assert "tot de betekenis" in plugin.searching().sentence or not model.name()
    if model.name():
        meanings.make_all(PRACTICES)
        assert "op woorden en op betekenis" in plugin.searching().sentence
    monkeypatch.setattr(model, "name", lambda: "")
    answer = plugin.searching()
    assert answer.state is State.READY
    assert "op woorden alleen" in answer.sentence


def _without(model: Any, **of: Any) -> Callable[[], Any]:
    return lambda: [one.delete() for one in model.objects.filter(**of)]


def _changed(model: Any, change: str, *arguments: Any, **of: Any) -> Callable[[], Any]:
    return lambda: getattr(model.objects.get(**of), change)(*arguments)


def _move_the_list() -> None:
    MunicipalityIndexPage.objects.get().move(SignpostIndexPage.objects.get(), pos="last-child")


def _shut_out_one_editor() -> None:
    User.objects.filter(username="een").update(is_active=False)


def _make_no_meanings() -> None:
    Change.objects.create(
        follower=meanings.Vectors(PRACTICES).follower,
        document=1,
        version=1,
        recorded_at=timezone.now() - timedelta(hours=2),
    )


def _change_what_was_done() -> None:
    record(Act.LOGGED_IN)
    chain.seal()
    AuditEvent.objects.update(act=Act.REFUSED)


BROKEN: list[tuple[str, str, Callable[[], Any]]] = [
    ("startpagina", "geen pagina voor /gemeenten/", _without(MunicipalityIndexPage)),
    ("startpagina", "geen pagina voor /wegwijzers/", _without(SignpostIndexPage)),
    ("startpagina", "niet openbaar", _changed(MunicipalityIndexPage, "unpublish")),
    ("startpagina", "staat niet op /gemeenten/", _move_the_list),
    ("gegevens", "ontbreken", _without(Term)),
    ("beheerder", "Niemand beheert", _without(User, is_superuser=True)),
    ("redactie", "geen redacteuren", _without(User, is_superuser=False)),
    ("redactie", "één redacteur", _without(User, username="een")),
    ("redactie", "één redacteur", _shut_out_one_editor),
    ("beoordeling", "niets gepubliceerd", _changed(Workflow, "deactivate", name=WORKFLOW)),
    ("beoordeling", "niets gepubliceerd", _changed(ReviewTask, "deactivate")),
    ("beoordeling", "niets gepubliceerd", lambda: ReviewTask.objects.get().groups.clear()),
    ("logboek", "Iemand heeft iets veranderd", _change_what_was_done),
    ("zoeken", "1 praktijk wacht", _make_no_meanings),
]


@pytest.mark.parametrize(("name", "sentence", "break_it"), BROKEN)
def test_what_lacks_is_told(
    complete: None, name: str, sentence: str, break_it: Callable[[], Any]
) -> None:
    break_it()
    assert sentence in lacking()[name]


def test_every_question_of_the_plugin_was_seen_to_fail() -> None:
    assert {name for name, *_rest in BROKEN} == {one.name for one in plugin.QUESTIONS}


def test_a_question_that_fails_is_told_and_the_others_are_asked(
    complete: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails() -> Any:
        raise DatabaseError("no such table")

    monkeypatch.setitem(questions._known, "stuk", Question("stuk", "Stuk", fails))
    found = {question.name: answer for question, answer in questions.answers()}
    assert found["stuk"].state is State.UNKNOWN
    assert found["redactie"].state is State.READY


def test_the_check_for_deployment_says_the_same(complete: None) -> None:
    def warned() -> set[str]:
        found = run_checks(include_deployment_checks=True)
        return {str(one.id) for one in found if str(one.id).startswith("readiness.")}

    assert not warned() & {f"readiness.{one.name}" for one in plugin.QUESTIONS}
    User.objects.filter(username="een").delete()
    assert "readiness.redactie" in warned()
    assert "readiness.redactie" not in {one.id for one in run_checks()}


def test_a_database_without_tables_is_no_reason_to_fail(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("django.db.connection.introspection.table_names", lambda *_a, **_k: [])
    found = run_checks(include_deployment_checks=True, tags=["readiness"])
    assert [one.id for one in found] == ["readiness.tabellen"]
    assert all(one.level < WARNING for one in found)
