"""The people of the review, who work with terms here."""

from collections.abc import Callable
from typing import Any

import pytest

from practices.models import Term, Vocabulary
from practices.services.vocabularies import merging
from tests.factories import TermFactory
from tests.practices.services.moderation.conftest import World, world

__all__ = ["world"]

Merge = Callable[[Term, Term], merging.Merged]


@pytest.fixture
def merge(world: World) -> Merge:
    """Merges the first term into the second, as the editor."""

    def merged(term: Term, into: Term) -> merging.Merged:
        return merging.merge(term=term.pk, into=into.pk, user=world["edith"])

    return merged


def term_of(slug: str, vocabulary: Vocabulary = Vocabulary.FORMAT, **fields: Any) -> Any:
    return TermFactory(slug=slug, vocabulary=vocabulary, **fields)
