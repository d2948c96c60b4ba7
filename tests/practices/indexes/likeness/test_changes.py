"""Whatever changes the facts is seen by the next comparison, and what does not costs nothing."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.db import transaction
from wagtail.models import PageViewRestriction

from practices.indexes import registers
from practices.indexes.likeness.measure import Facts
from practices.models import PracticePage, RegisterStamp, Term, Vocabulary
from practices.services.moderation.archive import retire
from practices.services.record import record_practices
from practices.signals import OF_DRAFTS
from tests.factories import TermFactory
from tests.practices.indexes.likeness.conftest import Region


def facts(slug: str) -> Facts:
    return registers.current().likeness.facts[slug]


def types(slug: str) -> list[str]:
    return [problem.label for problem in sorted(facts(slug).problems)]


def comparable(slug: str) -> list[str]:
    return [one.facts.slug for one in registers.current().likeness.comparable(slug)]


def other_type(region: Region) -> None:
    page = region.practices["gouda"][0]
    page.radicalisation_types = [
        TermFactory(vocabulary=Vocabulary.RADICALISATION_TYPE, slug="polarisatie")
    ]
    page.save_revision()
    page.save()


def unpublished(region: Region) -> None:
    region.practices["gouda"][0].unpublish()


def deleted(region: Region) -> None:
    region.practices["gouda"][0].delete()


def closed(region: Region) -> None:
    page = region.practices["gouda"][0]
    PageViewRestriction.objects.create(page=page, restriction_type="login")


def retired(region: Region) -> None:
    page = region.practices["gouda"][0]
    administrator = User.objects.create_superuser("beheer", "beheer@nuansa.example", "x")
    assert retire(page=page, user=administrator, reason="Verouderd.")


def moved(region: Region) -> None:
    page = region.practices["gouda"][0]
    page.move(region.practices["urk"][0].get_parent(), pos="last-child")


def renamed(region: Region) -> None:
    term = Term.objects.get(slug="rechtsextremisme")
    term.label = "Uiterst rechts"
    term.save()


def broader(region: Region) -> None:
    parent = TermFactory(vocabulary=Vocabulary.RADICALISATION_TYPE, slug="extremisme")
    term = Term.objects.get(slug="rechtsextremisme")
    term.parent = parent
    term.save()


def grown(region: Region) -> None:
    place = region.places["gouda"]
    place.inhabitants = 99_000
    place.save()


def given_a_neighbour(region: Region) -> None:
    region.places["tiel"].neighbours.add(region.places["gouda"])


def without_neighbours(region: Region) -> None:
    region.places["gouda"].neighbours.clear()


CHANGES = [
    *(other_type, unpublished, deleted, closed, retired, moved, renamed, broader, grown),
    *(given_a_neighbour, without_neighbours),
]


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_of_the_facts_is_seen_at_once(
    region: Region, change: Callable[[Region], None]
) -> None:
    before = facts("gouda")
    change(region)
    now = facts("gouda")
    assert now != before
    registers.forget()
    assert facts("gouda") == now


def test_a_published_practice_makes_its_municipality_comparable(region: Region) -> None:
    assert "tiel" not in comparable("gouda")
    region.add("Leiden", 1, ("rechtsextremisme",), inhabitants=74_000, urbanity=1)
    assert "leiden" in comparable("gouda")
    assert types("leiden") == ["Rechtsextremisme"]


def test_a_municipality_that_merged_is_gone_with_its_practices(region: Region) -> None:
    place = region.places["delft"]
    place.merged_into = region.places["gouda"]
    place.save()
    assert "delft" not in registers.current().likeness.facts
    assert "delft" not in comparable("ede")


def test_saving_a_draft_says_nothing_to_other_processes(region: Region) -> None:
    page = PracticePage.objects.get(pk=region.practices["gouda"][0].pk)
    stamp = RegisterStamp.current()
    page.title = "Concept"
    page.radicalisation_types = []
    page.save_revision()
    page.save_revision(clean=False)
    assert RegisterStamp.current() == stamp
    assert {"live", "path"}.isdisjoint(OF_DRAFTS)
    assert types("gouda") == ["Rechtsextremisme"]


def test_a_change_of_other_things_keeps_what_was_computed(region: Region) -> None:
    row = registers.current().likeness.ranked("gouda")
    page = region.practices["gouda"][0]
    page.summary = "Anders gezegd."
    page.save()
    assert registers.current().likeness.ranked("gouda") is row
    page.unpublish()
    assert registers.current().likeness.ranked("gouda") is not row


def test_facts_of_a_transaction_that_was_rolled_back_are_never_shown(region: Region) -> None:
    with transaction.atomic():
        other_type(region)
        assert types("gouda") == ["Polarisatie"]
        transaction.set_rollback(True)
    assert types("gouda") == ["Rechtsextremisme"]


def test_tidying_leaves_one_row_and_a_number_that_never_was(region: Region) -> None:
    seen = {RegisterStamp.current()}
    for _ in range(3):
        registers.current()
        record_practices([region.practices["gouda"][0].pk])
        seen.add(RegisterStamp.current())
        RegisterStamp.tidy()
        seen.add(RegisterStamp.current())
        assert RegisterStamp.objects.count() == 2
    assert len(seen) == 7
    unpublished(region)
    assert types("gouda") == []


def test_registers_are_not_read_again_for_a_change_of_practices(region: Region) -> None:
    before = registers.current()
    unpublished(region)
    now = registers.current()
    assert now.places is before.places
    assert now.likeness is not before.likeness
    assert now.facets["vergelijkbaar"].likeness is now.likeness  # type: ignore[attr-defined]
