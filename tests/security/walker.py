"""Somebody who asks for addresses, and what they got, in a form that can be compared."""

import re
from dataclasses import dataclass
from html import unescape
from typing import Any
from urllib.parse import quote, unquote

from django.contrib.auth.models import User
from django.contrib.messages.storage.cookie import CookieStorage
from django.http import HttpRequest
from django.test import Client

from tests.security.world import ABSENT

VOLATILE = re.compile(
    r"\b[A-Za-z0-9]{64}\b|(?<=/ping/wagtailcore/page/)\d+/\d+|(?<=/release/)\d+"
    r"|(?<=&quot;key&quot;: &quot;)\w{5}|(?<=Selecteer een geldige keuze. )\d+"
    r"|\d{1,2} [a-z]+ \d{4} \d\d:\d\d(?=</td>)"
    # Asked over a connection of its own, which may wait too long for that of the test.
    r'|"(?:wachtrij|mail|taken)": \{[^{}]*\}'
    r"|\d+(?:\s|\\u00a0)(?:seconden?|minuut|minuten|uur)\sgeleden|[Zz]ojuist\b"
)
"""What differs from one request to the next: tokens, keys, quoted choices, and how long ago.

In JSON a space that doesn't break a line is written with an escape.
"""
NOT_COMPARED = {
    "expires",
    "date",
    "last-modified",
    "etag",
    "content-length",
    "set-cookie",
    "location",
    "x-request-id",
}


@dataclass(frozen=True)
class Answer:
    """One response."""

    path: str
    status: int
    location: str
    text: str
    headers: str
    messages: str

    @property
    def word(self) -> str:
        """What it amounts to, as the table says it."""
        if self.status in (301, 302):
            if "/beheer/login/" in self.location or "/_util/login/" in self.location:
                return "login"
            return "denied" if self.location == "/beheer/" else "go"
        return "ok" if self.status == 200 else str(self.status)

    @property
    def everything(self) -> str:
        """All that reaches the browser, without what it sent itself."""
        seen = unquote(unescape(f"{self.text}{self.headers}{self.location}{self.messages}"))
        return seen.replace(unquote(self.path), "")

    def compared(self, *ids: object) -> tuple[int, str, str]:
        """What must be the same for another object; these ids are its own."""
        text = VOLATILE.sub("", f"{self.location}{self.text}")
        address, _mark, question = self.path.partition("?")
        for value in (address, *question.split("&"), *ids):
            for written in {str(value), unquote(str(value)), quote(str(value), safe="/")} - {""}:
                text = text.replace(written, "…")
        return self.status, text.replace(str(ABSENT), "…"), self.messages + self.headers


class Walker:
    """A browser of somebody, or of nobody."""

    def __init__(
        self,
        user: User | None = None,
        *,
        enforce_csrf_checks: bool = False,
        known: dict[str, Answer] | None = None,
    ) -> None:
        """With `known`, what was got before is not asked again, and what is got is kept there."""
        self.known = known
        self.client = Client(raise_request_exception=False, enforce_csrf_checks=enforce_csrf_checks)
        self.user = user
        self._log_in()

    def _log_in(self) -> None:
        if self.user is not None:
            self.client.force_login(self.user)

    def get(self, path: str, headers: dict[str, str] | None = None) -> Answer:
        """What is there."""
        if self.known is None or headers:
            return self._answer(path, self.client.get(path, headers=headers))
        if path not in self.known:
            self.known[path] = self._answer(path, self.client.get(path))
        return self.known[path]

    def head(self, path: str) -> Answer:
        """The same without a body."""
        return self._answer(path, self.client.head(path))

    def post(self, path: str, data: dict[str, Any] | None = None) -> Answer:
        """Send a form."""
        return self._answer(path, self.client.post(path, data or {}))

    def _answer(self, path: str, response: Any) -> Answer:
        body = response.getvalue() if response.streaming else response.content
        cookie = response.cookies.get("messages")
        # Messages wait for the next page; each answer shall have its own only.
        self.client.cookies.pop("messages", None)
        # A browser sends no cookie that it was told to forget; Django's client does.
        for name in [one for one, kept in self.client.cookies.items() if not kept.value]:
            del self.client.cookies[name]
        if "sessionid" not in self.client.cookies:
            # Who comes to the address of logging out is logged out, whatever the method.
            self._log_in()
        return Answer(
            path=path,
            status=response.status_code,
            location=response.get("Location", ""),
            text=body.decode("utf-8", "replace"),
            headers=str(
                {k: v for k, v in response.headers.items() if k.lower() not in NOT_COMPARED}
            ),
            messages=_messages(cookie.value) if cookie and cookie.value else "",
        )


def _messages(value: str) -> str:
    storage: Any = CookieStorage(HttpRequest())
    found = storage._decode(value) or []
    return " ".join(str(message) for message in found)
