"""Side effects of the plugin on the admin of a site, each of which its settings can switch off."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from practices.configuration import configuration

Hook = Callable[..., Any]


def switched(key: str) -> Callable[[Hook], Hook]:
    """A hook that acts only while this key of `WEGWIJZER` is true."""

    def switch(hook: Hook) -> Hook:
        @wraps(hook)
        def inside(*args: Any, **kwargs: Any) -> Any:
            return hook(*args, **kwargs) if getattr(configuration(), key.lower()) else None

        inside.switch = key  # type: ignore[attr-defined]
        return inside

    return switch
