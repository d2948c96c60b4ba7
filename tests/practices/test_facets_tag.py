from django.utils import translation

from practices.templatetags.facets import options
from search.presenter import ShownOption


def option(value: str, label: str, count: int = 1, **more: object) -> ShownOption:
    return ShownOption(value, label, count, bool(more.pop("selected", False)), "", "", **more)  # type: ignore[arg-type]


def test_options_are_checkboxes_with_counts_and_narrower_options() -> None:
    child = option("wijk", "Wijk", selected=True)
    with translation.override("nl"):
        html = options("doelgroep", [option("netwerken", "Netwerken", 1234, children=(child,))])
    assert html == (
        '<ul class="options"><li><label class="option">'
        '<input type="checkbox" name="doelgroep" value="netwerken">'
        ' <span class="option__label">Netwerken</span> <span class="count">1.234</span></label>'
        '<ul class="options"><li><label class="option">'
        '<input type="checkbox" name="doelgroep" value="wijk" checked>'
        ' <span class="option__label">Wijk</span> <span class="count">1</span></label></li></ul>'
        "</li></ul>"
    )


def test_what_editors_type_is_text() -> None:
    html = options('"><b>', [option('"><i>', "<script>")])
    assert "<b>" not in html
    assert "<i>" not in html
    assert "<script>" not in html
