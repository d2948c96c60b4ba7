"""The addresses of the API; like those of the site they stay for ever."""

from typing import Any
from urllib.parse import quote, urlencode

from practices.addresses import absolute
from practices.api import ROOT


def address(*parts: object, **query: str) -> str:
    """A whole address in the API, from the parts of its path and what it asks."""
    path = ROOT + "/".join(quote(str(part), safe="") for part in parts)
    return absolute(f"{path}?{urlencode(query)}" if query else path)


def practice_url(key: int) -> str:
    """A practice in the API."""
    return address("praktijken", key)


def practice_ref(key: int, title: str, path: str) -> dict[str, Any]:
    """A practice as it is named in other answers; the path is that of its page."""
    return {"id": key, "titel": title, "url": practice_url(key), "pagina": absolute(path)}


def municipality_ref(code: str, slug: str, name: str) -> dict[str, str]:
    """A municipality as it is named in other answers."""
    return {"code": code, "waarde": slug, "naam": name, "url": address("gemeenten", code)}
