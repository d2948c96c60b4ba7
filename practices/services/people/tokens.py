"""The secret of an invitation's link: signed, so that a tampered link is told from an old one."""

import hashlib
import secrets

from django.core.signing import BadSignature, Signer

SALT = "practices.people.invitation"
LENGTH = 32
"""Bytes of chance: nobody guesses one."""


def new_token() -> str:
    """A token that was never used before."""
    return secrets.token_urlsafe(LENGTH)


def signed(token: str) -> str:
    """The token as it stands in the link."""
    return Signer(salt=SALT).sign(token)


def unsigned(text: str) -> str | None:
    """The token of a link; None when the link was changed or cut off."""
    try:
        return Signer(salt=SALT).unsign(text)
    except BadSignature:
        return None


def hashed(token: str) -> str:
    """What is kept of a token; who reads the database can't make a link of it."""
    return hashlib.sha256(token.encode()).hexdigest()
