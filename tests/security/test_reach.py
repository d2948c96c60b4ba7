"""A1, A6: every id that a browser sends is checked against what this user may choose.

The forms of the admin are walked by introspection: a field that takes ids and that nobody thought
of fails here.
"""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django import forms
from django.contrib.auth.models import User
from django.test import Client
from wagtail.admin.rich_text import DraftailRichTextArea
from wagtail.documents.models import Document
from wagtail.images.models import Image
from wagtail.models import Page, get_page_models
from wagtail.rich_text import features as rich_text_features

from practices.admin.form_fields import LinesField
from practices.admin.reach.forms import WithinReach
from practices.admin.reach.rich_text import ENTITIES
from practices.admin.reach.sent import pointing_fields
from practices.admin.registers import RegisterGroup
from practices.models import MunicipalityPage, PracticeDocument, PracticeLink, PracticePage
from practices.models.owners import municipality_of
from practices.services.people.files import may_see
from practices.services.people.reach import everybodys, rule_for
from tests.factories import PracticePageFactory, approve
from tests.practices.admin.practice_form.forms import form_data, of_page
from tests.security.world import ABSENT, MARKER, World

# A test reads what is served to its end, but not the file behind it.
pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")

OF_EDITORS = {
    "ConsiderForm.municipality": "one of the official's own, by its queryset",
    "ReorganisationForm.old": "editors and administrators, who see every municipality",
    "ReorganisationForm.new": "likewise",
    "TermForm.parent": "editors; a register",
    "MunicipalityForm.neighbours": "editors; a register, by name",
    "MunicipalitiesForm.municipalities": "editors; a register, by name",
    "InvitationForm.municipalities": "editors; a register, by name",
    "PracticeForm.partner_municipalities": "a register, by name",
    "SignpostForm.practices": "editors, who see every practice; by address",
    "PracticePage.partner_municipalities": "a register, by name",
    "SignpostPage.practices": "editors, who see every practice; by address",
    "Municipality.neighbours": "editors; a register, by name",
    "Term.parent": "editors; a register",
}
"""The fields that take what no form of a page looks through, each with why it may."""
FEATURES = {
    "link": {"LINK"}, "document-link": {"DOCUMENT"}, "image": {"IMAGE"}, "embed": {"EMBED"},
}  # fmt: skip


def our_page_models() -> list[type[Page]]:
    return [one for one in get_page_models() if one._meta.app_label in ("practices", "cms")]


def form_of(model: type[Page]) -> Any:
    return model.get_edit_handler().get_form_class()


def subclasses(of: type) -> Iterator[type]:
    below: list[type] = of.__subclasses__()
    for one in below:
        yield one
        yield from subclasses(one)


def all_forms() -> dict[str, Any]:
    """The forms of pages by their model, those of the registers, and all that are written here."""
    forms_here = {
        one.__name__: one
        for one in subclasses(forms.BaseForm)
        if one.__module__.split(".")[0] in ("practices", "cms", "search")
    }
    registers = {
        one.model.__name__: one.edit_handler.bind_to_model(one.model).get_form_class()
        for one in RegisterGroup.items
        if hasattr(one, "edit_handler")
    }
    return forms_here | registers | {one.__name__: form_of(one) for one in our_page_models()}


def every_field(form_class: Any, prefix: str) -> Iterator[tuple[str, forms.Field]]:
    for name, field in form_class.base_fields.items():
        yield f"{prefix}{name}", field
    for relation, formset in getattr(form_class, "formsets", {}).items():
        yield from every_field(formset.form, f"{prefix}{relation}-N-")


def takes_ids(field: forms.Field) -> bool:
    return (
        isinstance(field, (forms.ModelChoiceField, LinesField))
        or isinstance(field.widget, DraftailRichTextArea)
        or hasattr(field, "block")
    )


def is_classified(name: str, form_class: Any, field: Any) -> bool:
    features: list[str] = getattr(field.widget, "features", [])
    if name in OF_EDITORS:
        return True
    if not (isinstance(form_class, type) and issubclass(form_class, WithinReach)):
        return False
    if isinstance(field.widget, DraftailRichTextArea):
        return all(one in FEATURES or not has_entity(one) for one in features)
    return hasattr(field, "queryset") and rule_for(field.queryset.model) is not None


