"""How to refer to a practice: in a sentence, in BibTeX, and in CSL-JSON."""

import json
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from practices.addresses import site_name
from practices.models import PracticePage

_LATEX = {
    **{ord(sign): f"\\{sign}" for sign in "&%$#_"},
    # BibTeX counts braces, even those after a backslash: a single one would end the field.
    ord("{"): "\\textbraceleft{}",
    ord("}"): "\\textbraceright{}",
    ord("\\"): "\\textbackslash{}",
    ord("~"): "\\textasciitilde{}",
    ord("^"): "\\textasciicircum{}",
}


@dataclass(frozen=True, slots=True)
class Citation:
    """What a reference tells; a practice that was never published has no dates."""

    id: int
    author: str
    title: str
    url: str
    published: date | None
    changed: date | None
    is_draft: bool

    @property
    def key(self) -> str:
        """The name of the reference; it stays the same when the practice changes or moves."""
        return f"wegwijzer-{self.id}"

    @property
    def text(self) -> str:
        """The reference as a sentence of a list of sources."""
        year = str(self.published.year) if self.published else _("n.d.")
        if self.is_draft:
            year = _("not published")
        title = self.title if self.title.endswith((".", "?", "!")) else f"{self.title}."
        sentences = [f"{self.author} ({year}).", title, f"{site_name()}."]
        if self._last_changed:
            sentences.append(f"{self._last_changed}.")
        return " ".join([*sentences, self.url])

    @property
    def bibtex(self) -> str:
        """The reference as an entry of a BibTeX file, in UTF-8."""
        fields = {
            # Doubled braces: an organisation is no first and last name, a title keeps its capitals.
            "author": f"{{{_latex(self.author)}}}",
            "title": f"{{{_latex(self.title)}}}",
            "year": str(self.published.year) if self.published else "",
            "month": str(self.published.month) if self.published else "",
            "howpublished": _latex(site_name()),
            "url": self.url,
            "note": _latex(self._last_changed),
            "langid": "dutch",
        }
        lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
        return "\n".join([f"@misc{{{self.key},", *lines, "}", ""])

    @property
    def csl_json(self) -> str:
        """The reference as a list with one item of CSL-JSON."""
        item: dict[str, Any] = {
            "id": self.key,
            "type": "webpage",
            "title": self.title,
            "author": [{"literal": self.author}],
            "container-title": site_name(),
            "issued": _parts(self.published),
            "URL": self.url,
            "language": "nl",
            "note": self._last_changed,
        }
        known = {name: value for name, value in item.items() if value}
        return json.dumps([known], ensure_ascii=False, indent=2) + "\n"

    @property
    def _last_changed(self) -> str:
        """When it was changed after it was published; nothing if it was not."""
        if self.changed is None or self.changed == self.published:
            return ""
        return _("Last changed on %(day)s") % {"day": date_format(self.changed, "j F Y")}


class Cited(Protocol):
    """What a reference is made of."""

    @property
    def page(self) -> PracticePage:
        """The practice."""

    @property
    def municipality_name(self) -> str:
        """The name that visitors see."""

    @property
    def canonical_url(self) -> str:
        """The public address with its host."""


def citation_of(view: Cited) -> Citation:
    """How to refer to a practice."""
    page = view.page
    # One line, without what no list of sources can show.
    title = " ".join("".join(sign if sign.isprintable() else " " for sign in page.title).split())
    if page.is_fictional:
        title = _("%(title)s [fictional]") % {"title": title}
    return Citation(
        id=page.pk or 0,
        author=_("Municipality of %(name)s") % {"name": view.municipality_name},
        title=title,
        url=view.canonical_url,
        published=_day(page.first_published_at),
        changed=_day(page.last_published_at),
        is_draft=not page.live,
    )


def _day(moment: Any) -> date | None:
    return localdate(moment) if moment else None


def _parts(day: date | None) -> dict[str, list[list[int]]]:
    return {"date-parts": [[day.year, day.month, day.day]]} if day else {}


def _latex(text: str) -> str:
    return text.translate(_LATEX)
