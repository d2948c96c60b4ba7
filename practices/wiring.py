"""Gives the models what stands above them: forms, presenters, previews, the conduct of a review."""

from typing import Any

from django.core.checks import CheckMessage, Error
from wagtail.admin.panels import CommentPanel
from wagtail.models import Page

from practices.admin.practice_form.forms import PracticeForm, SignpostForm
from practices.admin.practice_form.panels import practice_edit_handler
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
from practices.services.moderation import conduct


def give() -> None:
    """Give each model what it needs; called when the app is ready, and harmless if repeated."""
    PracticePage.base_form_class = PracticeForm
    # Without Wagtail's panel for schedules: a practice is public when it is approved.
    PracticePage.edit_handler = practice_edit_handler([*Page.promote_panels, CommentPanel()])
    SignpostPage.base_form_class = SignpostForm
    PracticePreviews.previewer = preview
    PracticePage.presenter = Presenter("practice", practice_view)
    MunicipalityPage.presenter = Presenter("municipality", municipality_view)
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
