"""How logs are written: as text for people, or as JSON, one line for each event.

No personal data: no addresses of visitors, no query strings, no names; an e-mail address that an
error's text carries along is masked, and so is a link that lets somebody in. Free of Django,
because gunicorn reads it too.
"""

import logging
import re
from collections.abc import Mapping
from typing import Any

from pythonjsonlogger.json import JsonFormatter

FORMATS = ("text", "json")
LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")
_WORD = r"[^\s@<>()\[\]=:,;\"']"
# Bounded, so that a long text without spaces takes no long time.
EMAIL = re.compile(rf"{_WORD}{{1,64}}@{_WORD}{{1,255}}")
ID_HEADER = "{x-request-id}o"
"""gunicorn's name for the id of the request in the headers of the answer."""

ACCESS_TEXT = f"%(m)s %(U)s %(s)s %(M)s ms %({ID_HEADER})s"


SECRET_LINK = re.compile(
    r"(/uitnodiging/|/klopt-nog/|/volgen/(?:bevestig|stop)/|/password_reset/confirm/[^/\s]{1,40}/)"
    r"[^/\s\"']{1,200}"
)
"""Who has such a link gets in, or speaks for somebody."""


def masked(text: str) -> str:
    """The text without e-mail addresses, and without links that let somebody in."""
    text = SECRET_LINK.sub(r"\1[link]", text) if "/" in text else text
    return EMAIL.sub("[e-mail]", text) if "@" in text else text


def _masked(value: Any) -> Any:
    return masked(value) if isinstance(value, str) else value


class TextLines(logging.Formatter):
    """Lines for people, tracebacks below them."""

    def format(self, record: logging.LogRecord) -> str:
        """The event as text, masked."""
        return masked(super().format(record))


class JsonLines(JsonFormatter):
    """One JSON object a line; a traceback is one field of it.

    Only these fields, whatever a library adds to its events: Django adds the request itself, whose
    text has the query.
    """

    fields: tuple[str, ...] = (
        "level", "logger", "request_id", "message", "security", "exc_info",
    )  # fmt: skip

    def __init__(self) -> None:
        super().__init__(
            ["levelname", "name", "request_id", "message", "security", "exc_info"],
            rename_fields={"levelname": "level", "name": "logger"},
            timestamp=True,
            json_ensure_ascii=False,
        )

    def process_log_record(self, log_data: dict[str, Any]) -> dict[str, Any]:
        """The fields that are shown, without empty ones."""
        shown = super().process_log_record(log_data)
        kept = ("timestamp", *self.fields)
        return {name: _masked(shown[name]) for name in kept if shown.get(name) is not None}


class JsonAccessLines(JsonLines):
    """The access log: what was asked for, without query and without who asked."""

    fields = ("logger", "request_id", "method", "path", "status", "milliseconds")

    def add_fields(
        self, log_data: dict[str, Any], record: logging.LogRecord, message_dict: dict[str, Any]
    ) -> None:
        """Take the fields from the values that gunicorn gives."""
        super().add_fields(log_data, record, message_dict)
        atoms = record.args if isinstance(record.args, Mapping) else {}
        identity = str(atoms.get(ID_HEADER) or "-")
        log_data |= {
            "request_id": None if identity == "-" else identity,
            "method": atoms.get("m"),
            "path": atoms.get("U"),
            "status": int(str(atoms.get("s"))),
            "milliseconds": atoms.get("M"),
        }


def configuration(form: str, level: str) -> dict[str, Any]:
    """Python's logging for the site, in one of `FORMATS`."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {
            "id": {
                "()": "django_guid.log_filters.CorrelationId",
                "correlation_id_field": "request_id",
            }
        },
        "formatters": {
            "text": {"()": TextLines, "format": "%(levelname)s %(name)s: %(message)s"},
            "json": {"()": JsonLines},
        },
        "handlers": {
            "console": {"class": "logging.StreamHandler", "formatter": form, "filters": ["id"]}
        },
        "root": {"handlers": ["console"], "level": level},
        "loggers": {
            # They report every saved page, every task that went well, every request's id.
            **{name: {"level": "WARNING"} for name in ("wagtail", "django_tasks", "django_guid")},
            # It warns that it leaves out the body of each answer to HEAD, as it should.
            "gunicorn.http.wsgi": {"level": "ERROR"},
        },
    }


def gunicorn_configuration(form: str) -> dict[str, Any]:
    """The two logs of gunicorn itself; requests are logged as JSON only."""
    access = ["access"] if form == "json" else []
    return {
        **configuration(form, "INFO"),
        "formatters": {
            "text": {"()": TextLines, "format": "[%(process)d] %(levelname)s %(message)s"},
            "json": {"()": JsonLines},
            "access": {"()": JsonAccessLines},
        },
        "handlers": {
            "console": {"class": "logging.StreamHandler", "formatter": form},
            "access": {
                "class": "logging.StreamHandler",
                "formatter": "access",
                "stream": "ext://sys.stdout",
            },
        },
        "loggers": {
            "gunicorn.error": {"handlers": ["console"], "level": "INFO", "propagate": False},
            "gunicorn.access": {"handlers": access, "level": "INFO", "propagate": False},
        },
    }
