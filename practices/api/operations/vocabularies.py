"""Vocabularies: every value that a search takes, with what it means."""

from typing import Annotated, Any

from django.http import Http404, HttpRequest
from django.utils.translation import gettext_noop
from ninja import Path, Router

from practices.api import strict
from practices.api.addresses import address
from practices.api.etags import fresh
from practices.api.schemas.others import Vocabulary, VocabularyList
from practices.indexes import registers
from practices.indexes.registers import Registers
from practices.models import Term
from search.questions.facets import Facet, Option, YearFacet

router = Router(tags=[gettext_noop("Vocabularies")])


@router.get(
    "/woordenlijsten",
    response=VocabularyList,
    operation_id="woordenlijsten",
    summary=gettext_noop("Vocabularies: what can be chosen in a search"),
    description=gettext_noop("All of them on one page."),
)
def vocabularies(request: HttpRequest) -> Any:
    """All vocabularies; one query."""
    strict.check(request)
    known = registers.current()
    fresh(request, known.stamp)
    return {"resultaten": [_ref(facet) for facet in known.facets.values() if _is_list(facet)]}


@router.get(
    "/woordenlijsten/{naam}",
    response=Vocabulary,
    operation_id="woordenlijst",
    summary=gettext_noop("One vocabulary with its terms"),
    description=gettext_noop("Terms that are retired too: see “actief”."),
)
def vocabulary(
    request: HttpRequest, naam: Annotated[str, Path(max_length=20, examples=["doelgroep"])]
) -> Any:
    """A vocabulary; one query."""
    strict.check(request)
    known = registers.current()
    facet = known.facets.get(naam)
    if facet is None or not _is_list(facet):
        raise Http404
    fresh(request, known.stamp)
    terms = {term.slug: term for term in known.terms.values() if term.vocabulary == naam}
    return {
        **_ref(facet),
        "termen": [_term(one, terms.get(one.value), known) for one in facet.options.values()],
    }


def _is_list(facet: Facet) -> bool:
    """Whether its values are a list of their own: municipalities have an address of their own."""
    return not facet.on and facet.name != "gemeente" and not isinstance(facet, YearFacet)


def _ref(facet: Facet) -> dict[str, str]:
    return {
        "naam": facet.name,
        "titel": facet.label,
        "url": address("woordenlijsten", facet.name),
    }


def _term(option: Option, term: Term | None, known: Registers) -> dict[str, Any]:
    parent = known.terms.get(term.parent_id or 0) if term else None
    return {
        "waarde": option.value,
        "naam": option.label,
        "uitleg": option.definition,
        "breder": parent and {"woordenlijst": parent.vocabulary, "waarde": parent.slug},
        "actief": option.is_active,
    }
