"""What the processes do that get killed; run as `python -m tests.faults.scripts NAME …`."""

import os
import signal
import sys
from datetime import timedelta
from typing import Any

import django


def die(*args: Any, **kwargs: Any) -> None:
    """End this process as a power cut would."""
    os.kill(os.getpid(), signal.SIGKILL)


def draft(title: str) -> Any:
    """A draft of a practice in Gouda."""
    from practices.models import MunicipalityPage, PracticePage

    parent = MunicipalityPage.objects.get(slug="gouda")
    return parent.add_child(instance=PracticePage(title=title, live=False)).save_revision()


def publish(title: str) -> None:
    """Publish a practice in Gouda."""
    draft(title).publish()


def publish_and_die_after_the_commit(title: str) -> None:
    """Die between the commit and the delivery."""
    from search import delivery

    revision = draft(title)
    setattr(delivery, "after_commit", die)  # noqa: B010 (mypy)
    revision.publish()


def publish_and_die_in_the_commit_of_the_index(title: str) -> None:
    """Die when documents are written, before the index has them for good."""
    import tantivy

    from search import claims
    from search.engines import tantivy as engine

    class Writer:
        def __init__(self, writer: Any) -> None:
            self.writer = writer

        def __getattr__(self, name: str) -> Any:
            return die if name == "commit" else getattr(self.writer, name)

    class Index:
        open_index = staticmethod(tantivy.Index.open)

        @classmethod
        def open(cls, path: str) -> Any:
            index = cls.open_index(path)

            class Opened:
                def __getattr__(self, name: str) -> Any:
                    if name == "writer":
                        return lambda *args: Writer(index.writer(*args))
                    return getattr(index, name)

            return Opened()

    revision = draft(title)
    setattr(claims, "LEASE", timedelta(seconds=1))  # noqa: B010 (mypy)
    fake = type("module", (), {**vars(tantivy), "Index": Index})
    setattr(engine, "tantivy", fake)  # noqa: B010 (mypy)
    revision.publish()


def rebuild_and_die_before_the_swap() -> None:
    """Die with the new index finished beside the old one."""
    from practices.documents import PRACTICES
    from search.engines.tantivy import _TantivyBuilder
    from search.rebuild import rebuild

    setattr(_TantivyBuilder, "swap", die)  # noqa: B010 (mypy)
    rebuild(PRACTICES)


def publish_many(prefix: str, count: str) -> None:
    """Publish one practice after another."""
    for number in range(int(count)):
        publish(f"{prefix} {number}")


if __name__ == "__main__":
    django.setup()
    globals()[sys.argv[1]](*sys.argv[2:])
