"""The id of a request: `django-guid` makes one, or takes it from a proxy that we trust."""

import re
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

HEADER = "HTTP_X_REQUEST_ID"
WELL_FORMED = re.compile(r"[0-9a-f]{32}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
"""A UUID, with hyphens or without: what nginx, Envoy and the clouds' balancers send."""


class ForgetStrangeIds:
    """Takes an `X-Request-ID` away that no proxy of ours sent, or that is no UUID.

    Whoever could choose ids freely could write what they want in the log, or hide behind the
    requests of somebody else.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Forget the header before anything reads it."""
        given = request.META.get(HEADER)
        if given and not (settings.TRUSTED_PROXIES and WELL_FORMED.fullmatch(given)):
            del request.META[HEADER]
        return self.get_response(request)
