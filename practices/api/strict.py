"""What a request asks, read without guessing: what is not understood is said, and not answered.

The page leaves out what it does not understand and says so; a program would not notice.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from django.http import HttpRequest
from django.utils.translation import gettext as _

from practices.api.problems import RefusedError
from practices.indexes.lesson_kinds import NAME as KIND
from practices.indexes.searching import sort_labels
from search.questions.facets import Facet, YearFacet
from search.questions.query import MAX_TEXT, MAX_VALUES, SORT, TEXT, Query, clean, parse

YEARS = ("jaar_van", "jaar_tot")
MOST_FAULTS = 20
LISTED = ("cursor", "aantal")
"""Parameters of every list that has pages."""


def check(request: HttpRequest, single: Iterable[str] = (), several: Iterable[str] = ()) -> None:
    """Refuse parameters that an address does not have, and a second value where one is meant."""
    refuse(_names(request, frozenset(single), frozenset(several)))


def read_search(request: HttpRequest, facets: Mapping[str, Facet], *more: str) -> Query:
    """The search that is asked for, as the page would read it; `more` are other parameters.

    Raises `RefusedError` with every fault.
    """
    singles = frozenset((TEXT, SORT, *YEARS, *more))
    faults = [*_names(request, singles, frozenset(facets)), *_search(request, facets)]
    refuse(faults)
    query, notices = parse(request.GET, facets.values(), sort_labels(), ignored=more)
    refuse(notices)
    return query


def refuse(faults: Iterable[str]) -> None:
    """Raise `RefusedError` if there are any faults."""
    found = list(dict.fromkeys(faults))[:MOST_FAULTS]
    if found:
        raise RefusedError(400, " ".join(found), found)


def _names(request: HttpRequest, single: frozenset[str], several: frozenset[str]) -> Iterator[str]:
    for name, given in request.GET.lists():
        if name not in single | several:
            yield _("“%(name)s” is not a parameter of this address.") % {"name": shown(name)}
        elif name in single and len(given) > 1:
            yield _("Give “%(name)s” once.") % {"name": name}


def _search(request: HttpRequest, facets: Mapping[str, Facet]) -> Iterator[str]:
    text = request.GET.get(TEXT, "")
    if len(text) > MAX_TEXT:
        yield _("“q” is too long: at most %(max)d characters.") % {"max": MAX_TEXT}
    sort = request.GET.get(SORT, "")
    if sort and sort not in sort_labels():
        yield _("“sorteer” is one of: %(values)s.") % {"values": ", ".join(sort_labels())}
    for name, facet in facets.items():
        yield from unknown_values(facet, request.GET.getlist(name))


def unknown_values(facet: Facet, given: Sequence[str]) -> Iterator[str]:
    """What there is to say of the values of one facet; empty ones choose nothing."""
    if len(given) > MAX_VALUES:
        yield _("“%(name)s” has too many values: at most %(max)d.") % {
            "name": facet.name,
            "max": MAX_VALUES,
        }
    for value in given[:MAX_VALUES]:
        if value.strip() and facet.read(value).problem:
            yield _unknown(facet, value)


def _unknown(facet: Facet, value: str) -> str:
    words = {"name": facet.name, "value": shown(value)}
    if isinstance(facet, YearFacet):
        return _("“%(name)s=%(value)s” is no year or range, such as 2009 or 2008-2010.") % words
    if facet.name == KIND:
        return _("“les” is one of: %(values)s.") % {"values": ", ".join(facet.options)}
    if facet.on or facet.name == "gemeente":
        return _("“%(name)s=%(value)s” is no municipality of /api/v1/gemeenten.") % words
    return _("“%(name)s=%(value)s” is no value of /api/v1/woordenlijsten/%(name)s.") % words


def shown(text: str) -> str:
    """What was sent, short and readable enough to send back."""
    return clean(text)[:40]
