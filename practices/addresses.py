"""The public addresses of the plugin; they are Dutch and stay for ever.

They hold where the list of municipalities and the list of WegWijzers stand right under the home
page with the slugs `gemeenten` and `wegwijzers`, which those pages see to themselves.
"""

from collections.abc import Iterable
from functools import cache
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.urls import NoReverseMatch, reverse
from wagtail.models import Site

SEARCH = "/praktijken/"
FOLLOW = "/volgen/"
LESSONS_PAGE = "/lessen/"
COMPARE, GAPS = f"{SEARCH}vergelijk/", f"{SEARCH}witte-vlekken/"


def practice_address(municipality: str, practice: str) -> str:
    """The address of a practice, from the slugs of its municipality and of itself."""
    return _pattern("practice", 2).format(municipality, practice)


def contact_address(municipality: str, practice: str) -> str:
    """The address of the form that relays a message to the contact of a practice."""
    return _pattern("contact", 2).format(municipality, practice)


def municipality_address(municipality: str) -> str:
    """The address of a municipality's page, from its slug."""
    return _pattern("municipality", 1).format(municipality)


def comparable_address(municipality: str) -> str:
    """The address of the page with comparable municipalities, from the slug of one."""
    return _pattern("comparable", 1).format(municipality)


def signpost_address(code: str) -> str:
    """The address of a WegWijzer, from its search code in any case."""
    return _pattern("signpost", 1).format(code.lower())


def lesson_address(practice: int, key: str) -> str:
    """The lasting address of a lesson, from the id of its practice and its key in there."""
    return f"{LESSONS_PAGE}{practice}-{key}/"


@cache
def _pattern(name: str, slugs: int) -> str:
    """An address with places for slugs: lists have many, and Django takes long to make each."""
    marks = [f"__{number}__" for number in range(slugs)]
    address = reverse(f"practices:{name}", args=marks)
    for number, mark in enumerate(marks):
        address = address.replace(mark, f"{{{number}}}")
    return address


def search_address(**chosen: str) -> str:
    """The address of the search with one value chosen of each facet that is given."""
    return f"{SEARCH}?{urlencode(chosen)}" if chosen else SEARCH


def compare_address(*practices: int) -> str:
    """The address of a comparison of practices, by their ids and in this order."""
    return f"{COMPARE}?{compared(practices)}" if practices else COMPARE


def compared(practices: Iterable[int]) -> str:
    """Practices to compare, as they stand in an address."""
    return "&".join(f"p={key}" for key in practices)


def consider_address() -> str:
    """The address at which an official says what is considered; empty on a site without admin."""
    try:
        return reverse("practices_considering:list")
    except NoReverseMatch:
        return ""


def site_address() -> str:
    """The address under which the site is known, without a slash behind; never the request's host.

    What Wagtail was told: `WAGTAILADMIN_BASE_URL`, or else the address of its default site.
    """
    told: str = getattr(settings, "WAGTAILADMIN_BASE_URL", None) or _of_default_site()
    return told.rstrip("/")


def site_name() -> str:
    """The name under which the site is known, in mails, references and where else it is named.

    What Wagtail was told: `WAGTAIL_SITE_NAME`, or else the name or address of its default site.
    """
    told: str = getattr(settings, "WAGTAIL_SITE_NAME", "")
    return told or _name_of_default_site()


def absolute(address: str) -> str:
    """The address with the host under which the site is known."""
    return site_address() + address


def _of_default_site() -> str:
    site = Site.objects.filter(is_default_site=True).first()
    return site.root_url if site else ""


def _name_of_default_site() -> str:
    site = Site.objects.filter(is_default_site=True).first()
    return (site.site_name or site.hostname) if site else urlsplit(site_address()).netloc
