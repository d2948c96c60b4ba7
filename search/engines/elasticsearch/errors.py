"""What goes wrong with Elasticsearch, in our words: never an address, a name or what it sent."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from elastic_transport import ConnectionTimeout, SerializationError, TlsError, TransportError
from elasticsearch import ApiError, UnsupportedProductError

from search.engines.base import EngineError, IndexMissingError, UnfitError
from search.engines.elasticsearch.bulk import BUSY, BusyError

_TYPE = re.compile(r"[a-z_]{1,60}")
_OF_THE_CONNECTION = (
    (ConnectionTimeout, "Elasticsearch did not answer in time."),
    (TlsError, "Elasticsearch has a certificate that is not trusted."),
    (SerializationError, "What answers is no Elasticsearch, or its answer was cut off."),
    (TransportError, "Elasticsearch cannot be reached."),
)
_NONSENSE = "Elasticsearch answered something that cannot be understood."


class IncompleteError(EngineError):
    """A search failed, or saw only a part of the index; the next one may be whole."""


class MissingNowError(IncompleteError, IndexMissingError):
    """The index was not there, or went while it was searched."""


@contextmanager
def as_engine_errors() -> Iterator[None]:
    """Whatever goes wrong in here is an `EngineError`.

    Nothing is chained to it, as the errors of libraries tell hosts, and a log shows whole chains.
    """
    try:
        yield
    except EngineError:
        raise
    except UnsupportedProductError:
        raise EngineError("What answers is no Elasticsearch.") from None
    except ApiError as error:
        raise of_response(error.meta.status, error.body) from None
    except TransportError as error:
        raise EngineError(_told(error)) from None
    except (KeyError, IndexError, TypeError, ValueError, AttributeError, OSError):
        raise EngineError(_NONSENSE) from None


def of_response(status: object, body: Any) -> EngineError:
    """The error that a response, or a part of one, tells of."""
    kind = _kind(body)
    if kind == "index_not_found_exception":
        return IndexMissingError("There is no index in Elasticsearch.")
    if kind == "index_closed_exception":
        return UnfitError("The index in Elasticsearch is closed.")
    if status == 401 or (status == 403 and kind == "security_exception"):
        return EngineError("Elasticsearch does not let us in: see the user or key in SEARCH_URL.")
    message = f"Elasticsearch answered {status}{f' ({kind})' if kind else ''}."
    return BusyError(message) if status in BUSY else EngineError(message)


def check_complete(response: Any) -> None:
    """Raise an `IncompleteError` if a response to a search is an error or not the whole truth."""
    if "error" in response:
        error = of_response(response.get("status"), response)
        if isinstance(error, IndexMissingError):
            raise MissingNowError(*error.args)
        raise IncompleteError(*error.args)
    if response["timed_out"] or response["_shards"]["failed"]:
        raise IncompleteError("Elasticsearch searched only a part of the index.")
    if response["_shards"]["total"] > 1:
        # An index has one shard (`schema.SETTINGS`): the alias stands for several.
        raise IncompleteError("Elasticsearch searched more than the index.")


def _kind(body: Any) -> str:
    error = body.get("error") if isinstance(body, dict) else None
    kind = error.get("type") if isinstance(error, dict) else None
    return kind if isinstance(kind, str) and _TYPE.fullmatch(kind) else ""


def _told(error: TransportError) -> str:
    for kind, message in _OF_THE_CONNECTION:
        if isinstance(error, kind):
            return message
    return _NONSENSE
