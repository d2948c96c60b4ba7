"""Who may do what: the groups of officials and editors, and what they give.

A group grants what its name says everywhere; what an official may do hangs on the group of the
municipality, which is made with `ensure_municipality_group`. Nobody is granted `publish` on a
practice, because Wagtail lets who has it pass the review by.
"""

from collections.abc import Iterable

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.db.models import Q
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

from practices.models import (
    MunicipalityGroup,
    MunicipalityIndexPage,
    MunicipalityPage,
    SignpostIndexPage,
)
from practices.models.roles import EDITORS, OFFICIALS
from practices.services.moderation.workflow import ensure_workflow

SHARED_FILES = "Algemeen"
"""The collection from which every official may choose."""

# Terms and municipalities are retired or merged, never deleted: practices hang on them.
REGISTER_PERMISSIONS = (
    *(
        f"{action}_{model}"
        for action in ("add", "change", "view")
        for model in ("municipality", "municipalityalias", "term", "synonymgroup")
    ),
    "delete_municipalityalias",
    "delete_synonymgroup",
)
OFFICIAL_PAGE_PERMISSIONS = ("add_page", "change_page")
EDITOR_PAGE_PERMISSIONS = ("add_page", "change_page", "lock_page", "unlock_page")
CHOOSE_FILES = ("choose_document", "choose_image")
OFFICIAL_FILE_PERMISSIONS = (*CHOOSE_FILES, "add_document", "add_image")
EDITOR_FILE_PERMISSIONS = (*OFFICIAL_FILE_PERMISSIONS, "change_document", "change_image")


@transaction.atomic
def ensure_roles(*, top: Page) -> tuple[Group, Group]:
    """The groups of officials and of editors, with their rights; those added by hand stay.

    `top` is the page under which editors work. They publish what stands directly below it, except
    the municipalities: what stands there is published by its approval.
    """
    officials, editors = ensure_roles_in(pages=[top])
    # Granted here when there was no review yet; it would hold for every practice.
    GroupPagePermission.objects.filter(
        group=editors, page=top, permission__codename="publish_page"
    ).delete()
    for page in top.get_children():
        let_editors_publish(page=page)
    return officials, editors


@transaction.atomic
def ensure_roles_in(*, pages: Iterable[Page]) -> tuple[Group, Group]:
    """The same where editors work on these pages and below them, and nowhere else."""
    officials, _ = Group.objects.get_or_create(name=OFFICIALS)
    editors, _ = Group.objects.get_or_create(name=EDITORS)
    admin = Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin")
    officials.permissions.add(admin)
    editors.permissions.add(
        admin,
        *Permission.objects.filter(
            content_type__app_label="practices", codename__in=REGISTER_PERMISSIONS
        ),
    )
    for page in pages:
        _grant_pages(editors, page, EDITOR_PAGE_PERMISSIONS)
        if isinstance(page, SignpostIndexPage):
            let_editors_publish(page=page)
    if tree := MunicipalityIndexPage.objects.first():
        ensure_workflow(tree=tree, editors=editors)
    root = Collection.get_first_root_node()
    _grant_files(editors, root, EDITOR_FILE_PERMISSIONS)
    _grant_files(officials, ensure_collection(name=SHARED_FILES), CHOOSE_FILES)
    return officials, editors


def let_editors_publish(*, page: Page) -> None:
    """Editors publish this page and what is below it, unless municipalities stand there."""
    editors = Group.objects.filter(name=EDITORS).first()
    if editors and not issubclass(page.specific_class or Page, MunicipalityIndexPage):
        _grant_pages(editors, page, ("publish_page",))


@transaction.atomic
def ensure_municipality_group(*, page: MunicipalityPage) -> Group:
    """The group of one municipality: adds and changes pages and files of that municipality only."""
    municipality = page.municipality
    link = MunicipalityGroup.objects.filter(municipality=municipality).first()
    if link is None:
        name = str(municipality.name)
        group, _ = Group.objects.get_or_create(name=f"Gemeente {name}")
        link = MunicipalityGroup.objects.create(
            municipality=municipality, group=group, collection=ensure_collection(name=name)
        )
    _grant_pages(link.group, page, OFFICIAL_PAGE_PERMISSIONS)
    _grant_files(link.group, link.collection, OFFICIAL_FILE_PERMISSIONS)
    return link.group


def ensure_collection(*, name: str) -> Collection:
    """The collection of this name directly below the root."""
    found = Collection.objects.filter(depth=2, name=name).first()
    return found or Collection.get_first_root_node().add_child(instance=Collection(name=name))


def _grant_pages(group: Group, page: Page, codenames: Iterable[str]) -> None:
    for permission in Permission.objects.filter(
        content_type__app_label="wagtailcore", codename__in=codenames
    ):
        GroupPagePermission.objects.get_or_create(group=group, page=page, permission=permission)


def _grant_files(group: Group, collection: Collection, codenames: Iterable[str]) -> None:
    for permission in Permission.objects.filter(
        Q(content_type__app_label="wagtaildocs") | Q(content_type__app_label="wagtailimages"),
        codename__in=codenames,
    ):
        GroupCollectionPermission.objects.get_or_create(
            group=group, collection=collection, permission=permission
        )
