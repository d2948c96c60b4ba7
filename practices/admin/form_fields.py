"""Form fields of the admin for what is chosen from a list too long to show."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from practices.addresses import practice_address
from practices.models import Municipality, PracticePage
from practices.selectors.moves import practice_moved_from


class LinesField(forms.CharField):
    """Several objects as lines of text, for lists that are too long to choose from.

    A subclass says how an object is written and how it is found again.
    """

    widget = forms.Textarea(attrs={"rows": 3})

    def write(self, obj: Any) -> str:
        """The line of an object."""
        raise NotImplementedError

    def find(self, lines: list[str]) -> dict[str, Any]:
        """The objects by line; a line that means nothing is absent."""
        raise NotImplementedError

    def prepare_value(self, value: Any) -> Any:
        """Objects as lines; what was typed stays as it was typed."""
        if value is None or isinstance(value, str):
            return value
        return "\n".join(self.write(obj) for obj in value)

    def clean(self, value: Any) -> list[Any]:
        """The objects, each once; an unknown line is named."""
        text: str = super().clean(value)
        lines = list(dict.fromkeys(line.strip() for line in text.splitlines() if line.strip()))
        found = self.find(lines)
        if unknown := [line for line in lines if line not in found]:
            raise ValidationError(_("Not found: %(lines)s.") % {"lines": ", ".join(unknown)})
        return list(dict.fromkeys(found[line] for line in lines))

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether other lines stand there than at first."""
        before = self.prepare_value(initial) or ""
        return set(before.splitlines()) != set((data or "").splitlines())


class MunicipalitiesField(LinesField):
    """Municipalities by name or alias, one a line; a name that is gone means its successor."""

    def write(self, obj: Municipality) -> str:
        return obj.name

    def find(self, lines: list[str]) -> dict[str, Municipality]:
        municipalities = list(Municipality.objects.prefetch_related("aliases"))
        by_name = self._by_name(municipalities)
        found = {line: by_name[line.casefold()] for line in lines if line.casefold() in by_name}
        return {line: self.follow(municipality) for line, municipality in found.items()}

    def follow(self, municipality: Municipality) -> Municipality:
        """What a line stands for, given the municipality of that name."""
        return municipality.current

    def _by_name(self, municipalities: list[Municipality]) -> dict[str, Municipality]:
        by_name = {alias.name.casefold(): m for m in municipalities for alias in m.aliases.all()}
        return by_name | {m.name.casefold(): m for m in municipalities}


class PracticesField(LinesField):
    """Practices by their address on the site, one a line."""

    def write(self, obj: Any) -> str:
        return practice_address(obj.municipality.slug, obj.slug)

    def find(self, lines: list[str]) -> dict[str, Any]:
        ends = {line: _last_slugs(line) for line in lines}
        slugs = {slugs[-1] for slugs in ends.values() if slugs}
        pages = PracticePage.objects.filter(slug__in=slugs).select_related("municipality")
        found: dict[tuple[str, ...], Any] = {
            (page.municipality.slug, page.slug): page for page in pages
        }
        return {
            line: page
            for line, slugs in ends.items()
            if (page := found.get(slugs) or self._moved(slugs)) is not None
        }

    def _moved(self, slugs: tuple[str, ...]) -> Any:
        """The practice whose address was this before a reorganisation."""
        if len(slugs) != 2:
            return None
        return practice_moved_from(municipality=slugs[0], practice=slugs[1])


def _last_slugs(address: str) -> tuple[str, ...]:
    parts: Iterable[str] = address.split("?")[0].split("#")[0].rstrip("/").split("/")
    return tuple(parts)[-2:]