def has_entity(feature: str) -> bool:
    rule = rich_text_features.get_converter_rule("contentstate", feature) or {}
    return bool(rule.get("to_database_format", {}).get("entity_decorators"))


def test_every_field_that_takes_ids_is_classified(db: None) -> None:
    found = {
        f"{form}.{name}": (form_class, field)
        for form, form_class in all_forms().items()
        for name, field in every_field(form_class, "")
        if takes_ids(field)
    }
    assert "PracticePage.documents-N-document" in found
    assert [name for name, one in found.items() if not is_classified(name, *one)] == []
    assert OF_EDITORS.keys() - found.keys() == set()


def test_a_field_and_an_entity_of_which_nobody_thought_are_noticed(db: None) -> None:
    class NewForm(WithinReach):
        people = forms.ModelChoiceField(User.objects.all())

    class OtherForm(forms.Form):
        page = forms.ModelChoiceField(Page.objects.all())

    assert not is_classified("NewForm.people", NewForm, NewForm.base_fields["people"])
    assert not is_classified("OtherForm.page", OtherForm, OtherForm.base_fields["page"])
    assert set().union(*FEATURES.values()) == set(ENTITIES)


def entity(kind: str, **data: Any) -> str:
    """Rich text as the editor sends it, with one entity over the word `hier`."""
    is_block = kind in ("IMAGE", "EMBED")
    block: dict[str, Any] = {
        "key": "aaaaa", "text": " " if is_block else "hier", "depth": 0, "data": {},
        "type": "atomic" if is_block else "unstyled", "inlineStyleRanges": [],
        "entityRanges": [{"offset": 0, "length": 1 if is_block else 4, "key": 0}],
    }  # fmt: skip
    after = {**block, "key": "bbbbb", "type": "unstyled", "text": "daarna", "entityRanges": []}
    one = {"type": kind, "mutability": "MUTABLE", "data": data}
    return json.dumps({"blocks": [block, after], "entityMap": {"0": one}})


def secret_id(world: World, model: Any) -> int:
    secret = world.secret["never"]
    return {Document: secret.document, Image: secret.image, Page: secret.page}[model]


def as_sent(field: Any, world: World) -> Iterator[str]:
    """What of A may be sent for a field, written in more than one way."""
    if isinstance(field.widget, DraftailRichTextArea):
        for kind, of in ENTITIES.items():
            if of() is not None:
                for key in variants(secret_id(world, of())):
                    yield entity(kind, id=key, url="/", alt="x", format="left")
    elif rule_for(field.queryset.model) is not everybodys:
        yield from map(str, variants(secret_id(world, field.queryset.model)))


def variants(key: int) -> list[Any]:
    return [key, str(key), f" {key}", f"{key // 10}_{key % 10}" if key > 9 else f"0{key}", ABSENT]


@pytest.mark.parametrize("user", ["other", "editor"])
def test_a1_a6_no_form_of_a_page_takes_what_is_not_to_be_chosen(world: World, user: str) -> None:
    """A1, A6: for every field of every form of a page, with every entity of rich text."""
    parents = {PracticePage: MunicipalityPage.objects.get(pk=world.other_parent.page)}
    taken, tried = [], 0
    for model in our_page_models():
        for pattern, field in pointing_fields(form_of(model)):
            name = pattern.replace("-N-", "-0-")
            for sent in as_sent(field, world):
                if user == "editor" and '"LINK"' in sent:
                    continue  # Editors link to every page.
                form = form_of(model)(
                    {"title": "Titel", name: sent, **rows_of(model)}, instance=model(),
                    parent_page=parents.get(model), for_user=world.users[user],
                )  # fmt: skip
                tried += 1
                if form.is_valid() or not form.has_error("__all__", "out_of_reach"):
                    taken.append(f"{model.__name__}.{name}: {sent}")
                shown = f"{form.as_p()} {form.errors}"
                if MARKER in shown:
                    taken.append(f"{model.__name__}.{name} tells: {sent}")
    assert taken == []
    assert tried > 20


def rows_of(model: type[Page]) -> dict[str, str]:
    """The numbers of rows of a form with one row of each kind."""
    numbers = {"TOTAL_FORMS": "1", "INITIAL_FORMS": "0", "MIN_NUM_FORMS": "0"}
    return {
        f"{relation}-{name}": "0" if relation == "comments" else value
        for relation in form_of(model).formsets
        for name, value in numbers.items()
    }


