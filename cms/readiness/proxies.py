"""Whether the site knows its proxies, as seen from one request."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from practices.services.readiness.questions import Answer, Question, lacking, ready


def question(request: HttpRequest) -> Question:
    """Asked on a page only: nothing but a request tells what it came through."""
    return Question("proxy", gettext_lazy("Proxies"), lambda: _seen(request))


def _seen(request: HttpRequest) -> Answer:
    told = request.headers.get("X-Forwarded-For", "")
    passed = len([hop for hop in told.split(",") if hop.strip()])
    trusted: int = settings.TRUSTED_PROXIES
    facts = {"passed": passed, "trusted": trusted}
    if passed and not trusted:
        return lacking(
            _("This page came through a proxy, and TRUSTED_PROXIES is 0: all visitors seem one."),
            _("Set TRUSTED_PROXIES to the number of your own proxies, mostly 1."),
        )
    if passed < trusted:
        return lacking(
            _("TRUSTED_PROXIES is %(trusted)d, and this page came through %(passed)d.") % facts,
            _("Set TRUSTED_PROXIES right, and let each proxy add to X-Forwarded-For."),
        )
    return ready(_("TRUSTED_PROXIES is %(trusted)d, and that is how this page came.") % facts)
