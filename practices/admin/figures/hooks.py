"""What the figures add to Wagtail's admin, registered by `practices.wagtail_hooks`."""

from django.urls import URLPattern, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from practices.admin.figures import urls
from practices.admin.figures.permissions import may_see_figures
from practices.admin.menus import ItemFor


@hooks.register("register_admin_urls")
def figures_urls() -> list[URLPattern]:
    """The page and its files."""
    return urls.urlpatterns


@hooks.register("register_admin_menu_item")
def figures_item() -> MenuItem:
    """In the menu, after the people."""
    return ItemFor(
        may_see_figures, _("Figures"), reverse("practices_figures"),
        name="figures", icon_name="table", order=330,
    )  # fmt: skip
