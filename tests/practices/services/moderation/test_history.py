import re
from typing import Any

from django.test import Client
from django.utils import timezone
from django.utils.formats import date_format

from practices.models import PracticePage
from practices.services.moderation import archive, confirmations
from practices.services.moderation.history import joined, public_history
from practices.services.moderation.versions import SECTIONS, changed_parts, fingerprint
from tests.practices.services.moderation.conftest import World, edit_url, fields_of, fresh


def today() -> str:
    """Asked for at each time: tests go on over midnight."""
    return date_format(timezone.localdate(), "j F Y")


def page_text(page: Any) -> str:
    html = Client().get(page.url).content.decode()
    return " ".join(re.sub("<[^>]*>", " ", html.partition("<main")[2]).split())


def update(world: World, page: Any, **fields: Any) -> Any:
    page = world.submit(world.write(page, "sam", **fields))
    world.approve(page)
    return fresh(page)


def test_a_page_tells_what_changed_when(world: World) -> None:
    page = world.published()
    page = update(world, page, approach="<p>Anders.</p>", networks="Het ZAT.")
    page = update(world, page, title="Nieuwe titel")
    assert public_history(page).sentences == [
        f"Gepubliceerd op {today()}.",
        f"Bijgewerkt op {today()}: aanpak en voor wie.",
        f"Bijgewerkt op {today()}: wat het is.",
    ]
    text = page_text(page)
    assert f"Bijgewerkt op {today()}: aanpak en voor wie." in text
    for name in ("Sam", "Edith", "sam", "edith"):
        assert f" {name} " not in text


def test_drafts_and_what_waits_stay_out(world: World) -> None:
    page = world.published(title="Openbaar")
    page = world.submit(world.write(page, "sam", title="Geheim"))
    assert len(public_history(page).sentences) == 1
    assert "Geheim" not in page_text(page)
    assert "Openbaar" in page_text(page)


def test_the_archive_and_confirmations_are_told(world: World) -> None:
    page = world.published()
    since = confirmations.since_of(page)
    assert since
    confirmations.confirm(page=page, since=since)
    archive.retire(page=page, user=world["edith"], reason="De cursus bestaat niet meer.")
    shown = public_history(fresh(page))
    assert shown.archived_reason == "De cursus bestaat niet meer."
    text = page_text(page)
    assert f"In het archief sinds {today()}." in text
    assert "De cursus bestaat niet meer." in text
    archive.bring_back(page=page, user=world["ernst"])
    shown = public_history(fresh(page))
    assert shown.archived_on is None
    assert shown.sentences == [
        f"Gepubliceerd op {today()}.",
        f"Bevestigd op {today()}: het klopt nog.",
        f"Naar het archief op {today()}.",
        f"Terug uit het archief op {today()}.",
    ]
    assert "In het archief sinds" not in page_text(page)


def test_a_page_that_was_published_without_review_has_a_history(world: World) -> None:
    page = world.draft()
    page.get_latest_revision().publish()
    assert public_history(fresh(page)).sentences == [f"Gepubliceerd op {today()}."]


def test_the_history_costs_one_query(world: World, django_assert_num_queries: Any) -> None:
    page = update(world, world.published(), title="Nieuw")
    with django_assert_num_queries(1):
        public_history(page)


def test_every_field_of_the_form_belongs_to_a_part() -> None:
    handler = PracticePage.get_edit_handler()
    form = handler.get_form_class()
    names = {*form.base_fields, *form.formsets} - {"comments", "comment_notifications"}
    assert names == {field for _label, fields in SECTIONS.values() for field in fields}


def test_saving_without_a_change_is_no_other_version(world: World) -> None:
    page = world.published()
    client = world.client("sam")
    data = fields_of(client.get(edit_url(page)))
    assert client.post(edit_url(page), data).status_code == 302
    saved = fresh(page)
    old, new = page.live_revision.content, saved.get_latest_revision().content
    assert saved.latest_revision_id != page.latest_revision_id
    assert fingerprint(old) == fingerprint(new)
    assert changed_parts(page.serializable_data(), new) == []


def test_rows_in_another_order_are_another_version(world: World) -> None:
    content = world.draft().get_latest_revision().content
    turned = {**content, "lessons": [*reversed(content["lessons"])]}
    assert changed_parts(content, turned) == ["lessons"]
    numbered = [
        {**row, "sort_order": place}
        for place, row in zip((2, 1, 0), content["lessons"], strict=True)
    ]
    assert changed_parts(turned, {**content, "lessons": numbered}) == []
    assert fingerprint(content) != fingerprint(turned)


def test_words_are_joined_as_a_sentence_does() -> None:
    assert joined([]) == ""
    assert joined(["a"]) == "a"
    assert joined(["a", "b"]) == "a en b"
    assert joined(["a", "b", "c"]) == "a, b en c"
