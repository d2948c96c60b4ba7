"""A site in which municipality A keeps things that nobody else may see, all marked with one word.

Everything that is not public holds the word `MARKER`, whatever field it stands in, so that one
search through a response tells whether something leaked.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any

from django.contrib.auth.models import Group, User
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.utils import timezone
from PIL import Image as Picture
from wagtail.admin.models import EditingSession
from wagtail.documents.models import Document
from wagtail.images.models import Image
from wagtail.models import (
    Collection,
    Comment,
    CommentReply,
    Page,
    Site,
    TaskState,
    UploadedFile,
    Workflow,
    WorkflowState,
)

from practices.models import (
    Consideration,
    GoalOutcome,
    Introduction,
    Invitation,
    Lesson,
    MunicipalityGroup,
    MunicipalityPage,
    PracticeDocument,
    PracticeLink,
    PracticePage,
    ReviewTask,
    Trainer,
    Vocabulary,
)
from practices.services.moderation.archive import retire
from practices.services.people.roles import (
    ensure_collection,
    ensure_municipality_group,
    ensure_roles,
)
from practices.services.reorganisation.steps import prepare
from tests.factories import (
    EditorialPageFactory,
    MunicipalityFactory,
    MunicipalityPageFactory,
    PracticePageFactory,
    SignpostPageFactory,
    TermFactory,
    make_tree,
)

MARKER = "zeezwaluw"
NUMBER = 29173
"""Stands in the numeric fields of what is secret."""
ABSENT = 900_001
"""An id that nothing has."""

STATES = ("never", "newer", "submitted", "changes", "retired", "scheduled", "deleted")
PUBLIC = ("newer", "retired")
"""The states in which visitors read an earlier version."""


@dataclass(frozen=True)
class Target:
    """What the parameters of an address may point to: ids of one practice and what hangs on it."""

    name: str
    page: int
    revision: int = ABSENT
    earlier: int = ABSENT
    workflow_state: int = ABSENT
    task_state: int = ABSENT
    document: int = ABSENT
    filename: str = "bestaat-niet.pdf"
    image: int = ABSENT
    picture: str = "original_images/bestaat-niet.png"
    upload: int = ABSENT
    session: int = ABSENT
    collection: int = ABSENT
    user: int = ABSENT
    group: int = ABSENT
    municipality: str = "bestaat-niet"
    practice: str = "bestaat-niet"
    lesson: str = "bestaat-niet"


@dataclass
class World:
    """The people and what they made."""

    users: dict[str, User]
    secret: dict[str, Target]
    """What is A's, by state."""
    own: Target
    """What is B's own."""
    parent: Target
    """The page of municipality A itself: public, with drafts below it."""
    other_parent: Target
    ids: dict[str, int] = field(default_factory=dict)
    """Whatever belongs to the site as a whole: its first task, workflow, site, term …"""
    known: dict[str, dict[str, Any]] = field(default_factory=lambda: defaultdict(dict))
    """What each of its people got already, by address: every test finds the same world."""

    @property
    def absent(self) -> Target:
        """Nothing that exists, in a municipality that does."""
        return Target("absent", ABSENT, municipality=self.parent.municipality)


def build() -> World:
    """The whole world; about a hundred rows."""
    tree = make_tree()
    SignpostPageFactory(), EditorialPageFactory()
    ensure_roles(top=tree.home)
    task = ReviewTask.objects.get()
    workflow = Workflow.objects.get(workflow_tasks__task=task)
    pages = {
        name: MunicipalityPageFactory(municipality=MunicipalityFactory(name=name))
        for name in ("Waterdam", "Polderstad")
    }
    users = _users(pages)
    a, b = users["own"], users["other"]
    public = PracticePageFactory(
        parent=pages["Waterdam"], title="Openbaar werk", slug="openbaar-werk",
        contact_email=f"{MARKER}@waterdam.example", contact_name="Kim", owner=a,
    )  # fmt: skip
    secret = {
        state: _secret(pages["Waterdam"], state, a, users["editor"], workflow) for state in STATES
    }
    own = _own(pages["Polderstad"], b)
    SignpostPageFactory(code="WW0109", practices=[public])
    site_wide = Document(
        title="Handreiking",
        file=ContentFile(b"gedeeld", "handreiking.pdf"),
        collection=ensure_collection(name="Algemeen"),
    )
    site_wide.save()
    invitation = Invitation.objects.create(
        email=f"{MARKER}-uitnodiging@waterdam.example",
        invited_by=users["editor"],
        expires_at=timezone.now() + timedelta(days=7),
        token_hash="x" * 64,
    )
    invitation.municipalities.add(pages["Waterdam"].municipality)
    reorganisation = prepare(
        old=[pages["Waterdam"].municipality], new=pages["Polderstad"].municipality,
        takes_effect_on=date(2999, 1, 1), by=users["editor"],
    )  # fmt: skip
    kept = _considered(pages, a)
    return World(
        users, secret, own,
        parent=_of_municipality(pages["Waterdam"], a),
        other_parent=_of_municipality(pages["Polderstad"], b),
        ids={
            **kept, "task": task.pk, "workflow": workflow.pk, "invitation": invitation.pk,
            "reorganisation": reorganisation.pk,
            "site": Site.objects.get(is_default_site=True).pk,
            "public": public.pk, "home": tree.home.pk, "shared": site_wide.pk,
            "term": TermFactory(slug="training").pk,
            "waterdam": pages["Waterdam"].municipality.pk,
        },
    )  # fmt: skip


