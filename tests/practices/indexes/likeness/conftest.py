"""A few municipalities around Gouda, of which some share practices."""

from dataclasses import dataclass, field
from typing import Any

import pytest

from practices.models import Municipality, PracticePage
from tests.factories import MunicipalityFactory, MunicipalityPageFactory, PracticePageFactory


@dataclass
class Region:
    """Municipalities and practices by the slug of the municipality."""

    places: dict[str, Municipality] = field(default_factory=dict)
    practices: dict[str, list[PracticePage]] = field(default_factory=dict)

    def add(self, name: str, practices: int = 0, types: tuple[str, ...] = (), **facts: Any) -> None:
        slug = name.lower().replace(" ", "-")
        place = MunicipalityFactory(name=name, slug=slug, **facts)
        self.places[slug] = place
        if practices:
            page = MunicipalityPageFactory(municipality=place)
            self.practices[slug] = [
                PracticePageFactory(
                    parent=page,
                    title=f"{name} doet iets {number}",
                    terms={"radicalisation_types": list(types)} if types else None,
                )
                for number in range(practices)
            ]


@pytest.fixture
def region(db: None) -> Region:
    """Gouda first: Delft is most alike, then Ede; Urk is unlike, and Tiel has shared nothing."""
    return make_region()


def make_region() -> Region:
    """The same, for a fixture of a wider scope."""
    made = Region()
    made.add("Gouda", 1, ("rechtsextremisme",), inhabitants=74_095, urbanity=1)
    made.add(
        "Delft", 5, ("rechtsextremisme", "polarisatie"), inhabitants=71_000, urbanity=1,
        neighbours=[made.places["gouda"]],
    )  # fmt: skip
    made.add("Ede", 2, inhabitants=80_000, urbanity=1, province="PV25")
    made.add("Voorne", 1, inhabitants=60_000, urbanity=None)
    made.add("Urk", 1, ("polarisatie",), inhabitants=2_000, urbanity=5, province="PV24")
    made.add("Tiel", inhabitants=70_000, urbanity=1)
    return made
