"""The searches that found nothing, as editors may read them."""

from django.db.models import Q, QuerySet

from practices.admin.figures.months import Period
from practices.models import UnansweredSearch


def unanswered(period: Period) -> "QuerySet[UnansweredSearch]":
    """What enough different visitors searched in vain, in a period for the last time; most first.

    A text that fewer visitors made is not in the database.
    """
    readable = ~Q(text="")
    within = Q(last_on__gte=period.first, last_on__lt=period.end.date())
    return UnansweredSearch.objects.filter(readable & within).order_by("-visitors", "text")
