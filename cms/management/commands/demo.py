"""`manage.py demo`: load the tree of the site, the demo's practices and the demo's accounts."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from cms.demo.accounts import load_accounts
from cms.demo.content import load_content
from practices.models import Municipality
from practices.services.people.roles import ensure_roles


class Command(BaseCommand):
    """Adds what is missing; run twice, it changes nothing."""

    help = "Load the pages of the site, demo practices, and demo accounts with a known password."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """`--without-accounts` for a site that others can reach."""
        parser.add_argument(
            "--without-accounts", action="store_true", help="load the pages and roles only"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Refuse first, then load."""
        with_accounts = not options["without_accounts"]
        if with_accounts and not settings.DEMO_ACCOUNTS_ALLOWED:
            raise CommandError(
                _(
                    "Demo accounts have a password that everybody knows, so these settings do not "
                    "allow them. Use --without-accounts to load the pages only."
                )
            )
        if not Municipality.objects.exists():
            raise CommandError(_("There are no municipalities yet. First run: manage.py reference"))
        content = load_content()
        ensure_roles(top=content.tree.home)
        names = load_accounts(content.tree.home) if with_accounts else []
        self.stdout.write(
            f"Demo: {content.practices} practices, {content.signposts} WegWijzers and "
            f"{len(names)} accounts added."
        )
