"""The municipality for which somebody searches: asked once, and kept in the address."""

from dataclasses import dataclass

from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from practices.indexes.likeness.ranking import Likeness
from practices.indexes.municipality_names import LONGEST, Names
from practices.indexes.registers import Registers
from search.questions.query import OWN, RELEVANCE, Parameters, Query, clean
from search.results.presenter import Addresses


@dataclass(frozen=True, slots=True)
class Own:
    """What was read of it: a municipality, or a name that is none, or nothing."""

    slug: str = ""
    name: str = ""
    typed: str = ""
    """What was typed, where it is no municipality or more than one."""
    near: tuple[tuple[str, str], ...] = ()
    """The slugs and names of those that may be meant by it."""
    is_several: bool = False

    @property
    def problem(self) -> str:
        """What there is to say where no municipality was found, without those that are near."""
        if not self.typed:
            return ""
        said = (
            _("More than one municipality is called “%(name)s”.")
            if self.is_several
            else _("We do not know the municipality “%(name)s”.")
        )
        return said % {"name": self.typed}

    @property
    def notices(self) -> list[str]:
        """The same with the names that are near, for who gets no links."""
        if not self.typed:
            return []
        names = get_text_list([name for _slug, name in self.near], _("or"))
        nearest = _("Do you mean %(names)s?") % {"names": names}
        return [f"{self.problem} {nearest}" if names else self.problem]


def read_own(parameters: Parameters, names: Names) -> Own:
    """The municipality in an address, by any of its names; of several values the last counts."""
    values = dict(parameters.lists()).get(OWN, ())
    typed = " ".join(clean(values[-1][:LONGEST]).split()) if values else ""
    if not typed:
        return Own()
    meant = names.meant(typed)
    if len(meant) == 1:
        return Own(meant[0], names.shown[meant[0]])
    near = meant or names.nearest(typed)
    shown = tuple((slug, names.shown[slug]) for slug in near)
    return Own(typed=typed, near=shown, is_several=bool(meant))


@dataclass(frozen=True, slots=True)
class OwnChoice:
    """The question for the municipality on a page: what was answered, and where that leads."""

    own: Own
    remove_url: str = ""
    effect: str = ""
    """What it does to the order."""
    near: tuple[tuple[str, str], ...] = ()
    """The names that may be meant, each with the address of the search for it."""


def own_choice(own: Own, query: Query, registers: Registers, addresses: Addresses) -> OwnChoice:
    """The question on the page of a search."""
    if own.slug:
        remove = addresses.of(query.owned_by(""))
        return OwnChoice(own, remove_url=remove, effect=_effect(query, registers.likeness))
    return OwnChoice(
        own,
        near=tuple((name, addresses.of(query.owned_by(slug))) for slug, name in own.near),
    )


def _effect(query: Query, likeness: Likeness) -> str:
    if not likeness.comparable(query.own):
        return _("No comparable municipality has shared a practice yet.")
    if query.order() != RELEVANCE:
        return _("Each practice of a comparable municipality says why.")
    if query.text:
        return _("Practices of comparable municipalities stand a little higher.")
    return _("Practices of comparable municipalities stand first.")