def _considered(pages: dict[str, MunicipalityPage], official: User) -> dict[str, int]:
    """What A considers, and is asked about it; and another municipality, which is not B."""
    third = MunicipalityFactory(name="Duinstad")
    cell = "doelgroep=kader&vorm=training"
    TermFactory(vocabulary=Vocabulary.TARGET_GROUP, slug="kader")
    first, second = (
        Consideration.objects.create(
            municipality=place, cell=cell, note=f"{MARKER} notitie", made_by=official
        )
        for place in (pages["Waterdam"].municipality, third)
    )
    introduction = Introduction.objects.create(first=first, second=second)
    answer, _other = (
        introduction.answers.create(consideration=one, answered_by=official, says="nee")
        for one in (first, second)
    )
    return {"consideration": first.pk, "answer": answer.pk}


def _users(pages: dict[str, MunicipalityPage]) -> dict[str, User]:
    officials = Group.objects.get(name="Gemeenteambtenaren")
    groups = {
        "own": [officials, ensure_municipality_group(page=pages["Waterdam"])],
        "other": [officials, ensure_municipality_group(page=pages["Polderstad"])],
        "editor": [Group.objects.get(name="Nuansa-redactie")],
        "admin": [],
    }
    users = {}
    for name, member_of in groups.items():
        marked = MARKER if name == "own" else name
        users[name] = User.objects.create_user(
            username=f"{marked}-user@voorbeeld.example", email=f"{marked}-user@voorbeeld.example",
            first_name=f"{marked.capitalize()}voornaam",
            last_name=f"{marked.capitalize()}achternaam",
            password="een lang geheim wachtwoord", is_superuser=name == "admin",
        )  # fmt: skip
        users[name].groups.set(member_of)
    return users


def _secret(
    parent: MunicipalityPage, state: str, author: User, editor: User, workflow: Workflow
) -> Target:
    """A practice of A in one of the states, with everything that can hang on it."""
    parent = MunicipalityPage.objects.get(pk=parent.pk)
    was_public = state in PUBLIC
    title = f"Openbaar {state}" if was_public else f"{MARKER} titel {state}"
    slug = f"openbaar-{state}" if was_public else f"{MARKER}-{state}"
    page: PracticePage = PracticePageFactory(
        parent=parent, title=title, slug=slug, owner=author, draft=not was_public
    )
    if was_public:
        # By the site itself: by anybody else only what that person approved is published.
        page.save_revision(user=author, log_action=True).publish(skip_permission_checks=True)
    document, image = _files(parent, state, author)
    _mark(page, state, document)
    earlier = page.save_revision(user=author, log_action=True)
    page.summary = f"{MARKER} tweede samenvatting {state}"
    revision = page.save_revision(user=author, log_action=True)
    _comment(page, author, state)
    workflow_state, task_state = _bring(page, state, author, editor, workflow)
    session = EditingSession.objects.create(
        user=author,
        content_type=ContentType.objects.get_for_model(PracticePage),
        object_id=str(page.pk),
        last_seen_at=timezone.now(),
    )
    upload = UploadedFile.objects.create(
        for_content_type=ContentType.objects.get_for_model(Document),
        file=ContentFile(b"x", f"{MARKER}-upload-{state}.pdf"),
        uploaded_by_user=author,
    )
    link = MunicipalityGroup.objects.get(municipality=parent.municipality)
    target = Target(
        name=state, page=page.pk, revision=revision.pk, earlier=earlier.pk,
        workflow_state=workflow_state, task_state=task_state,
        document=document.pk, filename=document.filename, image=image.pk,
        picture=image.file.name, upload=upload.pk,
        session=session.pk, collection=link.collection_id, user=author.pk, group=link.group_id,
        municipality=parent.slug, practice=page.slug, lesson=_lesson(page),
    )  # fmt: skip
    if state == "deleted":
        page.delete(user=author)
        document.delete()
        image.delete()
    return target


