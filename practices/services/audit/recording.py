"""Writes down what somebody did."""

import logging
from contextvars import ContextVar
from functools import partial
from ipaddress import IPv6Address, ip_address, ip_network
from typing import Any

from django.db import models, transaction
from wagtail.log_actions import get_active_log_context

from practices.limits import address_in
from practices.models.audit import Act, AuditEvent
from search import clock

IPV4, IPV6 = 24, 48
"""The bits of an address that are kept: the network of an organisation, not who sits there."""

logger = logging.getLogger("practices.security")

_environ: ContextVar[dict[str, Any] | None] = ContextVar("environ", default=None)


def record(
    act: Act, *, by: Any = None, on: models.Model | tuple[str, str] | None = None, **details: Any
) -> None:
    """Remember an act, in the transaction in which it is done: both come about, or neither.

    `by` is the account; without one, the account that Wagtail's admin works for. `on` is what it
    was done to, or its kind and key. `details` are few and hold no personal data. What is
    remembered is logged too, once it is certain.
    """
    by = by or get_active_log_context().user
    kind, key = (
        (on._meta.label_lower, str(on.pk)) if isinstance(on, models.Model) else on or ("", "")
    )
    event = AuditEvent.objects.create(
        at=clock.now(),
        act=act,
        by="" if by is None or by.pk is None else str(by.pk),
        kind=kind,
        key=key,
        network=network(),
        details=details,
    )
    transaction.on_commit(partial(_log, event))


def note_request(environ: dict[str, Any] | None = None, **_kwargs: Any) -> None:
    """Receiver of the signal that a request came: it tells from where, also where no view is."""
    _environ.set(environ)


def forget_request(**_kwargs: Any) -> None:
    """Receiver of the signal that a request is answered."""
    _environ.set(None)


def network() -> str:
    """From which network the running request came; empty where there is none."""
    environ = _environ.get()
    return "" if environ is None else shortened(address_in(environ))


def shortened(address: str) -> str:
    """The network of an address or of a network; what is neither stays."""
    host, _slash, _bits = address.partition("/")
    try:
        parsed = ip_address(host)
    except ValueError:
        return address
    bits = IPV6 if isinstance(parsed, IPv6Address) else IPV4
    return str(ip_network((parsed, bits), strict=False))


def _log(event: AuditEvent) -> None:
    logger.info(
        "%s",
        event,
        extra={
            "security": {
                "event": event.pk,
                "act": event.act,
                "by": event.by,
                "kind": event.kind,
                "key": event.key,
                "network": event.network,
                **event.details,
            }
        },
    )
