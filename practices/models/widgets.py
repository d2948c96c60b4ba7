"""How terms are chosen in the admin: with their definitions, and without the retired ones."""

from typing import Any

from django import forms
from django.utils.html import format_html

from practices.models.terms import Term

Option = dict[str, Any]
OptionGroup = tuple[str | None, list[Option], int | None]


def term_of(option: Option) -> Term | None:
    """The term of an option; None for the empty option."""
    return getattr(option["value"], "instance", None)


class TermOptions(forms.widgets.ChoiceWidget):
    """Offers active terms, and the retired ones that are chosen already.

    A narrower term stands right after its broader one; other terms in the editors' order.
    """

    def optgroups(self, name: str, value: list[str], attrs: Any = None) -> list[OptionGroup]:
        groups = super().optgroups(name, value, attrs)
        terms = {term.pk: term for group in groups if (term := term_of(group[1][0]))}

        def place(group: OptionGroup) -> tuple[Any, ...]:
            term = term_of(group[1][0])
            if term is None:
                return (-1,)
            top = terms.get(term.parent_id or term.pk, term)
            return (top.position, top.pk, term is not top, term.position, term.label)

        return sorted((group for group in groups if self.is_offered(group[1][0])), key=place)

    @staticmethod
    def is_offered(option: Option) -> bool:
        """Whether the option is shown: always when it is chosen."""
        term = term_of(option)
        return term is None or term.is_active or option["selected"]


class TermCheckboxes(TermOptions, forms.CheckboxSelectMultiple):
    """Checkboxes, each with the definition of its term."""

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> Option:
        option: Option = super().create_option(name, value, *args, **kwargs)
        if term := term_of(option):
            option["label"] = format_html(
                '{}{} <span class="help">{}</span>',
                "— " if term.parent_id and term.parent_vocabulary == term.vocabulary else "",
                term.label,
                term.definition,
            )
        return option


class TermSelect(TermOptions, forms.Select):
    """A list to choose one term from."""
