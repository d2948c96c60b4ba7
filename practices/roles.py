"""Who may do what: the groups of officials and editors, and what they give.

A group grants what its name says everywhere; what an official may do hangs on the group of the
municipality, which is made with `ensure_municipality_group`.
"""

from collections.abc import Iterable

from django.contrib.auth.models import AnonymousUser, Group, Permission, User
from django.db import transaction
from django.db.models import Q
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

from practices.models import MunicipalityIndexPage, MunicipalityPage
from practices.moderation.workflow import ensure_workflow

OFFICIALS = "Gemeenteambtenaren"
EDITORS = "Nuansa-redactie"

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
OFFICIAL_FILE_PERMISSIONS = ("add_document", "choose_document", "add_image", "choose_image")
EDITOR_FILE_PERMISSIONS = (*OFFICIAL_FILE_PERMISSIONS, "change_document", "change_image")


def is_editor(user: User | AnonymousUser) -> bool:
    """Whether someone keeps the registers: editors and administrators do, officials don't."""
    return user.has_perm("practices.change_term")


@transaction.atomic
def ensure_roles(*, top: Page) -> tuple[Group, Group]:
    """The groups of officials and of editors, with their rights; those added by hand stay.

    `top` is the page under which editors work. They may publish for as long as there is no
    review workflow.
    """
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
    _grant_pages(editors, top, EDITOR_PAGE_PERMISSIONS)
    if tree := MunicipalityIndexPage.objects.first():
        ensure_workflow(tree=tree, editors=editors)
    root = Collection.get_first_root_node()
    _grant_files(editors, root, EDITOR_FILE_PERMISSIONS)
    return officials, editors


@transaction.atomic
def ensure_municipality_group(*, page: MunicipalityPage) -> Group:
    """The group of one municipality: adds and changes pages and files of that municipality only."""
    name = str(page.municipality.name)
    group, _ = Group.objects.get_or_create(name=f"Gemeente {name}")
    _grant_pages(group, page, OFFICIAL_PAGE_PERMISSIONS)
    collection = Collection.objects.filter(depth=2, name=name).first()
    if collection is None:
        collection = Collection.get_first_root_node().add_child(instance=Collection(name=name))
    _grant_files(group, collection, OFFICIAL_FILE_PERMISSIONS)
    return group


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
