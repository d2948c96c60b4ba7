"""Whether the texts with which a site begins have been filled in."""

from django.utils.translation import gettext as _

from cms.models import EditorialPage
from practices.services.readiness.questions import Answer, lacking, ready

BLANK = "["
"""With it begins what the organisation has to fill in."""


def filled_in() -> Answer:
    """No public page of text has something to fill in any more."""
    pages = EditorialPage.objects.live().filter(body__contains=BLANK)
    titles = list(pages.order_by("path").values_list("title", flat=True))
    if not titles:
        return ready(_("The pages of text have been filled in."))
    return lacking(
        _("These pages have text between [square brackets]: %(titles)s.")
        % {"titles": ", ".join(titles)},
        _("Fill it in, in the admin under Pages."),
    )
