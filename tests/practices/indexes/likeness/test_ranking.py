"""Who is alike is computed once; how long that takes is measured in `make bench`."""

from practices.indexes.likeness.facet import PART, VERY_PART, LikenessFacet
from practices.indexes.likeness.measure import Facts
from practices.indexes.likeness.ranking import Likeness
from practices.services.reference.files import read_municipalities
from search.questions.facets import Lift


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


def test_the_comparable_ones_are_lifted_in_two_grades_and_the_own_one_is_not() -> None:
    def facts(slug: str, inhabitants: int, urbanity: int) -> Facts:
        return Facts(slug, slug, slug, inhabitants, urbanity, "PV28", has_practices=True)

    all_facts = [
        facts("gouda", 74_000, 1),
        facts("delft", 71_000, 1),
        facts("tiel", 76_000, 3),
        facts("schiedam", 79_000, 1),
        facts("urk", 2_000, 5),
    ]
    likeness = Likeness(lambda: {one.slug: one for one in all_facts})
    facet = LikenessFacet("vergelijkbaar", "", likeness=likeness)
    assert facet.lifts("gouda") == (
        Lift("gemeente", ("delft", "schiedam"), VERY_PART),
        Lift("gemeente", ("tiel",), PART),
    )
    assert facet.lifts("urk") == facet.lifts("nergens") == ()
