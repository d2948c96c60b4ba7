"""What the browser posts for the form of a practice."""

from typing import Any

from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text

from practices.models import PracticePage

RELATIONS = ("trainers", "goal_outcomes", "lessons", "documents", "links", "comments")


def form_data(*, title: str, slug: str = "", **more: Any) -> dict[str, Any]:
    """A form with these fields, and rows where a relation is given a list; all else is empty.

    Terms are given as a list of primary keys.
    """
    rows = {name: inline_formset(more.pop(name, [])) for name in RELATIONS}
    chosen = {name: more.pop(name) for name, value in list(more.items()) if isinstance(value, list)}
    for name in ("approach", "evaluation"):
        more[name] = rich_text(more.get(name, ""))
    return nested_form_data({"title": title, "slug": slug, **rows, **more}) | chosen


def of_page(page: PracticePage, **more: Any) -> dict[str, Any]:
    """The form of a page with its own title and slug."""
    return form_data(**{"title": page.title, "slug": page.slug, **more})
