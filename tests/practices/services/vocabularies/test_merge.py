"""One term in the place of another: practices, all their versions, reviews, addresses."""

from typing import Any

import pytest
from django.db import connection
from django.db.models import ForeignKey
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import ModelLogEntry, ReferenceIndex, Revision

from practices.indexes import registers
from practices.models import (
    FormerValue,
    GoalOutcome,
    HistoryEntry,
    PracticePage,
    ReviewTaskState,
    Term,
    Trainer,
    Vocabulary,
)
from practices.models.contents import renewed
from practices.selectors import RELATIONS
from practices.services.moderation import decisions as moderation
from practices.services.moderation.permissions import may_approve
from practices.services.moderation.versions import fingerprint_of
from practices.services.vocabularies import merging
from search.models import Change
from tests.factories import PracticePageFactory
from tests.practices.services.moderation.conftest import EVERYTHING, World, fresh, review_of
from tests.practices.services.vocabularies.conftest import Merge, term_of

GOAL, THEME = Vocabulary.LEARNING_GOAL, Vocabulary.THEME

HANDLED = {
    "PracticePage_formats", "PracticePage_compositions", "PracticePage_working_methods",
    "PracticePage_deliveries", "PracticePage_target_groups",
    "PracticePage_radicalisation_types", "PracticePage_themes", "PracticePage_policy_fields",
    "Trainer_expertises", "Trainer", "GoalOutcome", "Term", "FormerValue",
}  # fmt: skip
"""The models that refer to terms; a merge has to know of all."""


def slugs(page: Any, relation: str = "formats") -> list[str]:
    return sorted(term.slug for term in getattr(fresh(page), relation).all())


def mentions(term: Term) -> int:
    """How many saved versions have a term, looked at one by one."""
    return sum(
        renewed(revision.content, {term.pk: 0}) is not None for revision in Revision.objects.all()
    )


def test_a_merge_knows_of_everything_that_refers_to_terms() -> None:
    relations: list[Any] = Term._meta.get_fields(include_hidden=True)
    referring = {
        relation.related_model.__name__
        for relation in relations
        if relation.auto_created
        and not relation.concrete
        and not relation.many_to_many
        and isinstance(relation.field, ForeignKey)
    }
    assert referring == HANDLED


@pytest.mark.parametrize("relation", RELATIONS)
def test_practices_get_the_other_term_once(merge: Merge, world: World, relation: str) -> None:
    vocabulary = RELATIONS[relation]
    old, new, other = (term_of(slug, vocabulary) for slug in ("oud", "nieuw", "ander"))
    pages = {
        chosen: PracticePageFactory(parent=world.gouda, terms={relation: chosen.split()})
        for chosen in ("oud", "nieuw", "ander", "oud nieuw", "ander oud", "oud nieuw ander")
    }
    merge(old, new)
    assert {chosen: slugs(page, relation) for chosen, page in pages.items()} == {
        "oud": ["nieuw"], "nieuw": ["nieuw"], "ander": ["ander"], "oud nieuw": ["nieuw"],
        "ander oud": ["ander", "nieuw"], "oud nieuw ander": ["ander", "nieuw"],
    }  # fmt: skip
    assert not Term.objects.filter(pk=old.pk).exists()
    assert other in Term.objects.all()


def test_trainers_follow(merge: Merge, world: World) -> None:
    page = world.published()
    for vocabulary in (Vocabulary.EXPERTISE, Vocabulary.DELIVERY):
        merge(Term.objects.get(slug=f"{vocabulary}-1"), term_of("nieuw", vocabulary))
    first, second = fresh(page).trainers.order_by("organisation")
    assert [term.slug for term in first.expertises.all()] == ["nieuw"]
    assert [term.slug for term in second.expertises.all()] == ["nieuw"]
    assert (first.provider.slug, second.provider) == ("nieuw", None)
    assert Trainer.objects.count() == 2


def test_two_outcomes_of_one_goal_become_one(merge: Merge, world: World) -> None:
    page = world.published()
    merge(Term.objects.get(slug="leerdoel-1"), Term.objects.get(slug="leerdoel-2"))
    for version in (fresh(page), fresh(page).get_latest_revision_as_object()):
        [outcome] = version.goal_outcomes.all()
        assert outcome.goal.slug == "leerdoel-2"
        assert outcome.measure == "Met een gesprek.\n\nMet een vragenlijst."
        assert outcome.reached == "deels"


def test_a_version_from_before_can_be_published_after(merge: Merge, world: World) -> None:
    """Its rows have keys of outcomes that are gone."""
    page = world.published()
    page = world.write(page, "sam", summary="Anders.")
    merge(Term.objects.get(slug="leerdoel-1"), Term.objects.get(slug="leerdoel-2"))
    merge(Term.objects.get(slug="formats-1"), term_of("nieuw"))
    page = world.submit(fresh(page))
    world.approve(page)
    assert slugs(page) == ["formats-2", "nieuw"]
    assert [one.goal.slug for one in fresh(page).goal_outcomes.all()] == ["leerdoel-2"]
    assert fresh(page).summary == "Anders."


