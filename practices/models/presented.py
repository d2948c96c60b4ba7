"""Pages that show something made ready by a presenter."""

from collections.abc import Callable
from typing import Any, ClassVar, NamedTuple

from django.http import HttpRequest

from practices.addresses import site_address, site_name
from practices.configuration import configuration


def frame() -> dict[str, str]:
    """What every public page needs of the site: what it extends, its address and its name."""
    return {
        "base_template": configuration().base_template,
        "BASE_URL": site_address(),
        "SITE_NAME": site_name(),
    }


class Presenter(NamedTuple):
    """How a page is made ready to show: the name in its template, and what makes it."""

    name: str
    present: Callable[[Any], Any]


class Presented:
    """A page whose template gets what its presenter makes of it.

    A template tag would be too late: outside its blocks, nothing of a child template is rendered.
    """

    presenter: ClassVar[Presenter]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the page as visitors see it."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)  # type: ignore[misc]
        return {**context, **frame(), self.presenter.name: self.presenter.present(self)}
