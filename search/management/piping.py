"""What all commands of ours share: they can be cut off by `head`, and end in a sentence."""

import os
import sys
from contextlib import suppress
from typing import Any, TextIO

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError, InterfaceError

from search.management.tables import what_to_do
from search.models import Follower


class _Unbroken:
    """A file that takes what nobody reads any more, and says nothing of it."""

    def __init__(self, file: TextIO) -> None:
        self._file = file

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)

    def write(self, text: str) -> int:
        try:
            return self._file.write(text)
        except BrokenPipeError:
            self._hush()
            return len(text)

    def flush(self) -> None:
        try:
            self._file.flush()
        except BrokenPipeError:
            self._hush()

    def _hush(self) -> None:
        """Let the rest go nowhere, also what Python writes out when it ends."""
        with suppress(OSError, ValueError):
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, self._file.fileno())
            os.close(nowhere)


class PipedCommand(BaseCommand):
    """What every command of ours derives from: it does its work to the end, read or not.

    Where the database is away or has no tables, it says what to do (decision 0084).
    """

    help: Any = ""
    """A lazy translation."""

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        """Django's, which wraps the help, and can do so with a real text only."""
        self.help = str(self.help)
        return super().create_parser(prog_name, subcommand, **kwargs)

    def execute(self, *args: Any, **options: Any) -> str | None:
        """Run; what is said after the reader went away is lost, and no error.

        Raises `CommandError` with what to do where the database cannot be worked with.
        """
        files = {name: options.get(name) or getattr(sys, name) for name in ("stdout", "stderr")}
        unbroken = {name: _Unbroken(file) for name, file in files.items()}
        try:
            return super().execute(*args, **{**options, **unbroken})
        except (DatabaseError, InterfaceError) as error:
            raise self.refusal(error) from error
        finally:
            for file in unbroken.values():
                file.flush()

    def must_have_tables(self) -> None:
        """Raise what the database does to a question about the search."""
        Follower.objects.exists()

    def refusal(self, error: Exception) -> Exception:
        """What to end with: a sentence that says what to do, or the fault where none is known."""
        told = what_to_do(error)
        return CommandError(told) if told else error
