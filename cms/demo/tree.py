"""The pages that every site has, put in the place of what Wagtail brings."""

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import Group
from wagtail.models import GroupApprovalTask, Page, Site, Workflow

from cms.models import EditorialPage, HomePage
from practices.models import MunicipalityIndexPage, SignpostIndexPage

WAGTAILS_GROUPS = ("Moderators", "Editors")
WAGTAILS_WORKFLOW = "Moderators approval"


@dataclass(frozen=True)
class Tree:
    """The pages under which everything else stands."""

    home: HomePage
    municipalities: MunicipalityIndexPage
    signposts: SignpostIndexPage


def publish_under(parent: Page, page: Page) -> None:
    """Add a page as an editor would: with a revision, a history and all signals."""
    page.live = False
    parent.add_child(instance=page)
    page.save_revision(log_action="wagtail.create").publish()


def ensure_tree(texts: dict[str, Any]) -> Tree:
    """The pages of the tree; each is made from `texts` if it does not exist yet.

    Editorial pages come with the home page only: one that an editor removed stays away.
    """
    home = HomePage.objects.first()
    if home is None:
        home = _make_home(texts["home"])
        for row in texts["page"]:
            publish_under(home, EditorialPage(**row, show_in_menus=True))
    municipalities = MunicipalityIndexPage.objects.first()
    if municipalities is None:
        municipalities = MunicipalityIndexPage(slug="gemeenten", **texts["municipality_index"])
        publish_under(home, municipalities)
    signposts = SignpostIndexPage.objects.first()
    if signposts is None:
        signposts = SignpostIndexPage(slug="wegwijzers", **texts["signpost_index"])
        publish_under(home, signposts)
    return Tree(home, municipalities, signposts)


def _make_home(text: dict[str, Any]) -> HomePage:
    """The home page as root of the site; Wagtail's welcome page makes way for it."""
    root = Page.get_first_root_node()
    home = HomePage(slug="wegwijzer", **text)
    publish_under(root, home)
    site = Site.objects.filter(is_default_site=True).first() or Site(
        hostname="localhost", is_default_site=True
    )
    welcome = site.root_page if site.pk else None
    site.root_page, site.site_name = home, text["title"]
    site.save()
    if welcome is not None and welcome.specific_class is Page and welcome.is_leaf():
        welcome.delete()
    return home


def remove_wagtails_roles() -> None:
    """Remove Wagtail's own groups and workflow as long as nobody uses them.

    Their rights hold for the whole tree and all files, so whoever was put into such a group would
    see the drafts of every municipality.
    """
    workflows = Workflow.objects.filter(name=WAGTAILS_WORKFLOW, workflow_states__isnull=True)
    tasks = GroupApprovalTask.objects.filter(
        name=WAGTAILS_WORKFLOW, workflow_tasks__workflow__in=workflows
    )
    for unused in (*tasks, *workflows):
        unused.delete()
    Group.objects.filter(name__in=WAGTAILS_GROUPS, user__isnull=True).delete()
