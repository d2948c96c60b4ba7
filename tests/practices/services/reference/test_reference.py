"""Reference data: complete, valid, and never in the way of what editors did."""

import pytest
from django.core.management import call_command

from practices.models import Municipality, RegisterStamp, SynonymGroup, Term, Vocabulary
from practices.services.reference.files import read_municipalities, slugs_of
from practices.services.reference.load import Loaded, load_reference

NOTHING = Loaded(terms=0, synonyms=0, municipalities=0, updated=0)


@pytest.fixture
def loaded(db: None) -> Loaded:
    return load_reference()


def test_everything_that_is_loaded_is_valid(loaded: Loaded) -> None:
    for model in (Term, SynonymGroup, Municipality):
        for row in model.objects.all():
            row.full_clean()
    assert Municipality.objects.count() == loaded.municipalities == 342
    assert set(Term.objects.values_list("vocabulary", flat=True)) == set(Vocabulary.values)


def test_the_inhabitants_are_those_of_cbs(loaded: Loaded) -> None:
    assert sum(Municipality.objects.values_list("inhabitants", flat=True)) == 17_590_672
    voorne = Municipality.objects.get(code="GM1992")
    assert voorne.urbanity is None
    assert voorne.inhabitants_on.isoformat() == "2022-01-01"


def test_a_border_is_seen_from_both_sides(loaded: Loaded) -> None:
    gouda = Municipality.objects.get(slug="gouda")
    assert gouda.neighbours.exists()
    assert all(gouda in neighbour.neighbours.all() for neighbour in gouda.neighbours.all())
    assert not Municipality.objects.get(slug="texel").neighbours.exists()


def test_den_haag_is_known_by_the_name_that_people_use(loaded: Loaded) -> None:
    the_hague = Municipality.objects.get(code="GM0518")
    assert (the_hague.name, the_hague.slug) == ("'s-Gravenhage", "den-haag")
    assert "Den Haag" in [alias.name for alias in the_hague.aliases.all()]


def test_an_addition_stays_only_where_two_would_have_one_slug() -> None:
    names = {"GM1": "Rijswijk (ZH.)", "GM2": "Bergen (L.)", "GM3": "Bergen (NH.)"}
    assert slugs_of(names) == {"GM1": "rijswijk", "GM2": "bergen-l", "GM3": "bergen-nh"}


def test_a_learning_goal_stands_under_its_theme(loaded: Loaded) -> None:
    goal = Term.objects.get(vocabulary=Vocabulary.LEARNING_GOAL, slug="nuance")
    assert goal.parent is not None
    assert (goal.parent.vocabulary, goal.parent.slug) == (Vocabulary.THEME, "duiden")


def test_a_second_time_nothing_changes(loaded: Loaded) -> None:
    stamp = RegisterStamp.current()
    assert load_reference() == NOTHING
    assert load_reference(missing=True, update=True) == NOTHING
    assert RegisterStamp.current() == stamp > (0, 0)


def test_what_editors_changed_or_removed_stays_so(loaded: Loaded) -> None:
    Term.objects.filter(slug="training").update(label="Oefentraining", is_active=False)
    Term.objects.filter(slug="excursie").delete()
    SynonymGroup.objects.all()[0].delete()
    Municipality.objects.filter(slug="gouda").update(inhabitants=80_000, name="Goudse")
    assert load_reference() == NOTHING
    assert not Term.objects.filter(slug="excursie").exists()
    assert Term.objects.get(slug="training").label == "Oefentraining"
    assert Municipality.objects.get(slug="gouda").inhabitants == 80_000


def test_missing_adds_what_an_upgrade_brings(loaded: Loaded) -> None:
    Term.objects.filter(slug="excursie").delete()
    SynonymGroup.objects.all()[0].delete()
    assert load_reference(missing=True) == Loaded(1, 1, 0, 0)


def test_update_refreshes_the_figures_and_nothing_else(loaded: Loaded) -> None:
    Municipality.objects.filter(slug="gouda").update(inhabitants=1, name="Goudse")
    assert load_reference(update=True) == Loaded(0, 0, 0, updated=1)
    gouda = Municipality.objects.get(slug="gouda")
    row = next(row for row in read_municipalities() if row.slug == "gouda")
    assert (gouda.inhabitants, gouda.name) == (row.inhabitants, "Goudse")


def test_loading_takes_few_queries(db: None, django_assert_max_num_queries: object) -> None:
    with django_assert_max_num_queries(30):  # type: ignore[operator]
        load_reference()


def test_the_command_says_what_it_did(db: None, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("reference")
    assert "gemeenten: 342." in capsys.readouterr().out
