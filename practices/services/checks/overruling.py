"""Writes of the checks; every one is safe to repeat."""

from django.contrib.auth.models import AnonymousUser, User
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from practices.models import Overrule, PracticePage
from practices.models.overrules import MAX_REASON
from practices.services.checks.contradictions import BY_CODE
from practices.services.checks.facts import Draft


def overrule(
    *, practice: PracticePage, draft: Draft, rule: str, reason: str, author: User | AnonymousUser
) -> Overrule:
    """Overrule a rule that fires for the practice as it is written now; again, the reason changes.

    Raises `ValidationError`, with a sentence for the author, without a reason, with one that is too
    long, or where the rule does not fire.
    """
    reason = " ".join(reason.split())
    if not reason:
        raise ValidationError(_("Write why this is right."))
    if len(reason) > MAX_REASON:
        raise ValidationError(
            _("Use at most %(max)d characters for the reason.") % {"max": MAX_REASON}
        )
    if rule not in BY_CODE or BY_CODE[rule].check(draft) is None:
        raise ValidationError(_("This point is no longer there."))
    values = {"reason": reason, "author": author, "made_at": timezone.now()}
    made, _is_new = Overrule.objects.update_or_create(
        practice_id=practice.pk, rule=rule, defaults=values
    )
    return made


def withdraw(*, practice: PracticePage, rule: str) -> None:
    """Take an overrule back, when there is one."""
    Overrule.objects.filter(practice_id=practice.pk, rule=rule).delete()
