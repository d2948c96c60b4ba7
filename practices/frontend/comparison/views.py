"""The page with practices side by side."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from practices.frontend.comparison import asked
from practices.frontend.comparison.presenter import compare
from practices.frontend.rendering import render


@require_safe
def comparison_page(request: HttpRequest) -> HttpResponse:
    """Two to four practices side by side; with less, or with nonsense, how to choose them."""
    found = compare(asked.read(request.GET.getlist(asked.PARAMETER)))
    return render(request, "practices/frontend/comparison/page.html", {"comparison": found})
