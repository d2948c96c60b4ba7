"""A practice for search engines, in the words of schema.org."""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from django.utils.safestring import SafeString
from django.utils.timezone import localdate
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from practices.addresses import absolute, site_name
from practices.frontend.pages.citation import Cited
from practices.frontend.pages.crumbs import Crumb
from practices.frontend.pages.structured_data import as_json_ld, breadcrumb_list
from practices.frontend.pages.terms import LinkedTerm


class Described(Cited, Protocol):
    """What is told to search engines beside what a reference tells."""

    @property
    def address(self) -> str:
        """The public address."""

    @property
    def municipality_url(self) -> str:
        """The page of the municipality."""

    @property
    def fields(self) -> Mapping[str, Sequence[LinkedTerm]]:
        """The terms of the practice by field."""

    @property
    def crumbs(self) -> Sequence[Crumb]:
        """The way to the page."""


def practice_json_ld(view: Described) -> SafeString:
    """The practice as an article of its municipality; what is unknown is left out."""
    page, municipality = view.page, view.page.municipality
    subjects = [*view.fields["radicalisation_types"], *view.fields["themes"]]
    data: dict[str, Any] = {
        "@type": "Article",
        "headline": page.title,
        "description": page.summary,
        "inLanguage": get_language(),
        "url": view.canonical_url,
        "datePublished": _date(page.first_published_at),
        "dateModified": _date(page.last_published_at),
        "author": {
            "@type": "GovernmentOrganization",
            "name": _("Municipality of %(name)s") % {"name": view.municipality_name},
            "url": absolute(view.municipality_url),
        },
        "about": [
            {"@type": "DefinedTerm", "name": term.label, "url": absolute(term.url)}
            for term in subjects
        ],
        "audience": [
            {"@type": "Audience", "audienceType": term.label}
            for term in view.fields["target_groups"]
        ],
        "spatialCoverage": {
            "@type": "AdministrativeArea",
            "name": municipality.name,
            "identifier": municipality.code,
        },
        "temporalCoverage": _years(page.start_year, page.end_year),
        "creativeWorkStatus": "fictional" if page.is_fictional else "",
        "isPartOf": {"@type": "WebSite", "name": site_name(), "url": absolute("/")},
        "mainEntityOfPage": {
            "@type": "WebPage",
            "@id": view.canonical_url,
            "breadcrumb": breadcrumb_list([*view.crumbs, (page.title, view.address)]),
        },
    }
    return as_json_ld({name: value for name, value in data.items() if value})


def _date(moment: Any) -> str:
    return localdate(moment).isoformat() if moment else ""


def _years(start: int | None, end: int | None) -> str:
    """An interval as ISO 8601 writes it; open where an end is unknown."""
    if start and start == end:
        return str(start)
    return f"{start or '..'}/{end or '..'}" if start or end else ""
