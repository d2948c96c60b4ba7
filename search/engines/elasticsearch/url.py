"""Where Elasticsearch is, as `SEARCH_URL` says it, and the client that talks to it.

    https://user:password@host:9200,other:9200/prefix?ca=/path/of/ca.pem
    https://host:9200/prefix?api_key=…

Signs that mean something in an address (`@ / ? # % &`) are written as `%40` and so on, in a
password too. What is wrong is told without repeating any of it, as it may be a secret.
"""

import logging
import re
import ssl
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured
from elasticsearch import Elasticsearch, OrjsonSerializer
from elasticsearch.serializer import NdjsonSerializer

from search.engines.elasticsearch.calls import MAX_CONNECTIONS, CuttableNode, forget_after_fork

DEFAULT_PORT = 9200
DEFAULT_PREFIX = "wegwijzer"
PARAMETERS = ("api_key", "ca")

_HOST = re.compile(r"(\[[0-9a-fA-F:.]+\]|[A-Za-z0-9._-]+)(?::(\d{1,5}))?")
_PREFIX = re.compile(r"[a-z][a-z0-9_-]{0,59}")


@dataclass(frozen=True, slots=True)
class Servers:
    """The hosts of a cluster and how to get in."""

    hosts: tuple[str, ...]
    ca: str = ""
    user: str = field(default="", repr=False)
    password: str = field(default="", repr=False)
    api_key: str = field(default="", repr=False)


def parse(url: str) -> tuple[Servers, str]:
    """The servers and the prefix of the names of indexes.

    Raises `ImproperlyConfigured` with a sentence that says what is wrong.
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        raise _wrong("cannot be read as an address") from None
    if parts.scheme not in ("http", "https") or parts.fragment:
        raise _wrong("cannot be read; write % signs for @ / ? # in a password, as in %40")
    account, _at, hosts = parts.netloc.rpartition("@")
    user, _colon, password = (unquote(piece) for piece in account.partition(":"))
    given = _parameters(parts.query)
    servers = Servers(
        hosts=tuple(_hosts(parts.scheme, hosts)),
        ca=given.get("ca", ""),
        user=user,
        password=password,
        api_key=given.get("api_key", ""),
    )
    _check(servers, is_secure=parts.scheme == "https", has_account=bool(account))
    prefix = parts.path.strip("/") or DEFAULT_PREFIX
    if not _PREFIX.fullmatch(prefix):
        raise _wrong("has a prefix that is not a-z, then at most 59 of a-z, 0-9, - and _")
    return servers, prefix


def _wrong(problem: str) -> ImproperlyConfigured:
    return ImproperlyConfigured(f"SEARCH_URL {problem}.")


def _hosts(scheme: str, hosts: str) -> Iterator[str]:
    for host in hosts.split(","):
        match = _HOST.fullmatch(host)
        port = int(match[2] or DEFAULT_PORT) if match else 0
        if match is None or not 0 < port < 2**16:
            raise _wrong("has a host that is not a name or number, with or without a port")
        yield f"{scheme}://{match[1]}:{port}"


def _parameters(query: str) -> dict[str, str]:
    """Read by hand, as a plus sign in an API key is no space."""
    given: dict[str, str] = {}
    for pair in filter(None, query.split("&")):
        name, _equals, value = pair.partition("=")
        if name not in PARAMETERS or name in given or not value:
            raise _wrong(f"may have {' and '.join(PARAMETERS)} after its ?, once, with a value")
        given[name] = unquote(value)
    return given


def _check(servers: Servers, *, is_secure: bool, has_account: bool) -> None:
    if has_account and not (servers.user and servers.password):
        raise _wrong("has a user without a password, or a password without a user")
    if has_account and servers.api_key:
        raise _wrong("has both an API key and a user; one of them is enough")
    if servers.ca and not is_secure:
        raise _wrong("has a certificate authority (ca), but begins with http:")
    if servers.ca:
        _tls(servers.ca)


def _tls(ca: str) -> ssl.SSLContext:
    """Trust the authorities of a file, or those of this machine."""
    try:
        return ssl.create_default_context(cafile=ca or None)
    except OSError:  # ssl.SSLError is one
        raise _wrong("names a file (ca) that is not there or holds no certificates") from None


class _LinesSerializer(NdjsonSerializer, OrjsonSerializer):
    """Several questions in one request; the library writes these with the slower encoder."""


@cache
def client_of(servers: Servers) -> Elasticsearch:
    """One client for each process, with its connections kept open between searches.

    Without a connection the next host is tried, or the only one once more (it may have closed a
    connection that it thought idle); without an answer in time another host, if there is one.
    """
    # What fails is told by our own log, once a minute; the library's has a traceback each time.
    logging.getLogger("elastic_transport").setLevel(logging.CRITICAL)
    is_secure = servers.hosts[0].startswith("https:")
    return Elasticsearch(
        list(servers.hosts),
        node_class=CuttableNode,
        serializers={one.mimetype: one for one in (OrjsonSerializer(), _LinesSerializer())},
        ssl_context=_tls(servers.ca) if is_secure else None,
        basic_auth=(servers.user, servers.password) if servers.user else None,
        api_key=servers.api_key or None,
        connections_per_node=MAX_CONNECTIONS,
        max_retries=max(1, len(servers.hosts) - 1),
        retry_on_timeout=len(servers.hosts) > 1,
        retry_on_status=(),
    )


@cache
def client_with(servers: Servers, tenths: int) -> Elasticsearch:
    """The client with a timeout, in tenths of a second so that they are few: each takes 1 ms."""
    return client_of(servers).options(request_timeout=tenths / 10)


forget_after_fork(client_of.cache_clear)
forget_after_fork(client_with.cache_clear)