def _mark(page: PracticePage, state: str, document: Document) -> None:
    """The marker in every field and part; where a practice is live, only in its draft."""
    goal, expertise = (
        TermFactory(vocabulary=vocabulary, slug="een")
        for vocabulary in (Vocabulary.LEARNING_GOAL, Vocabulary.EXPERTISE)
    )
    page.title = f"{MARKER} titel {state}"
    for name in ("summary", "networks", "local_stakes", "contact_name", "contact_function",
                 "seo_title", "search_description"):  # fmt: skip
        setattr(page, name, f"{MARKER} {name} {state}")
    page.approach = page.evaluation = f"<p>{MARKER} tekst {state}</p>"
    page.contact_email = f"{MARKER}-{state}@waterdam.example"
    page.participants_reached = page.meetings = page.group_size = NUMBER
    page.duration, page.duration_unit = Decimal(2), "dagdeel"
    page.trainers = [
        Trainer(expertises=[expertise], organisation=f"{MARKER} org", brought=f"{MARKER} bracht")
    ]
    page.lessons = [Lesson(kind="tip", text=f"{MARKER} les {state}")]
    page.goal_outcomes = [GoalOutcome(goal=goal, measure=f"{MARKER} meting")]
    page.links = [PracticeLink(title=f"{MARKER} link", url=f"https://{MARKER}.example/{state}")]
    page.documents = [PracticeDocument(document=document)]
    if not page.live:
        page.save()


def _lesson(page: PracticePage) -> str:
    """What would stand in the address of the lesson of a draft.

    A practice that is public helps who asks for a lesson that it does not have, whichever that is
    (`tests/practices/frontend/lessons/test_page.py`).
    """
    if page.live:
        return "bestaat-niet"
    latest = page.get_latest_revision_as_object()
    return "-".join([str(page.pk), *(lesson.key for lesson in latest.lessons.all())])


def _bring(
    page: PracticePage, state: str, author: User, editor: User, workflow: Workflow
) -> tuple[int, int]:
    """Bring a practice into its state; the ids of its workflow state and task state."""
    if state in ("submitted", "changes"):
        started: WorkflowState = workflow.start(page, author)
        task_state: TaskState = started.current_task_state
        if state == "changes":
            task_state.reject(user=editor, comment=f"{MARKER} graag anders")
        return started.pk, task_state.pk
    if state == "retired":
        retire(page=page, user=editor, reason="Te oud.")
        Page.objects.filter(pk=page.pk).update(
            locked=True, locked_by=author, locked_at=timezone.now()
        )
    if state == "scheduled":
        page.go_live_at = timezone.now() + timedelta(days=9)
        page.save_revision(user=author, approved_go_live_at=page.go_live_at)
    return ABSENT, ABSENT


def _comment(page: PracticePage, author: User, state: str) -> None:
    """Comments belong to the page and to the revision in which they were made."""
    comment = Comment.objects.create(
        page=page, user=author, text=f"{MARKER} opmerking {state}", contentpath="summary"
    )
    CommentReply.objects.create(comment=comment, user=author, text=f"{MARKER} antwoord {state}")


def _files(parent: MunicipalityPage, state: str, owner: User) -> tuple[Document, Image]:
    collection = Collection.objects.get(municipality_link__municipality=parent.municipality)
    document = Document(
        title=f"{MARKER} document {state}",
        file=ContentFile(f"{MARKER} inhoud".encode(), f"{MARKER}-{state}.pdf"),
        collection=collection,
        uploaded_by_user=owner,
    )
    document.save()
    document.tags.add(f"{MARKER} etiket")
    data = BytesIO()
    Picture.new("RGB", (4, 4)).save(data, "PNG")
    image = Image(
        title=f"{MARKER} beeld {state}",
        file=ContentFile(data.getvalue(), f"{MARKER}-{state}.png"),
        collection=collection,
        uploaded_by_user=owner,
    )
    image.save()
    image.tags.add(f"{MARKER} etiket")
    return document, image


def _own(parent: MunicipalityPage, author: User) -> Target:
    """A draft of B, with a revision, a document and an image: what B may see."""
    page: PracticePage = PracticePageFactory(
        parent=parent, title="Eigen concept", slug="eigen-concept", owner=author, draft=True
    )
    earlier = page.save_revision(user=author, log_action=True)
    revision = page.save_revision(user=author, log_action=True)
    link = MunicipalityGroup.objects.get(municipality=parent.municipality)
    document = Document(
        title="Eigen stuk", file=ContentFile(b"eigen", "eigen.pdf"), collection=link.collection,
        uploaded_by_user=author,
    )  # fmt: skip
    document.save()
    data = BytesIO()
    Picture.new("RGB", (4, 4)).save(data, "PNG")
    image = Image(
        title="Eigen beeld", file=ContentFile(data.getvalue(), "eigen.png"),
        collection=link.collection, uploaded_by_user=author,
    )  # fmt: skip
    image.save()
    return Target(
        name="own", page=page.pk, revision=revision.pk, earlier=earlier.pk, document=document.pk,
        filename=document.filename, image=image.pk, picture=image.file.name,
        collection=link.collection_id, user=author.pk, group=link.group_id,
        municipality=parent.slug, practice=page.slug,
    )  # fmt: skip


def _of_municipality(page: MunicipalityPage, official: User) -> Target:
    link = MunicipalityGroup.objects.get(municipality=page.municipality)
    return Target(
        name=page.slug, page=page.pk, collection=link.collection_id, group=link.group_id,
        user=official.pk, municipality=page.slug, practice="bestaat-niet",
    )  # fmt: skip
