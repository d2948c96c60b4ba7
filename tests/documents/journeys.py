"""Who does what a document says: each part belongs to one journey, which does all of it."""

from dataclasses import dataclass

from tests.documents.blocks import Reader

OPERATIONS = "docs/operations.md"


@dataclass(frozen=True)
class Journey:
    """Somebody who follows parts of a document from top to bottom; without parts all of it."""

    document: str
    parts: tuple[str, ...]

    def reader(self) -> Reader:
        """This somebody, who has not begun."""
        return Reader(self.document, *self.parts)


JOURNEYS = {
    "debian": Journey(
        OPERATIONS, ("2. Programma's van Debian", "3. Een gebruiker en mappen", "4. De code")
    ),
    "small site": Journey(
        OPERATIONS,
        (
            "1. Uw eigen waarden",
            "5. Instellingen",
            "6. Vullen",
            "7. Starten",
            "8. nginx en een certificaat",
            "9. De eerste beheerder",
            "Een kopie maken",
            "De kleine site terugzetten",
            "Bijwerken naar een nieuwe versie",
            "Zonder model, of er weer mee",
        ),
    ),
    "grown site": Journey(
        OPERATIONS, ("De grote site", "De grote site terugzetten", "Een webserver weghalen")
    ),
}
"""By their names, with which the tests that go them ask for them."""