@pytest.fixture
def official(world: World) -> Client:
    client = Client()
    client.force_login(world.users["other"])
    return client


def stolen(world: World) -> dict[str, Any]:
    page = PracticePage.objects.get(pk=world.own.page)
    return of_page(page, documents=[{"document": str(world.secret["never"].document)}])


def addresses(world: World) -> dict[str, str]:
    pages, page = "/beheer/pages", world.own.page
    new = f"practices/practicepage/{world.other_parent.page}"
    return {
        "edit": f"{pages}/{page}/edit/",
        "revert": f"{pages}/{page}/revisions/{world.own.earlier}/revert/",
        "add": f"{pages}/add/{new}/",
        "preview": f"{pages}/{page}/edit/preview/",
        "preview of a new one": f"{pages}/add/{new}/preview/",
        "checks": f"/beheer/praktijken/{page}/controle/",
    }


@pytest.mark.parametrize("way", ["edit", "revert", "add", "preview", "preview of a new one"])
@pytest.mark.parametrize(
    "headers", [{}, {"Accept": "application/json"}], ids=["button", "autosave"]
)
def test_a1_a_document_of_another_municipality_is_neither_taken_nor_shown(
    world: World, official: Client, way: str, headers: dict[str, str]
) -> None:
    """A1: by the button, by autosave, in a preview, on the way back to an older version."""
    address = addresses(world)[way]
    if "preview" in way:
        answer = official.post(address, stolen(world))
        assert answer.json()["is_valid"] is False
        shown = answer.content.decode() + official.get(address).content.decode()
    else:
        answer = official.post(address, stolen(world), headers=headers)
        assert answer.status_code in (200, 400), answer.status_code
        shown = answer.content.decode()
        assert "niet kunt gebruiken" in shown or headers
    assert MARKER not in shown
    assert not PracticeDocument.objects.filter(page=world.own.page).exists()
    latest = PracticePage.objects.get(pk=world.own.page).get_latest_revision()
    assert latest.content["documents"] == []
    assert not PracticePage.objects.filter(slug="eigen-concept-2").exists()


def test_an_own_document_and_one_of_the_site_are_taken(world: World, official: Client) -> None:
    page = PracticePage.objects.get(pk=world.own.page)
    rows = [{"document": str(world.own.document)}, {"document": str(world.ids["shared"])}]
    answer = official.post(addresses(world)["edit"], of_page(page, documents=rows))
    assert answer.status_code == 302
    content = PracticePage.objects.get(pk=page.pk).get_latest_revision().content
    assert [row["document"] for row in content["documents"]] == [
        world.own.document, world.ids["shared"],
    ]  # fmt: skip


def test_a6_a_link_to_a_draft_tells_no_address(world: World, official: Client) -> None:
    """A6: ids 1-40 in one save told the addresses of all drafts in the country."""
    page = PracticePage.objects.get(pk=world.own.page)
    public, own = world.ids["public"], world.own.page
    ids = [public, own, *(secret.page for secret in world.secret.values())]
    blocks = [
        {"key": f"k{n:04}", "text": "hier", "type": "unstyled", "depth": 0, "data": {},
         "inlineStyleRanges": [], "entityRanges": [{"offset": 0, "length": 4, "key": n}]}
        for n in range(len(ids))
    ]  # fmt: skip
    entities = {
        str(n): {"type": "LINK", "mutability": "MUTABLE", "data": {"id": key}}
        for n, key in enumerate(ids)
    }
    data = of_page(page)
    data["approach"] = json.dumps({"blocks": blocks, "entityMap": entities})
    refused = official.post(addresses(world)["edit"], data)
    assert refused.status_code == 200
    assert MARKER not in refused.content.decode()
    kept = [str(key) for key in (public, own, world.secret["newer"].page)]
    text = refused.context["form"]["approach"].value()
    assert [key for key in map(str, ids) if f'id="{key}"' in text] == [
        *kept, str(world.secret["retired"].page)
    ]  # fmt: skip


def test_a6_a_link_that_stands_there_already_tells_only_what_is_public(
    world: World, official: Client
) -> None:
    """A6: saved before it was refused, or to a page that went back to its author since."""
    page = PracticePage.objects.get(pk=world.own.page)
    page.approach = "".join(
        f'<p><a linktype="page" id="{key}">hier</a></p>'
        for key in (world.ids["public"], world.secret["never"].page, ABSENT)
    )
    page.save_revision()
    shown = official.get(addresses(world)["edit"]).content.decode()
    assert MARKER not in shown
    assert "openbaar-werk" in shown
    assert official.post(addresses(world)["edit"], of_page(page)).status_code == 302