def test_all_versions_have_the_new_term(merge: Merge, world: World) -> None:
    page = world.published()
    page = world.write(page, "sam", summary="Anders.")
    world.draft()
    old = Term.objects.get(slug="formats-1")
    assert mentions(old) == Revision.objects.filter(object_id__in=_practices()).count() > 2
    new = term_of("nieuw")
    merged = merge(old, new)
    assert mentions(old) == 0
    assert mentions(new) == merged.versions
    assert fresh(page).has_unpublished_changes


def _practices() -> list[str]:
    return [str(key) for key in PracticePage.objects.values_list("pk", flat=True)]


def test_a_number_that_only_looks_like_the_term_stays(merge: Merge, world: World) -> None:
    page = world.draft()
    old = term_of("oud", Vocabulary.EXPERTISE)
    revision = fresh(page).get_latest_revision()
    revision.content["trainers"][0] |= {"pk": old.pk, "organisation": f"Bureau {old.pk}"}
    revision.save()
    before = fresh(page).get_latest_revision().content
    merge(old, Term.objects.get(slug="expertise-1"))
    assert fresh(page).get_latest_revision().content == before


def test_a_review_goes_on_about_the_version_that_the_editor_saw(merge: Merge, world: World) -> None:
    page = world.submitted()
    seen = fingerprint_of(fresh(page))
    merge(Term.objects.get(slug="formats-1"), term_of("nieuw"))
    assert fingerprint_of(fresh(page)) != seen
    world.approve(page, seen=seen)
    assert fresh(page).live
    assert slugs(page) == ["formats-2", "nieuw"]


def test_a_review_goes_on_after_several_merges(merge: Merge, world: World) -> None:
    page = world.submitted()
    first = fingerprint_of(fresh(page))
    merge(Term.objects.get(slug="formats-1"), term_of("nieuw"))
    second = fingerprint_of(fresh(page))
    merge(Term.objects.get(slug="nieuw"), term_of("nieuwer"))
    review = review_of(page)
    assert review.renewed == {
        first: fingerprint_of(fresh(page)),
        second: fingerprint_of(fresh(page)),
    }
    assert review.version == fingerprint_of(fresh(page))
    world.approve(page, seen=first)
    assert fresh(page).live


def test_a_review_can_be_approved_without_saying_which_version(merge: Merge, world: World) -> None:
    page = world.submitted()
    merge(Term.objects.get(slug="formats-1"), term_of("nieuw"))
    world.approve(page)
    assert fresh(page).live


def test_what_was_written_after_the_editor_looked_is_still_noticed(
    merge: Merge, world: World
) -> None:
    page = world.submitted()
    seen = fingerprint_of(fresh(page))
    merge(Term.objects.get(slug="formats-1"), term_of("nieuw"))
    world.write(page, "ernst", summary="Anders.")
    with pytest.raises(moderation.VersionChangedError):
        world.approve(page, seen=seen)


def test_nobody_counts_as_the_author_of_a_merge(merge: Merge, world: World) -> None:
    page = world.published()
    page = world.write(page, "sam", summary="Anders.")
    page = world.submit(page)
    merge(Term.objects.get(slug="formats-1"), term_of("nieuw"))
    assert may_approve(world["edith"], review_of(page))
    assert may_approve(world["ernst"], review_of(page))
    assert not may_approve(world["sam"], review_of(page))
    world.approve(page)
    assert [entry.parts for entry in HistoryEntry.objects.all()] == [["what"]]


def test_who_wrote_something_is_still_no_approver(merge: Merge, world: World) -> None:
    page = world.write(world.submitted(), "ernst", summary="Anders.")
    merge(Term.objects.get(slug="formats-1"), term_of("nieuw"))
    assert not may_approve(world["ernst"], review_of(page))


def test_a_finished_review_is_left_alone(merge: Merge, world: World) -> None:
    world.published()
    before = list(ReviewTaskState.objects.values())
    merge(Term.objects.get(slug="formats-1"), term_of("nieuw"))
    assert list(ReviewTaskState.objects.values()) == before


def test_narrower_terms_and_goals_move_along(merge: Merge, world: World) -> None:
    old, new = term_of("oud", THEME), term_of("nieuw", THEME)
    narrower, goal = term_of("smal", THEME, parent=old), term_of("doel", GOAL, parent=old)
    page = PracticePageFactory(parent=world.gouda, terms={"themes": ["smal"]})
    Change.objects.all().delete()
    merge(old, new)
    for term in (narrower, goal):
        term.refresh_from_db()
        assert term.parent == new
    assert Change.objects.filter(document=page.pk).exists()


