"""Fictional practices in the database: complete, in a sound tree, and gone without a trace."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.db import transaction
from wagtail.models import Page

from cms.synthetic.database import current_world
from cms.synthetic.generate import generate
from cms.synthetic.remove import remove_synthetic
from cms.synthetic.write import add_synthetic
from practices.models import (
    MunicipalityIndexPage,
    MunicipalityPage,
    PracticePage,
    RegisterStamp,
    SignpostPage,
)
from practices.services.record import ensure_municipality_page
from practices.services.reference.load import load_reference
from search.models import Change
from tests.factories import PracticePageFactory, SignpostPageFactory, make_tree

COUNT, SEED = 60, 3


@pytest.fixture(scope="module")
def loaded(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The registers and the tree, made once for all tests of this module."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_reference()
        make_tree()
        yield
        transaction.set_rollback(True)


@pytest.fixture
def registers(loaded: None, db: None) -> None:
    """What a test changes is rolled back after it."""


@pytest.fixture
def synthetic(registers: None) -> list[PracticePage]:
    add_synthetic(count=COUNT, seed=SEED)
    return list(PracticePage.objects.filter(is_fictional=True).order_by("pk"))


def everything() -> dict[str, list[Any]]:
    """All rows of all tables, except what index and registers were told: a removal is told too."""
    return {
        model._meta.label: sorted(map(repr, model._base_manager.values_list()))
        for model in apps.get_models(include_auto_created=True)
        if model not in (Change, RegisterStamp)
    }


def test_they_are_what_the_generator_made(synthetic: list[PracticePage]) -> None:
    made = list(generate(current_world(), seed=SEED, count=COUNT))
    assert [page.slug for page in synthetic] == [practice.slug for practice in made]
    for page, practice in zip(synthetic, made, strict=True):
        assert page.municipality.code == practice.place
        for name, value in practice.fields.items():
            assert getattr(page, name) == value
        for name, slugs in practice.terms.items():
            assert {term.slug for term in getattr(page, name).all()} == set(slugs)
        assert {one.code for one in page.partner_municipalities.all()} == set(practice.partners)
        assert [
            ({term.slug for term in trainer.expertises.all()}, trainer.organisation)
            for trainer in page.trainers.all()
        ] == [(set(trainer.expertises), trainer.organisation) for trainer in practice.trainers]
        assert [(one.kind, one.text) for one in page.lessons.all()] == list(practice.lessons)
        assert [one.goal.slug for one in page.goal_outcomes.all()] == [
            slug for slug, _, _ in practice.goals
        ]


def test_they_are_valid_published_pages_of_their_municipality(
    synthetic: list[PracticePage],
) -> None:
    for page in synthetic:
        page.full_clean()
        assert page.live
        assert page.first_published_at is not None
        assert page.get_parent().specific.municipality == page.municipality
        assert page.title.startswith("Fictief")


def test_the_tree_is_sound(synthetic: list[PracticePage]) -> None:
    assert Page.find_problems() == ([], [], [], [], [])
    assert MunicipalityPage.objects.count() == 342


def test_a_practice_can_still_be_added_beside_them(synthetic: list[PracticePage]) -> None:
    parent = MunicipalityPage.objects.get(pk=synthetic[0].get_parent().pk)
    PracticePageFactory(parent=parent, title="Echt")
    add_synthetic(count=20, seed=SEED + 1)
    assert Page.find_problems() == ([], [], [], [], [])


def test_the_same_seed_goes_on_where_it_stopped(synthetic: list[PracticePage]) -> None:
    add_synthetic(count=5, seed=SEED)
    slugs = PracticePage.objects.filter(is_fictional=True).values_list("slug", flat=True)
    assert set(slugs) == {f"fictief-{SEED}-{number}" for number in range(COUNT + 5)}


def test_the_index_is_told_of_every_one(synthetic: list[PracticePage]) -> None:
    told = set(Change.objects.values_list("document", flat=True))
    assert told >= {page.pk for page in synthetic}


def test_removing_leaves_exactly_the_former_state(registers: None) -> None:
    ensure_municipality_page(
        municipality=PracticePageFactory(parent__municipality__code="GM9999").municipality
    )
    SignpostPageFactory()
    before = everything()
    add_synthetic(count=COUNT, seed=SEED)
    assert remove_synthetic() == COUNT
    assert everything() == before
    assert Page.find_problems() == ([], [], [], [], [])


def test_removing_takes_what_hangs_on_an_edited_one(synthetic: list[PracticePage]) -> None:
    page = synthetic[0]
    page.title = "Aangepast"
    page.save_revision(user=User.objects.create_user("iemand")).publish()
    signpost = SignpostPageFactory()
    signpost.practices = [page]
    signpost.save()
    remove_synthetic()
    assert not SignpostPage.objects.get(pk=signpost.pk).practices.exists()
    assert not Page.objects.filter(pk__in=[one.pk for one in synthetic]).exists()
    assert not page.revisions.exists()


def test_removing_spares_a_municipality_that_somebody_uses(synthetic: list[PracticePage]) -> None:
    used = MunicipalityPage.objects.get(slug="gouda")
    PracticePageFactory(parent=used)
    edited = MunicipalityPage.objects.get(slug="ede")
    edited.save_revision()
    remove_synthetic()
    assert {page.slug for page in MunicipalityPage.objects.all()} == {"gouda", "ede"}


def test_removing_twice_is_no_error(synthetic: list[PracticePage]) -> None:
    assert (remove_synthetic(), remove_synthetic()) == (COUNT, 0)


def test_the_command_adds_and_removes(registers: None, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("synthetic", 3, seed=1)
    assert PracticePage.objects.count() == 3
    call_command("synthetic", remove=True)
    assert "3 verzonnen praktijken weggehaald." in capsys.readouterr().out


@pytest.mark.parametrize("options", [{}, {"count": 3, "remove": True}, {"count": -1}])
def test_the_command_refuses_what_it_cannot_do(registers: None, options: dict[str, Any]) -> None:
    arguments = [str(options.pop("count"))] if "count" in options else []
    with pytest.raises(CommandError):
        call_command("synthetic", *arguments, **options)


def test_without_registers_the_command_says_what_to_do(db: None) -> None:
    MunicipalityIndexPage.objects.all().delete()
    with pytest.raises(CommandError, match=r"manage\.py setup"):
        call_command("synthetic", 3)
