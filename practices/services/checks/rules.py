"""The rules by which facts of a practice contradict each other: pure, each with its sentence.

Source of the two forms (WW0109): a meeting takes one to four hours, may be large, and informs; a
training takes two or more dayparts, with a small group, and practises behaviour. A rule gives its
sentence when it fires, and None when all is well.
"""

from decimal import Decimal

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from practices.services.checks.facts import HOURS_OF_A_DAYPART, Draft

TRAININGS = frozenset({"training", "verdiepingstraining"})
MEETINGS = frozenset({"informatiebijeenkomst", "deskundigheidsbevordering"})
PRACTISING = frozenset({"casuistiek", "rollenspel", "acteurs", "feedback", "intervisie"})
SKILLS = frozenset(
    {
        "informatie-delen-en-samenwerken",
        "praktisch-omgaan",
        "voedingsbodem-verminderen",
        "deradicaliseren",
    }
)
"""Of the twelve goals those that say what somebody does; the others say what they know or see.

Recognising signals and telling provocation from radicalisation are no skills here: the fact sheet
has meetings that inform for these too.
"""

SHORTEST_TRAINING = 2 * HOURS_OF_A_DAYPART
SHORTEST_MEETING, LONGEST_MEETING = 1, 4
LARGEST_TRAINING = 20
MANY_GOALS, SHORT_FOR_GOALS = 6, Decimal("1.5")
"""Half of the twelve goals, in the hour and a half of which the fact sheet says it is too short."""
MANY_TARGET_GROUPS = 4


def short_training(draft: Draft) -> str | None:
    """A training of less than two dayparts, all meetings together."""
    if not draft.formats & TRAININGS or draft.hours is None or draft.hours >= SHORTEST_TRAINING:
        return None
    if draft.meetings is None:
        return _(
            "A training takes at least two dayparts, about eight hours. This one takes %(hours)s "
            "hours in one meeting. Are there more meetings? Or was it a meeting that informs?"
        ) % {"hours": _number(draft.hours)}
    return _(
        "A training takes at least two dayparts, about eight hours. This one takes %(hours)s hours "
        "in total. Is the length right? Or was it a meeting that informs?"
    ) % {"hours": _number(draft.hours)}


def large_training(draft: Draft) -> str | None:
    """A training for more people than can practise together."""
    if not draft.formats & TRAININGS or draft.formats & MEETINGS:
        return None  # with a meeting beside it, the large group may be that of the meeting
    if draft.group_size is None or draft.group_size <= LARGEST_TRAINING:
        return None
    return _(
        "In a training a small group practises, for instance 12 people. Here the group has "
        "%(size)d. Is that the number of people who took part in all? Fill that in under Results."
    ) % {"size": draft.group_size}


def training_without_practice(draft: Draft) -> str | None:
    """A training in which nobody practises."""
    if not draft.formats & TRAININGS or draft.formats & MEETINGS:
        return None
    if not draft.working_methods or draft.working_methods & PRACTISING:
        return None
    return _(
        "In a training participants practise, for instance with cases, role play or feedback. "
        "You chose no such working method."
    )


def long_meeting(draft: Draft) -> str | None:
    """A meeting that informs, of more than four hours."""
    hours = draft.hours_of_a_meeting
    if not _only_meetings(draft) or hours is None or hours <= LONGEST_MEETING:
        return None
    return _(
        "A meeting that informs takes one to four hours. This one takes %(hours)s hours. Is the "
        "length that of one meeting? Or was it a training?"
    ) % {"hours": _number(hours)}


def short_meeting(draft: Draft) -> str | None:
    """A meeting that informs, of less than an hour."""
    hours = draft.hours_of_a_meeting
    if not _only_meetings(draft) or hours is None or hours >= SHORTEST_MEETING:
        return None
    return _("A meeting that informs takes one to four hours. This one is shorter than an hour.")


def skills_by_presentation(draft: Draft) -> str | None:
    """Goals that ask for practice, and nothing but presentations."""
    skills = [goal for goal in draft.goals if goal.slug in SKILLS]
    if not skills or draft.working_methods != {"presentatie"}:
        return None
    return _(
        "You chose a learning goal about what participants do. They hardly learn that from a "
        "presentation alone. Did they practise too? Choose those working methods as well."
    )


