"""Commands whose output may be cut off: `manage.py search_status | head`."""

import os
import sys
from contextlib import suppress
from typing import Any, TextIO

from django.core.management.base import BaseCommand


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
    """What every command of ours derives from: it does its work to the end, read or not."""

    def execute(self, *args: Any, **options: Any) -> str | None:
        """Run; what is said after the reader went away is lost, and no error."""
        files = {name: options.get(name) or getattr(sys, name) for name in ("stdout", "stderr")}
        unbroken = {name: _Unbroken(file) for name, file in files.items()}
        try:
            return super().execute(*args, **{**options, **unbroken})
        finally:
            for file in unbroken.values():
                file.flush()
