"""The setup of this site: that of the plugin, with the pages around it."""

from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from cms.tree.editorial import make_editorial_pages
from cms.tree.home import make_home
from cms.tree.wagtails import remove_wagtails_roles
from practices.services.setup import plugin
from practices.services.setup.roles import make_roles_of_whole_site
from practices.services.setup.steps import Step

HOME = Step("home", _("Home page"), make_home)
EDITORIAL = Step("editorial", _("Pages of text"), make_editorial_pages)
ROLES = replace(plugin.ROLES, do=make_roles_of_whole_site)
WAGTAILS = Step("wagtails", _("Groups and review of Wagtail"), remove_wagtails_roles)

STEPS = (
    plugin.DATABASE,
    plugin.CACHES,
    HOME,
    plugin.LISTS,
    EDITORIAL,
    ROLES,
    WAGTAILS,
    plugin.REGISTERS,
    plugin.INDEX,
)
