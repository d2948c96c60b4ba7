"""Who considers, withdraws and answers: the officials of the municipality, and nobody else."""

from django.contrib.auth.models import AnonymousUser, User

from practices.models import Consideration, IntroductionAnswer
from practices.services.considerations.selectors import of_official
from practices.services.people.permissions import is_official


def may_consider(user: User | AnonymousUser) -> bool:
    """Whether somebody considers things for a municipality; an editor does not, nor looks on."""
    return user.is_active and is_official(user)


def may_withdraw(user: User, consideration: Consideration) -> bool:
    """Whether a consideration is of one of the own municipalities."""
    return may_consider(user) and of_official(user).filter(pk=consideration.pk).exists()


def may_answer(user: User, answer: IntroductionAnswer) -> bool:
    """Whether a question was put to one of the own municipalities."""
    return may_withdraw(user, answer.consideration)
