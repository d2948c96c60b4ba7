"""The sessions of a person: how long they last, which there are, and how all of them end.

A session knows when it began and was last used; whoever asks who somebody is, asks whether it goes
on. Wagtail's box “stay logged in” decides only whether the browser forgets it when it is closed.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.models import User
from django.contrib.sessions.models import Session

from practices.models import Act
from practices.models.roles import is_editor
from practices.services.audit.recording import network, record
from search import clock

BEGAN, SEEN, NETWORK = "began", "seen", "network"
"""What a session knows of itself: two moments in ISO form, and from where it began."""
NOTED_AFTER = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Ends:
    """When a session ends: so long after the last thing done, and after it began."""

    idle: timedelta
    longest: timedelta


OF_OFFICIALS = Ends(idle=timedelta(hours=8), longest=timedelta(days=7))
"""A working day, and a working week: who writes now and then logs in once."""
OF_EDITORS = Ends(idle=timedelta(hours=1), longest=timedelta(hours=12))
"""They see everybody's drafts (NIST 800-63B, AAL2: twelve hours)."""


@dataclass(frozen=True, slots=True)
class OwnSession:
    """One browser in which somebody is logged in."""

    began: datetime | None
    seen: datetime | None
    network: str
    is_this: bool


def begin(session: Any) -> None:
    """Note that a session began now, and from where."""
    session[BEGAN] = session[SEEN] = clock.now().isoformat()
    session[NETWORK] = network()


def goes_on(session: Any, user: User, *, is_work: bool) -> bool:
    """Whether a session is not over; that it was used is written at most once a minute.

    One that began before this was kept begins now.
    """
    if BEGAN not in session:
        begin(session)
        return True
    now = clock.now()
    if _is_over(session, _ends_of(user), now):
        return False
    if is_work and now - datetime.fromisoformat(session[SEEN]) >= NOTED_AFTER:
        session[SEEN] = now.isoformat()
    return True


def own_sessions(person: User, key: str | None) -> list[OwnSession]:
    """Where somebody is logged in, the one used last first; `key` is that of this browser."""
    found = [
        OwnSession(_moment(data, BEGAN), _moment(data, SEEN), data.get(NETWORK, ""), row_key == key)
        for row_key, data in _of(person)
    ]
    return sorted(found, key=lambda one: (one.is_this, str(one.seen)), reverse=True)


def end_sessions(*, person: User, by: User | None = None, but: str | None = None) -> int:
    """Log somebody out everywhere, but in one browser; in how many."""
    keys = [key for key, _data in _of(person) if key != but]
    Session.objects.filter(session_key__in=keys).delete()
    record(Act.LOGGED_OUT_EVERYWHERE, by=by, on=person, sessions=len(keys))
    return len(keys)


def _of(person: User) -> Iterator[tuple[str, dict[str, Any]]]:
    """The sessions of somebody. Only its own text says whose one is, so all are read; rarely."""
    account = str(person.pk)
    now, ends = clock.now(), _ends_of(person)
    for session in Session.objects.filter(expire_date__gt=now).iterator():
        data = session.get_decoded()
        if data.get("_auth_user_id") == account and not _is_over(data, ends, now):
            yield session.session_key, data


def _is_over(data: Mapping[str, Any], ends: Ends, now: datetime) -> bool:
    began, seen = _moment(data, BEGAN), _moment(data, SEEN)
    if began is None or seen is None:
        return False
    return now > seen + ends.idle or now > began + ends.longest


def _moment(data: Mapping[str, Any], name: str) -> datetime | None:
    return datetime.fromisoformat(data[name]) if name in data else None


def _ends_of(user: User) -> Ends:
    return OF_EDITORS if is_editor(user) else OF_OFFICIALS
