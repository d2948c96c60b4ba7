"""Forget search indexes of machines that are gone, with the changes that wait for them."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError

from search import clock
from search.indexing.forgetting import ALIVE, forget, own
from search.management.piping import PipedCommand
from search.models import Follower


class Command(PipedCommand):
    """Takes names as `search_status` shows them; after two days they go by themselves."""

    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Say which."""
        parser.add_argument("name", nargs="+", help="an index, by the name search_status gives it")

    def handle(self, *args: Any, **options: Any) -> None:
        """Refuse first, then forget all."""
        names: list[str] = options["name"]
        seen = dict(Follower.objects.values_list("name", "seen_at"))
        for name in names:
            if name not in seen:
                raise CommandError(f"There is no index “{name}”; search_status lists them.")
            if name in own():
                raise CommandError(f"{name} is an index of this machine, which goes on using it.")
            if clock.now() - seen[name] < ALIVE:
                raise CommandError(
                    f"{name} was seen less than {ALIVE.seconds // 60} minutes ago: stop what runs "
                    "on its machine first, or it will be back at once."
                )
        count = forget(names)
        self.stdout.write(f"Forgotten: {', '.join(names)}, with {count} changes.")
