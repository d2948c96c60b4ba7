"""Collect texts as Django does; those of no app, in `templates/`, are texts of the site."""

from typing import Any

from django.apps import apps
from django.core.management.commands import makemessages

from search.management.piping import PipedCommand


class Command(PipedCommand, makemessages.Command):
    help = makemessages.Command.help

    def find_files(self, root: str) -> list[Any]:
        """Django's list; what lies in no folder with a `locale/` goes to that of `cms`."""
        self.default_locale_path = f"{apps.get_app_config('cms').path}/locale"
        return super().find_files(root)
