"""What in a practice points at persons: names, addresses, numbers, very small groups.

A pointer for the author and the editor, never a block; a person who knows the place may recognise
more than a program can.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from practices.services.checks.facts import Draft
from practices.services.checks.people_in_text import Kind, Span, find

SMALL_GROUP = 5
"""Fewer people than this can be recognised."""

SENTENCES: Mapping[Kind, str | Promise] = MappingProxyType(
    {
        Kind.PERSON: gettext_lazy(
            "This looks like the name of a person. Write the function instead, for instance “a "
            "youth worker”."
        ),
        Kind.ADDRESS: gettext_lazy(
            "This looks like an address. Name the neighbourhood or nothing."
        ),
        Kind.POSTCODE: gettext_lazy("This looks like a postcode. Leave it out."),
        Kind.PHONE: gettext_lazy(
            "This looks like a telephone number. Visitors reach you through the contact form."
        ),
        Kind.EMAIL: gettext_lazy(
            "This is an e-mail address. Visitors reach you through the contact form."
        ),
        Kind.BSN: gettext_lazy("This looks like a citizen service number (BSN). Remove it."),
        Kind.SMALL_GROUP: gettext_lazy(
            "So few people can be recognised. Write it more generally, for instance “some youths”."
        ),
    }
)


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that points at persons: in which field or list, its place there, and what to do.

    `text` is what was found; of a number in a field of its own it is that number.
    """

    field: str
    kind: Kind
    start: int
    end: int
    text: str
    sentence: str


def spans(text: str) -> tuple[Span, ...]:
    """What points at persons in one text."""
    return find(text)


def findings(draft: Draft) -> tuple[Finding, ...]:
    """What points at persons in a practice, in the order of its passages."""
    return tuple(_findings(draft))


def _findings(draft: Draft) -> Iterator[Finding]:
    for passage in draft.passages:
        for span in find(passage.text):
            yield Finding(
                passage.field, span.kind, span.start, span.end, span.text, str(SENTENCES[span.kind])
            )
    numbers = (
        ("group_size", draft.group_size),
        ("participants_reached", draft.participants_reached),
    )
    for field, number in numbers:
        if number is not None and number < SMALL_GROUP:
            sentence = _("A group of fewer than five people can be recognised. Leave it empty.")
            yield Finding(field, Kind.SMALL_GROUP, 0, len(str(number)), str(number), sentence)
