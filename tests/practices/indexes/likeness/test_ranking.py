"""Who is alike is computed once; how long that takes is measured in `make bench`."""

from practices.indexes.likeness.measure import Facts
from practices.indexes.likeness.ranking import Likeness
from practices.services.reference.files import read_municipalities


def test_all_pairs_are_computed_once_from_one_reading() -> None:
    readings: list[int] = []

    def read() -> dict[str, Facts]:
        readings.append(1)
        return {
            row.slug: Facts(
                row.slug, row.code, row.name, row.inhabitants, row.urbanity, row.province,
                frozenset(row.neighbours), frozenset(), True,
            )
            for row in read_municipalities()
        }  # fmt: skip

    compared = Likeness(read)
    rows = {slug: compared.ranked(slug) for slug in compared.facts}
    assert len(rows) == 342
    assert all(compared.ranked(slug) is row for slug, row in rows.items())
    assert len(readings) == 1
