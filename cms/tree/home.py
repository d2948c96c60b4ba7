"""The home page, in the place of Wagtail's welcome."""

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Page, Site

from cms.models import HomePage
from cms.tree.texts import texts
from practices.services.setup.steps import SetupError
from practices.services.setup.tree import publish_under


@transaction.atomic
def make_home() -> list[str]:
    """Let the site begin with our home page; what stood under Wagtail's welcome moves along.

    Raises `SetupError` where somebody chose another page to begin with.
    """
    done = []
    home = HomePage.objects.first()
    if home is None:
        home = HomePage(slug="wegwijzer", **texts()["home"])
        publish_under(Page.get_first_root_node(), home)
        done.append(_("Home page “%(title)s” made.") % {"title": home.title})
    site = Site.objects.filter(is_default_site=True).first()
    if site is None:
        site = Site(hostname="localhost", is_default_site=True)
    elif site.root_page_id == home.pk:
        return done
    welcome = site.root_page if site.pk else None
    if welcome is not None and welcome.specific_class is not Page:
        raise SetupError(
            _(
                "The site begins with “%(title)s”, which is no home page of WegWijzer. Choose the "
                "page “%(home)s” in the admin, under Settings, Sites, and run this again."
            )
            % {"title": welcome.title, "home": home.title}
        )
    site.root_page, site.site_name = home, site.site_name or home.title
    site.save()
    done.append(_("The site begins with “%(title)s” now.") % {"title": home.title})
    return [*done, *(_replace(welcome, home) if welcome else ())]


def _replace(welcome: Page, home: Page) -> list[str]:
    """Move what stands under the old first page to the new one, and remove the old."""
    done = []
    if home.is_descendant_of(welcome):
        home.move(Page.get_first_root_node(), pos="last-child")
    # Fresh each time: a move changes the paths of the others.
    while child := Page.objects.get(pk=welcome.pk).get_first_child():
        child.move(Page.objects.get(pk=home.pk), pos="last-child")
        done.append(_("“%(title)s” moved under the home page.") % {"title": child.title})
    Page.objects.get(pk=welcome.pk).delete()
    return [*done, _("Page “%(title)s” of Wagtail removed.") % {"title": welcome.title}]
