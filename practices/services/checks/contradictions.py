"""The registry of contradictions: which rules there are, and what they say of a practice.

A rule warns and never blocks: the author may overrule it with a reason, which the editor sees.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from practices.services.checks import rules
from practices.services.checks.facts import Draft


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: its code never changes, for overrules hang on it; `label` names it in reports.

    `field` is where the author mends it. `check` gives the sentence, or nothing when all is well.
    """

    code: str
    label: str | Promise
    field: str
    check: Callable[[Draft], str | None]


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A rule that fired: its code, the field to look at, and the sentence for the author."""

    code: str
    field: str
    sentence: str


RULES = (
    Rule("training-te-kort", _("Short training"), "duration", rules.short_training),
    Rule("training-te-groot", _("Large training"), "group_size", rules.large_training),
    Rule(
        "training-zonder-oefenen",
        _("Training without practice"),
        "working_methods",
        rules.training_without_practice,
    ),
    Rule("bijeenkomst-te-lang", _("Long meeting"), "duration", rules.long_meeting),
    Rule("bijeenkomst-te-kort", _("Short meeting"), "duration", rules.short_meeting),
    Rule(
        "vaardigheid-alleen-presentatie",
        _("Skills by presentation only"),
        "working_methods",
        rules.skills_by_presentation,
    ),
    Rule(
        "veel-leerdoelen",
        _("Many learning goals in a short time"),
        "goal_outcomes",
        rules.many_goals_in_short_time,
    ),
    Rule(
        "behaald-zonder-meting",
        _("Reached without a measure"),
        "goal_outcomes",
        rules.reached_without_measure,
    ),
    Rule(
        "meting-niet-gemeten",
        _("Measured and not measured"),
        "goal_outcomes",
        rules.measured_and_not_measured,
    ),
    Rule(
        "afgelopen-in-toekomst",
        _("Ended in a year to come"),
        "status",
        rules.finished_in_future,
    ),
    Rule("lopend-na-eindjaar", _("Running after its end"), "status", rules.running_after_end),
    Rule("lopend-en-afgelopen", _("Running and ended"), "status", rules.running_and_ended),
    Rule(
        "acteurs-zonder-acteur",
        _("Actors without an actor"),
        "trainers",
        rules.actors_without_actor,
    ),
    Rule(
        "homogeen-veel-doelgroepen",
        _("One profession, many target groups"),
        "compositions",
        rules.one_profession_many_groups,
    ),
    Rule(
        "bereik-kleiner-dan-groep",
        _("Fewer reached than in the group"),
        "participants_reached",
        rules.fewer_reached_than_group,
    ),
    Rule(
        "e-learning-met-groep",
        _("E-learning with a group"),
        "group_size",
        rules.group_behind_screens,
    ),
)
"""All rules, in the order in which they are shown; a new rule is a function and a line here."""

BY_CODE: Mapping[str, Rule] = MappingProxyType({rule.code: rule for rule in RULES})


def contradictions(draft: Draft) -> tuple[Contradiction, ...]:
    """What contradicts itself, in the order of the rules."""
    found = ((rule, rule.check(draft)) for rule in RULES)
    return tuple(
        Contradiction(rule.code, rule.field, sentence) for rule, sentence in found if sentence
    )
