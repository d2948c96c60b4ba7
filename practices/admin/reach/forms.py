"""Forms of pages that take no id of what is not theirs to choose.

Whatever a browser sent is looked through before the form reads it, so that neither a field, nor a
preview, nor the form that comes back with errors tells anything of it: not even that it exists.
"""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm

from practices.admin.reach.sent import Sent, admitted, kept_by, of_own_rows
from practices.models.owners import municipality_of
from practices.services.people.reach import Reach

REFUSED = _(
    "You chose a file, picture or page that you cannot use here. It was left out. Choose another, "
    "or save the page without it."
)


class WithinReach(WagtailAdminPageForm):
    """Leaves out, before all else, what somebody may not point at; and says that it did."""

    def __init__(self, data: Sent = None, *args: Any, **kwargs: Any) -> None:
        self.has_refused = False
        if data is not None:
            page = kwargs.get("instance")
            reach = Reach(
                user=kwargs.get("for_user"),
                municipality=municipality_of(page) or municipality_of(kwargs.get("parent_page")),
                kept=kept_by(page, type(self)),
            )
            data = of_own_rows(data, type(self), page)
            data, self.has_refused = admitted(data, type(self), reach)
        super().__init__(data, *args, **kwargs)

    def clean(self) -> dict[str, Any]:
        """One sentence, the same for what exists and what does not."""
        cleaned: dict[str, Any] = super().clean()
        if self.has_refused:
            self.add_error(None, ValidationError(REFUSED, code="out_of_reach"))
        return cleaned
