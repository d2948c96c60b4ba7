"""The files of an index: what they are, and what comes of it if somebody spoils them."""

import json
import shutil
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import wraps
from pathlib import Path
from typing import ParamSpec, TypeVar

from search.engines.base import EngineError

Given = ParamSpec("Given")
Result = TypeVar("Result")

ABOUT = "about.json"
"""Says which version of the code built an index."""
KINDS = frozenset({"store", "term", "idx", "pos", "fast", "fieldnorm"})
"""Every segment has one file of each."""
PANIC = "PanicException"
"""What tantivy raises where it did not expect what it read; no `Exception`, and of no module."""


def sizes(folder: Path) -> Mapping[str, int]:
    """The sizes in bytes of the files that the last commit in a folder is made of."""
    deletions = _segments(folder)
    with suppress(OSError):
        return {
            file.name: file.stat().st_size
            for file in folder.iterdir()
            if file.name == ABOUT or _is_of(deletions, file.name)
        }
    return {}


def are_whole(folder: Path, found: Iterable[str]) -> bool:
    """Whether no file lacks that the last commit in a folder is made of."""
    wanted = {f"{segment}.{kind}" for segment in _segments(folder) for kind in KINDS}
    return wanted <= set(found) and bool(built_by(folder))


def _segments(folder: Path) -> Mapping[str, int | None]:
    """The segments of the last commit, each with the number of its last deletions."""
    with suppress(OSError, ValueError, KeyError, TypeError):
        return {
            segment["segment_id"].replace("-", ""): (segment.get("deletes") or {}).get("opstamp")
            for segment in json.loads((folder / "meta.json").read_text())["segments"]
        }
    return {}


def _is_of(deletions: Mapping[str, int | None], name: str) -> bool:
    segment, _dot, kind = name.partition(".")
    if segment not in deletions:
        return False
    return not kind.endswith("del") or kind == f"{deletions[segment]}.del"


def write_built_by(folder: Path, schema: str) -> None:
    """Note which schema an index is built with."""
    (folder / ABOUT).write_text(json.dumps({"schema": schema}))


def built_by(folder: Path) -> str:
    """The schema that an index was built with; empty, as no schema is, if nothing tells."""
    try:
        about = json.loads((folder / ABOUT).read_text())
    except (OSError, ValueError):
        return ""
    return str(about.get("schema", "")) if isinstance(about, dict) else ""


def lead_to(generation: Path, live: Path) -> None:
    """Let the link `live` lead to a generation beside it, in one step.

    Who copies an index with a tool that follows links has a folder there. It serves nobody, as what
    it is a copy of may be half written, and it makes way.
    """
    link = live.with_name(f"next-{uuid.uuid4().hex[:12]}")
    link.symlink_to(generation.name)
    if not live.is_symlink():
        remove(live)
    link.replace(live)


def remove(path: Path) -> None:
    """Remove a link, or the folder that a copy made of it; neither need be there."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


@contextmanager
def damage_is_told(kind: type[EngineError]) -> Iterator[None]:
    """Say what the disk or tantivy cannot do as an error of this kind; tantivy's are many."""
    try:
        yield
    except EngineError:
        raise
    except (OSError, ValueError) as error:
        raise kind(f"The index cannot be used: {error}") from error
    except BaseException as error:
        if type(error).__name__ != PANIC:
            raise
        raise kind("The index cannot be used: it is damaged.") from None


def readable(method: Callable[Given, Result]) -> Callable[Given, Result]:
    """A method that raises `EngineError` where the index cannot be read."""

    @wraps(method)
    def told(*args: Given.args, **kwargs: Given.kwargs) -> Result:
        with damage_is_told(EngineError):
            return method(*args, **kwargs)

    return told
