"""The page of the figures, and each of its tables as a file."""

from collections.abc import Callable
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from wagtail.admin.auth import user_passes_test

from practices.admin.figures.blocks import BLOCKS, page_tables
from practices.admin.figures.months import Period, read_period
from practices.admin.figures.permissions import may_see_figures
from practices.admin.figures.plots import plots_of
from practices.admin.figures.tables import as_csv

FIRST, LAST = "van", "tot"

View = Callable[..., HttpResponse]


for_editors: Callable[[View], View] = user_passes_test(may_see_figures)
"""Refuses everybody else, as Wagtail refuses."""


@for_editors
@require_safe
@never_cache
def figures(request: HttpRequest) -> HttpResponse:
    """All tables of a period with their plots; `van` and `tot` are its months."""
    period, notice = _period(request)
    description = _("The table below has the same numbers.")
    question = urlencode({FIRST: f"{period.first:%Y-%m}", LAST: f"{period.last:%Y-%m}"})
    blocks = [
        {
            "table": table,
            # Made as XML, in which all texts are escaped.
            "plots": [
                plot._replace(svg=mark_safe(plot.svg))  # noqa: S308 (see above)
                for plot in plots_of(table, description)
            ],
            "file": f"{reverse('practices_figures_file', args=[table.name])}?{question}",
        }
        for table in page_tables(period)
    ]
    context = {
        "page_title": _("Figures"),
        "header_title": _("Figures"),
        "header_icon": "table",
        "period": period,
        "notice": notice,
        "blocks": blocks,
    }
    return render(request, "practices/admin/figures/page.html", context)


@for_editors
@require_safe
@never_cache
def figures_file(request: HttpRequest, table: str) -> HttpResponse:
    """One table as CSV, with all its rows."""
    if table not in BLOCKS:
        raise Http404
    period, _notice = _period(request)
    name = f"{table}-{period.first:%Y-%m}-{period.last:%Y-%m}.csv"
    return HttpResponse(
        as_csv(BLOCKS[table](period)),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _period(request: HttpRequest) -> tuple[Period, str]:
    first, last = (request.GET.get(name, "")[:20] for name in (FIRST, LAST))
    return read_period(first, last, timezone.localdate())
