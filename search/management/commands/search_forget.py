"""Forget search indexes of machines that are gone, with the changes that wait for them."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from search import clock
from search.indexing.forgetting import ALIVE, forget, own
from search.management.piping import PipedCommand
from search.models import Follower


class Command(PipedCommand):
    """Takes names as `search_status` shows them; after two days they go by themselves."""

    help = gettext_lazy(
        "Forget search indexes of machines that are gone, with the changes that wait for them."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Say which."""
        parser.add_argument(
            "name", nargs="+", help=_("an index, by the name search_status gives it")
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Refuse first, then forget all."""
        names: list[str] = options["name"]
        seen = dict(Follower.objects.values_list("name", "seen_at"))
        for name in names:
            if name not in seen:
                raise CommandError(
                    _("There is no index “%(name)s”; search_status lists them.") % {"name": name}
                )
            if name in own():
                raise CommandError(
                    _("%(name)s is an index of this machine, which goes on using it.")
                    % {"name": name}
                )
            if clock.now() - seen[name] < ALIVE:
                raise CommandError(
                    _(
                        "%(name)s was seen less than %(minutes)s minutes ago: stop what runs "
                        "on its machine first, or it will be back at once."
                    )
                    % {"name": name, "minutes": ALIVE.seconds // 60}
                )
        count = forget(names)
        self.stdout.write(
            ngettext(
                "Forgotten: %(names)s, with %(count)s change.",
                "Forgotten: %(names)s, with %(count)s changes.",
                count,
            )
            % {"names": ", ".join(names), "count": count}
        )
