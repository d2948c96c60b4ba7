"""What Django tells at its start when the search is set up wrongly, or cannot be reached."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage, Error, Warning
from django.core.exceptions import ImproperlyConfigured

from search.documents import Index, registered
from search.engines import engine_for
from search.engines.base import EngineError, IndexMissingError, Request

_ANY = Index("any", weights={}, facets=(), orders={}, load=lambda _ids: (), ids=lambda: ())


def check_url() -> None:
    """Raise `ImproperlyConfigured` if `SEARCH_URL` is wrong, without asking the engine anything."""
    engine_for(_ANY)


def check_search(app_configs: Sequence[AppConfig] | None, **_options: Any) -> list[CheckMessage]:
    """A wrong `SEARCH_URL` is an error; an engine that is away is none, as sites start without."""
    for index in registered():
        try:
            engine_for(index).total(Request(limit=1))
        except ImproperlyConfigured as error:
            return [Error(str(error), id="search.E001")]
        except IndexMissingError:
            continue
        except EngineError as error:
            hint = "The site starts, and searches in its standby until the engine is there."
            return [Warning(str(error), hint=hint, id="search.W001")]
    return []
