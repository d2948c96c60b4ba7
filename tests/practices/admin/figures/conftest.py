"""A small history that was made up, with a plain list beside it to count by hand."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

import pytest

from practices.admin.figures.months import Period, read_period
from practices.models import HistoryEntry, PracticePage, ReviewTaskState
from practices.services.moderation.decision_forms import CHECKLIST
from tests.factories import MunicipalityPageFactory, PracticePageFactory
from tests.practices.services.moderation.conftest import World, review_of
from tests.practices.services.moderation.conftest import world as world

HERE = ZoneInfo("Europe/Amsterdam")
TODAY = datetime(2026, 11, 25, 12, tzinfo=HERE)
FORMATS = ("training", "bijeenkomst", "lesmodule")
TYPES = ("rechts", "links")
APPROVED, REJECTED = ReviewTaskState.STATUS_APPROVED, ReviewTaskState.STATUS_REJECTED


@dataclass(frozen=True)
class Submission:
    """One submission as it was written down."""

    started: datetime
    finished: datetime | None
    status: str
    checklist: dict[str, bool]
    text: str


@dataclass(frozen=True)
class Published:
    """One practice that was published."""

    municipality: str
    moment: datetime
    formats: tuple[str, ...]
    types: tuple[str, ...]


@dataclass
class History:
    """What happened in some fifteen months."""

    period: Period
    submissions: list[Submission] = field(default_factory=list)
    published: list[Published] = field(default_factory=list)
    updates: list[datetime] = field(default_factory=list)


def add_submission(world: World, pattern: ReviewTaskState, one: Submission) -> ReviewTaskState:
    row = ReviewTaskState.objects.create(
        workflow_state=pattern.workflow_state, task=pattern.task, revision=pattern.revision,
        status=one.status, checklist=one.checklist, comment=one.text, finished_at=one.finished,
    )  # fmt: skip
    ReviewTaskState.objects.filter(pk=row.pk).update(started_at=one.started)
    return row


@pytest.fixture
def history(world: World) -> History:
    """Forty submissions and fourteen practices; the seed makes it the same each time."""
    rng = Random(5)
    made = History(read_period("", "", TODAY.date())[0])
    pattern = review_of(world.submitted())
    ReviewTaskState.objects.filter(pk=pattern.pk).update(started_at=TODAY - timedelta(days=900))
    for number in range(40):
        started = TODAY - timedelta(hours=rng.randrange(15 * 30 * 24))
        status = rng.choice((APPROVED, REJECTED, REJECTED, ReviewTaskState.STATUS_CANCELLED, ""))
        one = Submission(
            started,
            started + timedelta(hours=rng.choice((2, 30, 100, 200, 400))) if status else None,
            status or ReviewTaskState.STATUS_IN_PROGRESS,
            {name: rng.random() < 0.6 for name in CHECKLIST} if status == REJECTED else {},
            f"Graag anders, nummer {number}.",
        )
        made.submissions.append(one)
        add_submission(world, pattern, one)
    places = [MunicipalityPageFactory(title=name) for name in ("Aalten", "Borne", "Ede")]
    for _ in range(14):
        made.published.append(_publish(rng, places))
    practice = PracticePage.objects.filter(live=True).first()
    for _ in range(9):
        moment = TODAY - timedelta(hours=rng.randrange(15 * 30 * 24))
        made.updates.append(moment)
        HistoryEntry.objects.create(page=practice, kind="updated", happened_at=moment)
        HistoryEntry.objects.create(page=practice, kind="confirmed", happened_at=moment)
    return made


def _publish(rng: Random, places: list[MunicipalityPageFactory]) -> Published:
    place = rng.choice(places)
    place.refresh_from_db()
    one = Published(
        place.municipality.shown_name,
        TODAY - timedelta(hours=rng.randrange(15 * 30 * 24)),
        tuple(rng.sample(FORMATS, rng.randrange(3))),
        tuple(rng.sample(TYPES, rng.randrange(3))),
    )
    PracticePageFactory(
        parent=place,
        first_published_at=one.moment,
        last_published_at=one.moment,
        terms={"formats": list(one.formats), "radicalisation_types": list(one.types)},
    )
    return one