def many_goals_in_short_time(draft: Draft) -> str | None:
    """More goals than fit in an hour and a half."""
    if draft.hours is None or draft.hours > SHORT_FOR_GOALS or len(draft.goals) < MANY_GOALS:
        return None
    return _(
        "You chose %(count)d learning goals for %(hours)s hours. Not everything fits in one short "
        "meeting. Keep the goals that it was really about."
    ) % {"count": len(draft.goals), "hours": _number(draft.hours)}


def reached_without_measure(draft: Draft) -> str | None:
    """A goal that was reached, without a word on how that was measured."""
    if all(goal.measure for goal in draft.goals if goal.reached == "ja"):
        return None
    return _("A learning goal was reached. Write with it how you measured that.")


def measured_and_not_measured(draft: Draft) -> str | None:
    """A measure, and the answer that nothing was measured."""
    if not any(goal.measure for goal in draft.goals if goal.reached == "niet_gemeten"):
        return None
    return _(
        "With a learning goal you describe how it was measured, and choose “not measured”. Which "
        "of the two is right?"
    )


def finished_in_future(draft: Draft) -> str | None:
    """Finished or stopped, in a year to come."""
    years = [year for year in (draft.start_year, draft.end_year) if year is not None]
    if draft.status not in {"afgerond", "gestopt"} or not years:
        return None
    if max(years) <= draft.this_year:
        return None
    return _(
        "The status says that the practice has ended, but %(year)d is still to come. Which of the "
        "two is right?"
    ) % {"year": max(years)}


def running_after_end(draft: Draft) -> str | None:
    """Running, with an end year that has passed."""
    if draft.status != "lopend" or draft.end_year is None or draft.end_year >= draft.this_year:
        return None
    return _(
        "The status says that the practice is running, but it ended in %(year)d. Which of the two "
        "is right?"
    ) % {"year": draft.end_year}


def running_and_ended(draft: Draft) -> str | None:
    """Still running, with the status that it has ended."""
    if not draft.is_running or draft.status not in {"afgerond", "gestopt"}:
        return None
    return _(
        "The status says that the practice has ended, but under Period it is still running. Which "
        "of the two is right?"
    )


def actors_without_actor(draft: Draft) -> str | None:
    """Actors took part, and no trainer is one.

    Role play alone says nothing: participants play it themselves (definition of the term).
    """
    if "acteurs" not in draft.working_methods or not draft.expertises:
        return None
    if "acteur" in draft.expertises:
        return None
    return _(
        "You worked with actors, but no trainer has the expertise “actor”. Add the actors to the "
        "trainer mix."
    )


def one_profession_many_groups(draft: Draft) -> str | None:
    """A group of one profession, for many target groups."""
    if draft.compositions != {"homogeen"} or len(draft.target_groups) < MANY_TARGET_GROUPS:
        return None
    return _(
        "The group consisted of one profession, but you chose %(count)d target groups. Was the "
        "group mixed?"
    ) % {"count": len(draft.target_groups)}


def fewer_reached_than_group(draft: Draft) -> str | None:
    """Fewer people in all than at once."""
    if draft.participants_reached is None or draft.group_size is None:
        return None
    if draft.participants_reached >= draft.group_size:
        return None
    return _(
        "You reached %(reached)d participants, but there were %(size)d in the group at once. Which "
        "of the two is right?"
    ) % {"reached": draft.participants_reached, "size": draft.group_size}


def group_behind_screens(draft: Draft) -> str | None:
    """A group size where everybody learns alone."""
    if draft.formats != {"e-learning"} or draft.group_size is None:
        return None
    return _(
        "With e-learning there is mostly no group that learns at once. Is the group size the "
        "number of participants reached? Fill that in under Results."
    )


def _only_meetings(draft: Draft) -> bool:
    return bool(draft.formats) and draft.formats <= MEETINGS


def _number(value: Decimal) -> str:
    return number_format(value.normalize() if value % 1 else value.quantize(Decimal(1)))
