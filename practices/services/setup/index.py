"""The search indexes of this machine."""

from io import StringIO

from django.core.management import CommandError, call_command
from django.utils.translation import gettext as _

from practices.services.setup.steps import SetupError
from search.documents import registered
from search.engines import followers
from search.engines.base import Engine, EngineError
from search.indexing.outbox import backlog
from search.indexing.upkeep import is_outdated
from search.models import Follower


def build_index() -> list[str]:
    """Build the indexes that are not there or are another version's; deliver what waits.

    Raises `SetupError` where the search engine does not answer.
    """
    try:
        unfit = [
            engine.follower
            for index in registered()
            for engine in followers(index)
            if not _is_fit(engine) or backlog(index, engine.follower).pending
        ]
        if unfit:
            # How far it is, a bar says on stderr.
            call_command("search_rebuild", if_needed=True, stdout=StringIO())
    except (CommandError, EngineError) as error:
        raise SetupError(
            _(
                "The search engine does not answer: %(error)s. See to SEARCH_URL and run this "
                "again; all the rest has been done."
            )
            % {"error": str(error).rstrip(".")}
        ) from error
    return [_("Index %(name)s is up to date.") % {"name": name} for name in unfit]


def _is_fit(engine: Engine) -> bool:
    is_known = Follower.objects.filter(name=engine.follower, is_current=True).exists()
    return is_known and not is_outdated(engine)
