"""The standby: a local index of each machine, beside an engine that all machines share."""

import os
import re
import uuid
from contextlib import suppress
from pathlib import Path

from search.documents import Index
from search.engines.tantivy.engine import TantivyEngine

ID_FILE = "follower"
_ID = re.compile(r"[0-9a-f]{12}")


class StandbyEngine(TantivyEngine):
    """A tantivy index that follows the outbox under a name of its own machine's.

    Raises `OSError` at once if its folder cannot be made or written to.
    """

    def __init__(self, index: Index, folder: Path) -> None:
        super().__init__(index, folder / index.name)
        self._id = _id_in(self.folder)

    @property
    def follower(self) -> str:
        """The index, the engine and an id that stays with the folder: `practices:tantivy/…`.

        Without an @, as logs mask what looks like an address. Where somebody removed the folder,
        all processes that have it in use agree on the id again.
        """
        with suppress(OSError):  # A folder that cannot be read now still has the id it had.
            self._id = _id_in(self.folder, self._id)
        return f"{super().follower}/{self._id}"


def _id_in(folder: Path, otherwise: str = "") -> str:
    """The id of a folder; of processes that make it at the same time all get the same.

    A file without an id, as a full disk leaves it, is made anew.
    """
    path = folder / ID_FILE
    with suppress(FileNotFoundError):
        if _ID.fullmatch(found := path.read_text()):
            return found
        path.unlink()
    folder.mkdir(parents=True, exist_ok=True)
    mine = folder / f"{ID_FILE}-{uuid.uuid4().hex}"
    mine.write_text(otherwise or uuid.uuid4().hex[:12])
    with suppress(FileExistsError):
        os.link(mine, path)
    mine.unlink()
    return path.read_text()
