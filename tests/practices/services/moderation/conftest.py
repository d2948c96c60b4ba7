"""Two municipalities with their officials, two editors and an administrator."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import html5lib
import pytest
from django.contrib.auth.models import User
from django.test import Client
from wagtail.models import Page

from practices.models import MunicipalityPage, PracticePage, ReviewTaskState
from practices.services.moderation import decisions
from practices.services.moderation.decision_forms import CHECKLIST
from practices.services.moderation.permissions import current_review
from practices.services.people.roles import ensure_municipality_group, ensure_roles
from tests.factories import MunicipalityPageFactory, PracticePageFactory, SiteTree

EVERYTHING = dict.fromkeys(CHECKLIST, True)
Fields = dict[str, Any]


@dataclass
class World:
    """Who works here; users by a short name, and clients that are logged in as them."""

    tree: SiteTree
    gouda: MunicipalityPage
    ede: MunicipalityPage
    users: dict[str, User]
    clients: dict[str, Client] = field(default_factory=dict)

    def __getitem__(self, name: str) -> User:
        """The user, without what Wagtail remembers of permissions."""
        return User.objects.get(pk=self.users[name].pk)

    def client(self, name: str) -> Client:
        if name not in self.clients:
            self.clients[name] = Client()
            self.clients[name].force_login(self.users[name])
        return self.clients[name]

    def draft(self, by: str = "sam", parent: MunicipalityPage | None = None, **fields: Any) -> Any:
        """A complete practice that was never published, as its author saved it."""
        page = PracticePageFactory(
            parent=parent or self.gouda, draft=True, complete=True, owner=self[by], **fields
        )
        page.save_revision(user=self[by], log_action=True)
        return fresh(page)

    def submitted(self, by: str = "sam", **fields: Any) -> Any:
        page = self.draft(by, **fields)
        return self.submit(page, by)

    def submit(self, page: PracticePage, by: str = "sam") -> Any:
        state = page.current_workflow_state
        if state:
            state.resume(user=self[by])
        else:
            page.get_workflow().start(fresh(page), self[by])
        return fresh(page)

    def published(self, by: str = "sam", approver: str = "edith", **fields: Any) -> Any:
        page = self.submitted(by, **fields)
        self.approve(page, approver)
        return fresh(page)

    def approve(self, page: Page, by: str = "edith", **changed: Any) -> None:
        arguments = {"checklist": EVERYTHING, "text": "Mooi."} | changed
        decisions.approve(task_state=review_of(page), user=self[by], **arguments)

    def write(self, page: PracticePage, by: str, **fields: Any) -> Any:
        """Save a newer version, without the form."""
        latest = fresh(page).get_latest_revision_as_object()
        for name, value in fields.items():
            setattr(latest, name, value)
        latest.save_revision(user=self[by], log_action=True)
        return fresh(page)


def fresh(page: Page) -> Any:
    """The page as the database has it."""
    return page.specific_class.objects.get(pk=page.pk)


def review_of(page: Page) -> ReviewTaskState:
    found = current_review(page)
    assert found is not None
    return found


def edit_url(page: Page) -> str:
    return f"/beheer/pages/{page.pk}/edit/"


def fields_of(response: Any) -> Fields:
    """What a browser would send of the form of a page."""
    assert response.status_code in (200, 400), response
    document = html5lib.parse(response.content.decode(), namespaceHTMLElements=False)
    form = document.find(".//form[@data-edit-form]")
    assert form is not None
    found: Fields = {}
    for name, value in _values(form):
        found.setdefault(name, []).append(value)
    return found


def _values(form: Any) -> Iterator[tuple[str, str]]:
    for element in form.iter():
        name = element.get("name")
        if not name or element.get("type") in ("submit", "button"):
            continue
        if element.tag == "textarea":
            yield name, element.text or ""
        elif element.tag == "select":
            yield from (
                (name, option.get("value", ""))
                for option in element.iter("option")
                if option.get("selected") is not None
            )
        elif element.tag == "input":
            ticks = element.get("type") in ("checkbox", "radio")
            if not ticks or element.get("checked") is not None:
                yield name, element.get("value", "on" if ticks else "")


def comment_fields(text: str) -> Fields:
    """What the admin's script adds to the form for a new comment."""
    forms = {"comments-TOTAL_FORMS": "1", "comments-0-replies-TOTAL_FORMS": "0"}
    comment = {"text": text, "contentpath": "duration", "position": "", "id": "", "resolved": ""}
    found: Fields = {**forms}
    for prefix in ("comments", "comments-0-replies"):
        found |= {f"{prefix}-{name}_FORMS": "0" for name in ("INITIAL", "MIN_NUM", "MAX_NUM")}
    return found | {f"comments-0-{name}": value for name, value in comment.items()}


@pytest.fixture
def world(site_tree: SiteTree) -> World:
    officials, editors = ensure_roles(top=site_tree.home)
    gouda = MunicipalityPageFactory(title="Gouda")
    ede = MunicipalityPageFactory(title="Ede")
    groups = {
        "sam": [officials, ensure_municipality_group(page=gouda)],
        "kim": [officials, ensure_municipality_group(page=gouda)],
        "bo": [officials, ensure_municipality_group(page=ede)],
        "edith": [editors],
        "ernst": [editors],
        "admin": [],
    }
    users = {}
    for name, own in groups.items():
        users[name] = User.objects.create_user(
            name,
            email=f"{name}@voorbeeld.example",
            first_name=name.capitalize(),
            is_superuser=name == "admin",
        )
        users[name].groups.set(own)
    return World(site_tree, gouda, ede, users)
