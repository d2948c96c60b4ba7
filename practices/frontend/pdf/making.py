"""Makes PDFs in the background of a server: one at a time on a machine, none twice.

A thread takes what is wanted and lets a process of its own set it. What is lost with a process
that ends is made when somebody asks for it: nothing needs to be remembered.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from queue import Full, Queue
from threading import BoundedSemaphore, Event, Lock, Thread

from django.core.cache import cache
from django.db import close_old_connections, connections

from practices.frontend.pdf.source import read_source
from practices.services.pdf import shelf
from practices.services.pdf.shelf import Kept
from practices.services.pdf.typesetting import Source, TypesettingError, release, typeset
from search.engines.locks import FileLock

MOST_WAITING = 20
"""More are not taken; whoever asks again later gets a place then."""
PATIENCE = 2.0
"""So many seconds one visitor waits at a time in each process; others are told to come back."""
GIVEN_UP = 600
"""For so many seconds what failed is not tried again."""

logger = logging.getLogger(__name__)


class Wanted:
    """A PDF that is to be made; without a source it is read when its turn comes."""

    def __init__(self, practice: int, source: Source | None) -> None:
        self.practice, self.source = practice, source
        self.key = (practice, source.digest if source else "")
        self.is_done = Event()


class Maker:
    """The thread of this process, begun when something is wanted first."""

    def __init__(self) -> None:
        self._queue: Queue[Wanted] = Queue(MOST_WAITING)
        self._wanted: dict[tuple[int, str], Wanted] = {}
        self._changing = Lock()
        self._thread: Thread | None = None

    @property
    def has_begun(self) -> bool:
        """Whether this process is a server that makes PDFs."""
        return self._thread is not None

    def begin(self) -> None:
        """Let the thread run; a process that was forked does not have it."""
        with self._changing:
            if self._thread is None or not self._thread.is_alive():
                self._thread = Thread(target=self._run, name="practice-pdfs", daemon=True)
                self._thread.start()

    def want(self, practice: int, source: Source | None = None) -> Wanted | None:
        """Ask for a PDF; the same one is asked for once. None if too many are waiting."""
        self.begin()
        wanted = Wanted(practice, source)
        with self._changing:
            if found := self._wanted.get(wanted.key):
                return found
            try:
                self._queue.put_nowait(wanted)
            except Full:
                return None
            self._wanted[wanted.key] = wanted
            return wanted

    def _run(self) -> None:
        while True:
            wanted = self._queue.get()
            with _told(wanted.practice):
                _make(wanted)
            with self._changing:
                self._wanted.pop(wanted.key, None)
            wanted.is_done.set()


maker = Maker()
_patient = BoundedSemaphore(1)


def made_soon(source: Source) -> Kept | None:
    """The PDF if it is there, or within two seconds; it is being made otherwise."""
    if found := shelf.find(source):
        return found
    if has_failed(source):
        return None
    wanted = maker.want(source.practice, source)
    if wanted is None or not _patient.acquire(blocking=False):
        return None
    try:
        wanted.is_done.wait(PATIENCE)
    finally:
        _patient.release()
    return shelf.find(source)


def has_failed(source: Source) -> bool:
    """Whether it could not be made, not long ago."""
    return bool(cache.get(_failure(source)))


def make_after_publication(practice: int) -> None:
    """Make the PDF of a practice that was published; elsewhere than in a server this waits."""
    if maker.has_begun and release() and shelf.folder():
        maker.want(practice)


def make(source: Source) -> None:
    """Make a PDF and keep it, unless another process did; raises `TypesettingError`."""
    folder = shelf.folder()
    if folder is None:
        return
    with FileLock(folder / "making.lock").held():
        if shelf.find(source) is None:
            shelf.keep(source, typeset(source))


def _make(wanted: Wanted) -> None:
    source = wanted.source or read_source(wanted.practice)
    if source is None:
        return
    try:
        make(source)
    except FileNotFoundError:
        pass  # It was removed while it was written: the practice changed.
    except TypesettingError as error:
        cache.set(_failure(source), True, GIVEN_UP)
        logger.error("The PDF of practice %s was not made: %s", wanted.practice, error)


@contextmanager
def _told(practice: int) -> Iterator[None]:
    """Log what goes wrong, with a database connection that is fresh, and closed afterwards."""
    try:
        close_old_connections()
        yield
    except Exception:
        logger.exception("The PDF of practice %s was not made.", practice)
    finally:
        connections.close_all()


def _failure(source: Source) -> str:
    return f"pdf-failed:{source.digest}"
