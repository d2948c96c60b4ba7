"""A lesson keeps its key, and so its address, whatever an author does with the form."""

from typing import Any

import pytest
from wagtail.models import Revision

from practices.models import Lesson, PracticePage
from practices.models.lessons import KEY
from tests.factories import PracticePageFactory
from tests.practices.services.moderation.conftest import World, edit_url, fields_of, fresh

Keys = dict[str, str]


def keys(page: PracticePage) -> Keys:
    """What is published: the key of each lesson by its text."""
    return dict(Lesson.objects.filter(page=page).values_list("text", "key"))


def rows(page: PracticePage) -> dict[str, int]:
    return dict(Lesson.objects.filter(page=page).values_list("text", "pk"))


def form(world: World, page: PracticePage) -> dict[str, Any]:
    return fields_of(world.client("sam").get(edit_url(page)))


def save(world: World, page: PracticePage, data: dict[str, Any]) -> None:
    assert world.client("sam").post(edit_url(page), data).status_code == 302


def with_lesson(data: dict[str, Any], text: str) -> dict[str, Any]:
    """The form with one more row, as the admin's script adds it."""
    number = int(data["lessons-TOTAL_FORMS"][0])
    row = {"id": "", "key": "", "kind": "tip", "text": text, "ORDER": str(number + 1), "DELETE": ""}
    new = {f"lessons-{number}-{name}": value for name, value in row.items()}
    return {**data, **new, "lessons-TOTAL_FORMS": str(number + 1)}


def add(world: World, page: PracticePage, text: str) -> None:
    save(world, page, with_lesson(form(world, page), text))


def publish(world: World, page: PracticePage) -> Any:
    world.approve(world.submit(fresh(page)))
    return fresh(page)


def draft_keys(page: PracticePage) -> Keys:
    latest = fresh(page).get_latest_revision_as_object()
    return {lesson.text: lesson.key for lesson in latest.lessons.all()}


def test_a_lesson_of_a_draft_keeps_its_key_through_all_publications(world: World) -> None:
    page = world.draft()
    add(world, page, "Begin klein.")
    first = draft_keys(page)
    save(world, page, form(world, page))
    assert draft_keys(page) == first
    page = publish(world, page)
    assert keys(page) == first
    before = rows(page)
    add(world, page, "Neem de tijd.")
    page = publish(world, page)
    add(world, page, "Vraag door.")
    page = publish(world, page)
    assert first.items() < keys(page).items()
    assert before.items() < rows(page).items(), "and stay the same rows, for the search index"
    assert all(map(KEY.fullmatch, keys(page).values()))
    assert len({*keys(page).values()}) == 6


def test_the_key_stays_when_lessons_change_places_text_and_kind(world: World) -> None:
    page = world.draft()
    add(world, page, "Begin klein.")
    page = publish(world, page)
    data = form(world, page)
    [place] = [name for name, value in data.items() if value == ["Begin klein."]]
    row = place.removesuffix("-text")
    data |= {f"{row}-text": "Begin met een kleine groep.", f"{row}-kind": "werkte"}
    data |= {f"{row}-ORDER": "1", "lessons-0-ORDER": "4"}
    before = keys(page)
    save(world, page, data)
    page = publish(world, page)
    assert keys(page)["Begin met een kleine groep."] == before["Begin klein."]
    assert page.lessons.first().text == "Begin met een kleine groep."


def test_what_is_deleted_is_gone_and_the_others_keep_their_keys(world: World) -> None:
    page = world.published()
    before = keys(page)
    save(world, page, form(world, page) | {"lessons-0-DELETE": "1"})
    page = publish(world, page)
    assert keys(page) == {text: before[text] for text in ("Dit werkte niet.", "Begin op tijd.")}


def test_an_older_version_brings_its_lessons_back_under_their_keys(world: World) -> None:
    page = world.published()
    before, old = keys(page), page.latest_revision
    save(world, page, form(world, page) | {"lessons-0-DELETE": "1"})
    page = publish(world, page)
    old.as_object().save_revision(user=world["sam"])
    assert keys(publish(world, page)) == before


def test_a_form_that_was_open_during_a_publication_keeps_the_keys(world: World) -> None:
    page = world.draft()
    add(world, page, "Begin klein.")
    stale = form(world, page)
    page = publish(world, page)
    before = keys(page)
    save(world, page, stale)
    assert keys(publish(world, page)) == before


@pytest.mark.parametrize("forged", ["", "../../", "AEIOU1", "\u0661" * 6])
def test_a_key_that_was_never_ours_is_not_taken(world: World, forged: str) -> None:
    page = world.published()
    data = with_lesson(form(world, page), "Begin klein.") | {"lessons-3-key": forged}
    save(world, page, data)
    page = publish(world, page)
    assert all(map(KEY.fullmatch, keys(page).values()))


def test_the_key_of_another_lesson_is_not_taken_and_of_another_practice_does_no_harm(
    world: World,
) -> None:
    page, other = world.published(), world.published(parent=world.ede, by="bo")
    before = keys(page)
    stolen = before["Begin op tijd."]
    data = form(world, page)
    swapped = {"lessons-0-key": data["lessons-1-key"], "lessons-1-key": data["lessons-0-key"]}
    save(world, page, data | swapped)
    page = publish(world, page)
    assert keys(page) == before
    response = world.client("sam").post(
        edit_url(page), with_lesson(form(world, page), "Gestolen.") | {"lessons-3-key": stolen}
    )
    assert response.status_code == 200, "the form says that two rows are the same"
    theirs = keys(other)["Begin op tijd."]
    save(world, page, with_lesson(form(world, page), "Geleend.") | {"lessons-3-key": theirs})
    page = publish(world, page)
    assert before.items() < keys(page).items()
    assert keys(other)["Begin op tijd."] == theirs


def test_versions_from_before_there_were_keys_get_those_of_the_published_lessons(
    world: World,
) -> None:
    page = world.published()
    before = keys(page)
    for revision in Revision.page_revisions.filter(object_id=str(page.pk)):
        for lesson in revision.content["lessons"]:
            lesson["pk"] = None
            del lesson["key"]
        revision.save(update_fields=["content"])
    assert draft_keys(page) == before
    save(world, page, form(world, page))
    assert keys(publish(world, page)) == before


def test_a_copy_has_lessons_of_its_own(world: World) -> None:
    page = world.published()
    before = keys(page)
    copy = page.copy(update_attrs={"slug": "kopie"}, keep_live=False)
    assert keys(fresh(page)) == before
    assert copy.lessons.count() == 3


def test_a_form_that_saves_itself_hears_the_keys_of_new_lessons(world: World) -> None:
    page = world.draft()
    data = with_lesson(form(world, page), "Begin klein.")
    accepts = {"accept": "application/json"}
    updates = (
        world.client("sam").post(edit_url(page), data, headers=accepts).json()["field_updates"]
    )
    assert updates["lessons-3-key"] == draft_keys(page)["Begin klein."]


def test_a_new_key_is_no_change_that_an_editor_must_look_at(world: World) -> None:
    page = world.submitted()
    revision = page.latest_revision
    for lesson in revision.content["lessons"]:
        lesson["key"] = "bcdfgh"
    revision.save(update_fields=["content"])
    world.approve(page)
    assert fresh(page).live


def test_lessons_written_in_bulk_have_keys(site_tree: Any) -> None:
    page = PracticePageFactory(complete=True)
    assert all(map(KEY.fullmatch, keys(page).values()))
    assert KEY.fullmatch(Lesson.objects.create(page=page, kind="tip", text="Nog een.").key)
