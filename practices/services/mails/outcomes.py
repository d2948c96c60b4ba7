"""Who hears what came of a mail: by its kind, with its key."""

from collections.abc import Callable

Handler = Callable[[int], object]

_sent: dict[str, Handler] = {}
_given_up: dict[str, Handler] = {}


def when_sent(kind: str) -> Callable[[Handler], Handler]:
    """Call the function when a server took a mail of this kind, in the same transaction."""
    return _registering(_sent, kind)


def when_given_up(kind: str) -> Callable[[Handler], Handler]:
    """Call the function when a mail of this kind was given up, in the same transaction."""
    return _registering(_given_up, kind)


def tell_sent(kind: str, key: int | None) -> None:
    """A server took it."""
    _tell(_sent, kind, key)


def tell_given_up(kind: str, key: int | None) -> None:
    """No server will take it."""
    _tell(_given_up, kind, key)


def _registering(handlers: dict[str, Handler], kind: str) -> Callable[[Handler], Handler]:
    def register(handler: Handler) -> Handler:
        handlers[kind] = handler
        return handler

    return register


def _tell(handlers: dict[str, Handler], kind: str, key: int | None) -> None:
    if key is not None and kind in handlers:
        handlers[kind](key)
