"""The pages that search engines should know: a list of parts, and the parts."""

from datetime import datetime
from functools import cached_property
from typing import Any, NamedTuple, TypeVar
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe
from wagtail.models import Page, Site

from practices.addresses import LESSONS_PAGE, SEARCH, absolute, lesson_address
from practices.models import Lesson, PracticePage
from practices.selectors import public_pages

AnyEntry = TypeVar("AnyEntry")


class Entry(NamedTuple):
    """A page in the sitemap."""

    url_path: str
    changed: datetime | None


class OwnSitemap(Sitemap[AnyEntry]):
    """Addresses under the host by which the site is known, 50,000 at most in each part."""

    protocol = urlsplit(settings.BASE_URL).scheme

    def get_domain(self, site: object = None) -> str:
        """The host; never the request's."""
        return urlsplit(settings.BASE_URL).netloc


class PagesSitemap(OwnSitemap["Entry"]):
    """All public pages of the site, without fictional practices."""

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

    @cached_property
    def _root(self) -> str:
        site = Site.objects.select_related("root_page").get(is_default_site=True)
        return str(site.root_page.url_path)


class LessonEntry(NamedTuple):
    """A lesson in the sitemap."""

    practice: int
    key: str
    changed: datetime | None


class LessonsSitemap(OwnSitemap["LessonEntry"]):
    """The lessons of all public practices, without fictional ones."""

    def items(self) -> "QuerySet[Lesson, LessonEntry]":
        """The lessons, in the order in which they were written."""
        pages = public_pages(PracticePage).filter(is_fictional=False).order_by().values("pk")
        lessons = Lesson.objects.filter(page__in=pages).order_by("pk")
        return lessons.values_list("page_id", "key", "page__last_published_at")

    def location(self, item: LessonEntry) -> str:
        """Its lasting address."""
        return lesson_address(item[0], item[1])

    def lastmod(self, item: LessonEntry) -> datetime | None:
        """When its practice was last published."""
        return item[2]


class SearchSitemap(OwnSitemap[str]):
    """The searches that stand on their own."""

    def items(self) -> list[str]:
        """Those without a condition."""
        return [SEARCH, LESSONS_PAGE]

    def location(self, item: str) -> str:
        """The address itself."""
        return item


SITEMAPS: dict[str, type[OwnSitemap[Any]]] = {
    "paginas": PagesSitemap,
    "lessen": LessonsSitemap,
    "zoeken": SearchSitemap,
}


@require_safe
def sitemap_index(request: HttpRequest) -> HttpResponse:
    """All parts of the sitemap; Django's own list of them trusts the host of the request."""
    parts = [
        {"location": absolute(reverse("sitemap", args=[name])) + (f"?p={part}" if part > 1 else "")}
        for name, kind in SITEMAPS.items()
        for part in kind().paginator.page_range
    ]
    context = {"sitemaps": parts}
    return render(request, "sitemap_index.xml", context, content_type="application/xml")
