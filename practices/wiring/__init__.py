"""Gives the models what stands above them, and registers jobs, checks and indexes."""

from typing import Any

from django.contrib.auth.signals import user_logged_in
from django.core import checks
from django.core.checks import CheckMessage, Error
from wagtail.admin.panels import CommentPanel
from wagtail.models import Page

from practices.admin import sessions
from practices.admin.exports import neutralise_exports
from practices.admin.files import look_at_avatars
from practices.admin.login import note_login
from practices.admin.practice_form.forms import PracticeForm, SignpostForm
from practices.admin.practice_form.panels import practice_edit_handler
from practices.admin.reach.forms import WithinReach
from practices.frontend.pages.municipalities import municipality_list, municipality_view
from practices.frontend.pages.practice import practice_view, preview
from practices.frontend.pages.signposts import signpost_list, signpost_view
from practices.models import (
    MunicipalityIndexPage,
    MunicipalityPage,
    PracticePage,
    ReviewTask,
    SignpostIndexPage,
    SignpostPage,
)
from practices.models.given import Given
from practices.models.presented import Presenter
from practices.models.previews import PracticePreviews
from practices.services.jobs import jobs
from practices.services.mails import courier
from practices.services.moderation import conduct
from practices.services.moderation import signals as review_signals
from practices.services.pdf import checks as pdf_checks  # noqa: F401 (registers it)
from practices.services.readiness import checks as readiness_checks  # noqa: F401 (registers it)
from practices.services.readiness import plugin as readiness
from practices.services.readiness.questions import register as register_questions
from practices.wiring import remembering
from practices.wiring.host import settings_fit
from search.running.jobs import register as register_jobs
from search.running.loops import register as register_loop


def register() -> None:
    """All that happens once, when the app is ready; harmless if repeated."""
    checks.register(all_is_given)
    checks.register(settings_fit)
    give()
    register_jobs(jobs)
    register_loop(courier.loop)
    register_questions(*readiness.QUESTIONS, are_first=True)
    review_signals.connect()
    user_logged_in.connect(note_login)
    user_logged_in.connect(sessions.note_login)
    remembering.connect()
    neutralise_exports()
    look_at_avatars()


def give() -> None:
    """Give each model what it needs."""
    PracticePage.base_form_class = PracticeForm
    # Without Wagtail's panel for schedules: a practice is public when it is approved.
    PracticePage.edit_handler = practice_edit_handler([*Page.promote_panels, CommentPanel()])
    SignpostPage.base_form_class = SignpostForm
    for model in (MunicipalityIndexPage, MunicipalityPage, SignpostIndexPage):
        model.base_form_class = WithinReach
    PracticePreviews.previewer = preview
    PracticePage.presenter = Presenter("practice", practice_view)
    MunicipalityPage.presenter = Presenter(
        "municipality", lambda page: municipality_view(page.municipality)
    )
    MunicipalityIndexPage.presenter = Presenter("municipalities", lambda _page: municipality_list())
    SignpostPage.presenter = Presenter("signpost", signpost_view)
    SignpostIndexPage.presenter = Presenter("signposts", lambda _page: signpost_list())
    ReviewTask.conduct = conduct


def all_is_given(**_kwargs: Any) -> list[CheckMessage]:
    """System check: nothing that a model needs was forgotten."""
    return [
        Error(
            f"{one.owner.__name__}.{one.name} was not given when `practices` was ready.",
            hint="Give it in practices.wiring.give.",
            obj=one.owner,
            id="practices.E001",
        )
        for one in Given.known
        if one.is_missing
    ]
