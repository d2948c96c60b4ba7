"""The pages that search engines should know."""

from datetime import datetime
from functools import cached_property
from typing import NamedTuple
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.db.models import QuerySet
from wagtail.models import Page, Site

from practices.models import PracticePage
from practices.selectors import public_pages


class Entry(NamedTuple):
    """A page in the sitemap."""

    url_path: str
    changed: datetime | None


class PagesSitemap(Sitemap["Entry"]):
    """All public pages of the site, without fictional practices; 50,000 at most in each part."""

    protocol = urlsplit(settings.BASE_URL).scheme

    def items(self) -> "QuerySet[Page, Entry]":
        """The pages below the home page, and the home page."""
        fictional = PracticePage.objects.filter(is_fictional=True)
        pages = public_pages(Page).filter(url_path__startswith=self._root).order_by("path")
        return pages.exclude(pk__in=fictional.values("pk")).values_list(
            "url_path", "last_published_at"
        )

    def location(self, item: Entry) -> str:
        """The address below that of the site."""
        return f"/{item[0].removeprefix(self._root)}"

    def lastmod(self, item: Entry) -> datetime | None:
        """When the page was last published."""
        return item[1]

    def get_domain(self, site: object = None) -> str:
        """The host under which the site is known; never the request's."""
        return urlsplit(settings.BASE_URL).netloc

    @cached_property
    def _root(self) -> str:
        site = Site.objects.select_related("root_page").get(is_default_site=True)
        return str(site.root_page.url_path)
