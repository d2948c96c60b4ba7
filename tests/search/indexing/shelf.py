"""Documents of a test, some of which may be broken, and the index that follows them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from uuid import uuid4

from search.documents import Document, Index
from search.engines import engine_for
from search.engines.base import Engine, Request
from search.indexing.upkeep import keep_up
from search.questions.parsing import parse_text
from tests.contracts.corpus import FACETS, ORDERS, WEIGHTS, document


@dataclass
class Shelf:
    """What a test publishes: titles by id; an index of its own."""

    titles: dict[int, str] = field(default_factory=dict)
    unreadable: set[int] = field(default_factory=set)
    """Documents that cannot be read from the database."""
    unwritable: set[int] = field(default_factory=set)
    """Documents that the engine refuses."""

    def __post_init__(self) -> None:
        name = f"shelf-{uuid4().hex[:8]}"
        self.index = Index(
            name, WEIGHTS, tuple(FACETS), ORDERS, self.load, lambda: sorted(self.titles)
        )

    def load(self, ids: Sequence[int]) -> Iterator[Document]:
        if broken := self.unreadable & set(ids) & self.titles.keys():
            raise LookupError(f"cannot read {min(broken)}")
        for key in ids:
            if key in self.titles:
                made = document(key, self.titles[key])
                yield replace(made, text={"title": [None]}) if key in self.unwritable else made  # type: ignore[list-item]

    @property
    def engine(self) -> Engine:
        return engine_for(self.index)

    def put(self, *keys: int, title: str = "training") -> None:
        """Publish documents under a title."""
        self.titles.update(dict.fromkeys(keys, title))

    def keep_up(self) -> int:
        """Bring the index up to date, where it may be built: on a server, or by a worker."""
        return keep_up(self.index, self.engine, may_rebuild_shared=not self.engine.is_local)

    def found(self, text: str = "") -> list[int]:
        return sorted(self.engine.search(Request(parse_text(text), limit=1000)).ids)
