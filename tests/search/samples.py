"""Small facets for tests of the search itself, which knows no practice."""

from typing import Any

from search.questions.facets import Facet, Option, YearFacet


def facet(name: str, *values: str, **settings: Any) -> Facet:
    """A facet of which `parent>child` is a value below another."""
    options = {}
    for value in values:
        parent, _, child = value.rpartition(">")
        options[child] = Option(child, child.replace("-", " ").capitalize(), parent)
    return Facet(name, name.capitalize(), options, **settings)


FACETS = {
    one.name: one
    for one in (
        facet("vorm", "training", "lunchbijeenkomst", "e-learning", "expertmeeting"),
        facet("werkvorm", "rollenspel", "acteurs"),
        facet(
            "doelgroep", "eerstelijn", "eerstelijn>jongerenwerk", "eerstelijn>jeugdzorg", "kader"
        ),
        facet(
            "gemeente", *(f"plaats-{number}" for number in range(60)), by_count=True, show_all=True
        ),
        YearFacet("jaar", "Jaar", show_all=True),
    )
}
SORTS = ("relevantie", "nieuwste", "jaar", "gemeente")
