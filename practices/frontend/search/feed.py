"""A search as a feed: its practices, the newest first, a page at a time (Atom and RFC 5005)."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from practices.addresses import absolute
from practices.selectors.exported import LONG_AGO, Exported
from search.questions.query import clean


class PagedFeed(Atom1Feed):
    """An Atom feed that says where its other pages are; `pages` has addresses by relation."""

    def add_root_elements(self, handler: Any) -> None:
        super().add_root_elements(handler)
        pages: Mapping[str, str] = self.feed["pages"]
        for relation, address in pages.items():
            handler.addQuickElement("link", "", {"rel": relation, "href": address})

    def latest_post_date(self) -> datetime:
        """When the newest change was; a feed of nothing is as old as can be, not of this minute."""
        changes = [item["updateddate"] for item in self.items]
        return max(changes, default=LONG_AGO)


def feed(
    practices: Iterable[Exported],
    *,
    title: str,
    notices: Iterable[str],
    page_url: str,
    pages: Mapping[str, str],
) -> PagedFeed:
    """The feed of one page of a search; addresses as the site writes them, without a host."""
    made = PagedFeed(
        title=clean(title),
        link=absolute(page_url),
        description=None,
        language=get_language(),
        subtitle=" ".join(notices) or None,
        feed_url=absolute(pages["self"]),
        feed_guid=absolute(pages["first"]),
        pages={name: absolute(url) for name, url in pages.items() if name != "self"},
    )
    for practice in practices:
        _add(made, practice)
    return made


def _add(made: PagedFeed, practice: Exported) -> None:
    title = clean(practice.title)
    made.add_item(
        title=_("%(title)s (fictional)") % {"title": title} if practice.is_fictional else title,
        link=practice.url,
        description=escape(clean(practice.summary)),
        unique_id=_lasting_id(practice),
        pubdate=practice.published,
        updateddate=practice.changed,
        author_name=practice.municipality,
        categories=practice.terms["formats"],
    )


def _lasting_id(practice: Exported) -> str:
    """An id that stays when a practice moves to a merged municipality (RFC 4151)."""
    return f"tag:{urlsplit(practice.url).hostname},2026:praktijk/{practice.id}"
