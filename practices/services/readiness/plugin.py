"""What any site with the plugin needs: pages, registers, people and their review."""

from datetime import timedelta

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.models import Page, WorkflowPage

from practices.indexes.practices import PRACTICES
from practices.models import (
    Municipality,
    MunicipalityIndexPage,
    ReviewTask,
    SignpostIndexPage,
    Term,
)
from practices.models.roles import EDITORS
from practices.services.audit import chain
from practices.services.people.selectors import administrators, editors
from practices.services.readiness.questions import Answer, Question, lacking, ready
from search import clock
from search.indexing import meanings
from search.indexing.outbox import backlog
from search.meaning import model, vectors

SETUP = "manage.py setup"
LOOKED_AT = 500
"""Events, the newest: a question is answered within a second."""
PAGES: dict[str, type[Page]] = {
    "municipalities": MunicipalityIndexPage,
    "signposts": SignpostIndexPage,
}
"""The pages under which everything stands, by the name of the address that serves each."""
LONG = timedelta(hours=1)
"""Meanings are made within seconds; who waits so long waits for nobody."""


def tree() -> Answer:
    """The two lists are public, at the addresses that all links lead to."""
    for name, kind in PAGES.items():
        page = kind.objects.first()
        if page is None:
            return lacking(
                _("There is no page for “%(address)s”.") % {"address": _address(name)},
                _("Run: %(command)s") % {"command": SETUP},
            )
        if not page.live:
            return lacking(
                _("The page “%(title)s” is not public.") % {"title": page.title},
                _("Publish it in the admin, under Pages."),
            )
        if page.get_url() != _address(name):
            return lacking(
                _("The page “%(title)s” does not stand at %(address)s.")
                % {"title": page.title, "address": _address(name)},
                _("Move it right under the home page in the admin, under Pages."),
            )
    return ready(_("The lists of municipalities and WegWijzers are public."))


def _address(name: str) -> str:
    try:
        return reverse(f"practices:{name}")
    except NoReverseMatch:
        return f"/{name}/"


def registers() -> Answer:
    """There are terms to choose and municipalities to write for."""
    if Municipality.objects.exists() and Term.objects.exists():
        return ready(_("Vocabularies and municipalities are loaded."))
    return lacking(
        _("Vocabularies or municipalities are missing."),
        _("Run: %(command)s") % {"command": SETUP},
    )


def administrator() -> Answer:
    """Somebody invites editors."""
    if administrators().exists():
        return ready(_("Somebody administers the site."))
    return lacking(
        _("Nobody administers the site."),
        _("Run: %(command)s") % {"command": f"{SETUP} --admin name@example.org"},
    )


def two_editors() -> Answer:
    """Nobody approves the own work, so one editor is not enough."""
    count = editors().count()
    if count > 1:
        return ready(_("There are %(count)d editors.") % {"count": count})
    cure = _("An administrator invites editors in the admin, under Invitations.")
    if count:
        return lacking(
            _("There is one editor, who cannot approve the own work: a second is needed."), cure
        )
    return lacking(_("There are no editors: nobody can approve a practice."), cure)


def review() -> Answer:
    """What officials submit comes to the editors."""
    page = MunicipalityIndexPage.objects.first()
    bound = page and WorkflowPage.objects.filter(page=page, workflow__active=True).first()
    tasks = bound.workflow.tasks.filter(active=True) if bound else []
    reviews = [task.specific for task in tasks if isinstance(task.specific, ReviewTask)]
    if any(task.groups.filter(name=EDITORS).exists() for task in reviews):
        return ready(_("What officials submit is reviewed by the editors."))
    return lacking(
        _("The review by editors does not hold for the municipalities: nothing gets published."),
        _("Run: %(command)s") % {"command": SETUP},
    )


def events() -> Answer:
    """What was done lately stands as it was written; all of it is looked at each night."""
    if next(chain.problems(newest=LOOKED_AT), ""):
        return lacking(
            _("Somebody changed or removed what was written down of who did what."),
            _("Look in the log for “check events”: it names the first row that does not fit."),
        )
    return ready(_("What was written down of who did what is unchanged."))


def searching() -> Answer:
    """How is searched: a site may do without meaning, so words alone are well too."""
    if not model.name():
        return ready(
            _(
                "Searching goes by words alone: the package that knows what they mean is not "
                "installed on this server."
            )
        )
    waits = backlog(PRACTICES, meanings.Vectors(PRACTICES).follower)
    if waits.oldest and clock.now() - waits.oldest > LONG:
        return lacking(
            ngettext(
                "The meaning of %(count)d practice has been waiting to be made for over an hour.",
                "The meaning of %(count)d practices has been waiting to be made for over an hour.",
                waits.pending,
            )
            % {"count": waits.pending},
            _(
                "See to the log of the web server, or of the worker; then run: "
                "manage.py search_rebuild"
            ),
        )
    if not vectors.is_current(PRACTICES):
        return ready(
            _("Searching goes by words alone until the meaning of all practices has been made.")
        )
    return ready(_("Searching goes by words and by meaning."))


QUESTIONS = (
    Question("startpagina", gettext_lazy("Pages"), tree),
    Question("gegevens", gettext_lazy("Vocabularies and municipalities"), registers),
    Question("beheerder", gettext_lazy("Administrator"), administrator),
    Question("redactie", gettext_lazy("Editors"), two_editors),
    Question("beoordeling", gettext_lazy("Review"), review),
    Question("logboek", gettext_lazy("Who did what"), events),
    Question("zoeken", gettext_lazy("Search"), searching),
)