def test_old_values_lead_to_the_last_term_of_a_chain(merge: Merge, world: World) -> None:
    first, second, third = (term_of(slug) for slug in ("een", "twee", "drie"))
    first.slug = "eerste"
    first.save()
    merge(first, second)
    merge(second, third)
    assert registers.current().former["vorm"] == dict.fromkeys(("een", "eerste", "twee"), "drie")
    assert set(FormerValue.objects.values_list("term", flat=True)) == {third.pk}
    answer = Client().get("/praktijken/?vorm=een&vorm=twee")
    assert (answer.status_code, answer["Location"]) == (301, "/praktijken/?vorm=drie")


def test_a_version_that_was_saved_during_the_merge_opens_with_the_term_of_now(
    merge: Merge, world: World
) -> None:
    page = world.draft()
    goal = Term.objects.get(slug="leerdoel-1")
    format_ = Term.objects.get(slug="formats-1")
    before = fresh(page).get_latest_revision().content
    for term in (goal, format_):
        merge(term, term_of("nieuw", Vocabulary(term.vocabulary)))
    Revision.objects.filter(object_id=str(page.pk)).update(content=before)
    version = fresh(page).get_latest_revision_as_object()
    assert sorted(term.slug for term in version.formats.all()) == ["formats-2", "nieuw"]
    assert {one.goal.slug for one in version.goal_outcomes.all()} == {"nieuw", "leerdoel-2"}
    assert world.client("sam").get(f"/beheer/pages/{page.pk}/edit/").status_code == 200


def test_the_log_tells_who_merged_what(merge: Merge, world: World) -> None:
    PracticePageFactory(parent=world.gouda, terms={"formats": ["oud"]})
    new = term_of("nieuw")
    merge(term_of("oud"), new)
    [entry] = ModelLogEntry.objects.filter(action=merging.MERGED)
    assert (entry.user, entry.object_id) == (world["edith"], str(new.pk))
    assert entry.message == "“Oud” (oud) samengevoegd met deze term, bij 1 praktijk"


def test_what_wagtail_noted_of_references_follows(merge: Merge, world: World) -> None:
    world.published()
    old, new = (Term.objects.get(slug=f"leerdoel-{number}") for number in (1, 2))
    ReferenceIndex.create_or_update_for_object(PracticePage.objects.get())
    merge(old, new)
    rows = ReferenceIndex.objects.filter(content_path__endswith=".goal")
    expected = [f"goal_outcomes.{one.pk}.goal" for one in GoalOutcome.objects.all()]
    assert [(row.to_object_id, row.content_path) for row in rows] == [
        (str(new.pk), path) for path in expected
    ]


@pytest.mark.parametrize(
    ("into", "sentence"),
    [
        ("zelf", "Kies een andere term dan de term zelf."),
        ("thema", "Kies een term uit dezelfde woordenlijst."),
        ("smal", "Kies een term die zelf nergens onder staat."),
        ("anders-smal", "Kies een term die zelf nergens onder staat."),
        ("weg", "Een van de termen bestaat niet meer."),
    ],
)
def test_what_cannot_be_merged_is_refused_with_the_reason(
    world: World, merge: Merge, into: str, sentence: str
) -> None:
    old, above = term_of("zelf"), term_of("boven")
    terms = {
        "zelf": old, "thema": term_of("thema", THEME), "smal": term_of("smal", parent=old),
        "anders-smal": term_of("anders-smal", parent=above), "weg": term_of("weg"),
    }  # fmt: skip
    Term.objects.filter(slug="weg").delete()
    before = list(Term.objects.values())
    with pytest.raises(merging.MergeError, match=sentence.replace(".", r"\.")):
        merge(old, terms[into])
    assert list(Term.objects.values()) == before


def test_a_narrower_term_merges_into_its_broader_one(merge: Merge, world: World) -> None:
    above = term_of("boven")
    merge(term_of("smal", parent=above), above)
    assert list(Term.objects.values_list("slug", flat=True)) == ["boven"]


def test_a_merge_takes_as_many_queries_for_many_practices_as_for_two(
    merge: Merge, world: World
) -> None:
    counts = []
    for number in (2, 2, 12):
        for _practice in range(number):
            world.submitted()
        with CaptureQueriesContext(connection) as queries:
            merge(Term.objects.get(slug="leerdoel-1"), Term.objects.get(slug="leerdoel-2"))
        counts.append(len(queries))
    # The first one also fills what Django keeps.
    assert counts[1] == counts[2]


def test_a_review_in_the_browser_goes_on_after_a_merge(merge: Merge, world: World) -> None:
    page = world.submitted()
    address = f"/beheer/beoordelen/{review_of(page).pk}/"
    shown = world.client("edith").get(address).context
    seen = {name: shown[name] for name in ("version", "files")}
    merge(Term.objects.get(slug="formats-1"), term_of("nieuw"))
    post = {**dict.fromkeys(EVERYTHING, "on"), "decision": "approve", "comment": ""}
    world.client("edith").post(address, {**post, **seen})
    assert fresh(page).live