def planted(world: World) -> tuple[PracticePage, Document]:
    """A practice of B in whose newest version a document of A stands, as if no form had looked."""
    page = PracticePage.objects.get(pk=world.own.page)
    document = Document.objects.get(pk=world.secret["never"].document)
    revision = page.get_latest_revision()
    revision.content["documents"] = [
        {"pk": None, "sort_order": 0, "page": page.pk, "document": document.pk}
    ]
    revision.save()
    return page, document


def test_a1_a_revision_that_holds_it_neither_shows_nor_publishes_it(
    world: World, official: Client
) -> None:
    page, document = planted(world)
    for path in ("edit/", "view_draft/", f"revisions/{page.latest_revision_id}/view/"):
        shown = official.get(f"/beheer/pages/{page.pk}/{path}")
        assert shown.status_code == 200
        assert MARKER not in shown.content.decode()
    revision = page.get_latest_revision()
    approve(revision)
    revision.publish()
    assert not PracticeDocument.objects.filter(page=page).exists()
    assert Client().get(document.url).status_code == 404


def test_a1_public_means_by_a_page_of_its_own_municipality(world: World) -> None:
    """A1: also where a row in the database says otherwise."""
    document = Document.objects.get(pk=world.secret["never"].document)
    strange = PracticePageFactory(parent=MunicipalityPage.objects.get(pk=world.other_parent.page))
    PracticeDocument.objects.create(page=strange, document=document)
    visitor = Client()
    assert visitor.get(document.url).status_code == 404
    assert not may_see(world.users["other"], document)
    assert MARKER not in visitor.get(strange.url).content.decode()
    assert MARKER not in visitor.get(f"/api/v1/praktijken/{strange.pk}").content.decode()
    own = PracticePageFactory(parent=MunicipalityPage.objects.get(pk=world.parent.page))
    PracticeDocument.objects.create(page=own, document=document)
    assert visitor.get(document.url).status_code == 200


@pytest.mark.parametrize("way", ["copy", "move"])
def test_a1_a_practice_elsewhere_does_not_take_documents_along(world: World, way: str) -> None:
    page = PracticePage.objects.get(pk=world.ids["public"])
    document = Document.objects.get(pk=world.secret["never"].document)
    page.documents = [PracticeDocument(document=document)]
    page.save()
    page.save_revision()
    assert Client().get(document.url).status_code == 200
    there = MunicipalityPage.objects.get(pk=world.other_parent.page)
    if way == "copy":
        found = page.copy(to=there, update_attrs={"slug": "kopie"}, keep_live=False)
        assert not PracticeDocument.objects.filter(page=found).exists()
    else:
        page.move(there, pos="last-child")
        found = PracticePage.objects.get(pk=page.pk)
        assert Client().get(document.url).status_code == 404
        assert MARKER not in Client().get(found.url).content.decode()
    assert municipality_of(found) == there.municipality_id
    assert list(found.get_latest_revision_as_object().documents.all()) == []


def test_rows_of_another_page_are_neither_changed_nor_told(world: World, official: Client) -> None:
    theirs = PracticePage.objects.get(pk=world.secret["never"].page)
    link: PracticeLink = theirs.links.get()
    data = form_data(title="Eigen concept", slug="eigen-concept")
    data |= {
        "links-TOTAL_FORMS": "1", "links-INITIAL_FORMS": "1", "links-0-id": str(link.pk),
        "links-0-title": "Gekaapt", "links-0-url": "https://gekaapt.example/", "links-0-ORDER": "1",
    }  # fmt: skip
    there = official.post(addresses(world)["edit"], data)
    absent = official.post(addresses(world)["edit"], data | {"links-0-id": str(ABSENT)})
    assert (there.status_code, absent.status_code) == (302, 302)
    assert MARKER not in there.content.decode()
    assert PracticeLink.objects.filter(pk=link.pk, page=theirs, title=link.title).exists()
    nonsense = official.post(addresses(world)["edit"], data | {"links-0-id": "x"})
    assert nonsense.status_code == 302
