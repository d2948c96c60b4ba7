"""Addresses with values of facets that were replaced since: they lead to the present values."""

from collections.abc import Mapping

from django.http import HttpRequest

FormerValues = Mapping[str, Mapping[str, str]]
"""By facet: a value that is gone, and the one that took its place."""


def current_address(request: HttpRequest, former: FormerValues) -> str | None:
    """The address that a request means now; None if all its values are still good."""
    asked = request.GET.copy()
    found = False
    for facet, replaced in former.items():
        values = asked.getlist(facet)
        present = [replaced.get(value.strip().lower(), value) for value in values]
        if present != values:
            asked.setlist(facet, list(dict.fromkeys(present)))
            found = True
    return f"{request.path}?{asked.urlencode()}" if found else None
