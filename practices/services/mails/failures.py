"""What it means that a server did not take a mail."""

from smtplib import SMTPDataError, SMTPRecipientsRefused

FOR_GOOD = 500
"""From this code on it will never take it (RFC 5321, 4.2.1)."""


def is_refusal(error: BaseException) -> bool:
    """Whether the server will never take this mail, to this address.

    A server that lets nobody in, or will not have our own address, says so of every mail: that is
    mended by an operator, so the mails wait.
    """
    codes = _codes(error)
    return bool(codes) and min(codes) >= FOR_GOOD


def is_of_server(error: BaseException) -> bool:
    """Whether the server is away, or takes no mail at all, so that others need not be tried."""
    of_one_mail = isinstance(error, (SMTPRecipientsRefused, SMTPDataError))
    return isinstance(error, OSError) and not of_one_mail


def reason(error: BaseException) -> str:
    """A short word on it that names nobody: the code of the answer, or the kind of the error."""
    return " ".join([type(error).__name__, *map(str, sorted(_codes(error)))])[:60]


def _codes(error: BaseException) -> set[int]:
    if isinstance(error, SMTPRecipientsRefused):
        return {code for code, _text in error.recipients.values()}
    return {error.smtp_code} if isinstance(error, SMTPDataError) else set()
