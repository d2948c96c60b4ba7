"""Cursors: where to go on in a list, in a form that only this site can make."""

from collections.abc import Sequence
from hashlib import sha256

from django.core.signing import BadSignature, Signer
from django.utils.translation import gettext as _

from practices.api.problems import RefusedError

LONGEST = 500
_signer = Signer(salt="practices.api.cursor")


def cursor(question: str, after: Sequence[int]) -> str:
    """A cursor for one question, that goes on after the last of these ids."""
    made: str = _signer.sign_object([_digest(question), *after])
    return made.replace(":", ".")


def after(question: str, cursor: str) -> list[int]:
    """The ids in a cursor; none for the first page.

    Raises `RefusedError` for a cursor that is not ours, or belongs to another question.
    """
    if not cursor:
        return []
    try:
        digest, *ids = _signer.unsign_object(cursor[:LONGEST].replace(".", ":"))
    except (BadSignature, ValueError):
        raise RefusedError(
            400, _("This cursor is not good. Use the address in “volgende” as it is.")
        ) from None
    if digest != _digest(question):
        raise RefusedError(
            400,
            _(
                "This cursor belongs to another question. Start again without cursor, or use the"
                " address in “volgende” as it is."
            ),
        )
    return [int(one) for one in ids]


def _digest(question: str) -> str:
    return sha256(question.encode()).hexdigest()[:12]
