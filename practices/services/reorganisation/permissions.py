"""Who may reorganise municipalities, and when: plain predicates for buttons and services alike."""

from datetime import date

from django.contrib.auth.models import AnonymousUser, User

from practices.models import Reorganisation, ReorganisationState
from practices.services.people.permissions import may_manage_people


def may_reorganise(user: User | AnonymousUser) -> bool:
    """Whether somebody prepares reorganisations, carries them out and undoes them."""
    return may_manage_people(user)


def may_change(row: Reorganisation) -> bool:
    """Whether it can be changed or withdrawn: as long as nothing was moved."""
    return row.state == ReorganisationState.PREPARED


def may_carry_out(row: Reorganisation, today: date) -> bool:
    """Whether its date has come."""
    return may_change(row) and row.takes_effect_on <= today


def may_settle(row: Reorganisation) -> bool:
    """Whether it can be made final or undone, as far as its state goes."""
    return row.state == ReorganisationState.CARRIED_OUT
