"""What every page needs of the site."""

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, str]:
    """The address under which the site is known, for canonical links; never the request's host."""
    return {"BASE_URL": settings.BASE_URL}
