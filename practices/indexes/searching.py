"""What every search of practices or lessons says and does, whoever asks."""

import logging

from django.utils.translation import gettext as _

from practices.addresses import SEARCH
from search.engines.base import EngineError, Reader
from search.questions.query import NEWEST, RELEVANCE
from search.results.presenter import Addresses
from search.throttle import Throttle

ADDRESSES = Addresses(SEARCH)
"""Of searches for practices."""

logger = logging.getLogger(__name__)
_lines = Throttle()


def sort_labels() -> dict[str, str]:
    """The orders of results, with their names."""
    return {
        RELEVANCE: _("Most relevant"),
        NEWEST: _("Newest on this site"),
        "jaar": _("Most recent year"),
        "gemeente": _("Municipality, A to Z"),
    }


def standby_notices(reader: Reader) -> list[str]:
    """What to say where the standby answered."""
    if not reader.is_standby:
        return []
    return [_("You see our spare search engine, as the usual one is away. Just search on.")]


def log_failure(error: EngineError) -> None:
    """Say that no engine could answer, once in a while."""
    if count := _lines.passes():
        logger.warning("No search is possible. Failures since the last line: %d. %s", count, error)
