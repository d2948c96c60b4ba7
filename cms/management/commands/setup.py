"""`manage.py setup`: that of the plugin, with the pages of this site around it."""

from cms.tree.steps import STEPS
from practices.management.commands import setup


class Command(setup.Command):
    steps = STEPS
