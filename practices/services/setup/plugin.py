"""The steps that any site with the plugin needs, in their order."""

from functools import partial

from django.utils.translation import gettext_lazy as _

from practices.services.setup.administrator import invite_administrator
from practices.services.setup.database import make_cache_tables, migrate_database
from practices.services.setup.index import build_index
from practices.services.setup.registers import fill_registers
from practices.services.setup.roles import make_roles
from practices.services.setup.steps import Step
from practices.services.setup.tree import make_lists

DATABASE = Step("database", _("Tables"), migrate_database)
CACHES = Step("caches", _("Shared caches"), make_cache_tables)
LISTS = Step("lists", _("Pages “Gemeenten” and “WegWijzers”"), make_lists)
ROLES = Step("roles", _("Groups, rights and review"), make_roles)
REGISTERS = Step("registers", _("Vocabularies and municipalities"), fill_registers)
INDEX = Step("index", _("Search index"), build_index)

STEPS = (DATABASE, CACHES, LISTS, ROLES, REGISTERS, INDEX)


def administrator(*, email: str, is_again: bool) -> Step:
    """The step that invites somebody to administer the site."""
    invite = partial(invite_administrator, email=email, is_again=is_again)
    return Step("administrator", _("Administrator"), invite)
