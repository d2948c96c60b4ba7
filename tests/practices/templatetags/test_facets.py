import pytest
from django.utils import translation

from practices.templatetags.facets import facets, options
from search.questions.facets import Option
from search.results.presenter import ShownFacet, ShownOption


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


def test_each_option_has_its_meaning_below_it_and_in_its_description() -> None:
    html = options("vorm", [ShownOption("training", "Training", 1, False, str, "Twee dagdelen.")])
    assert 'value="training" aria-describedby="betekenis-vorm-training"' in html
    assert '<p class="option__meaning" id="betekenis-vorm-training">Twee dagdelen.</p>' in html


@pytest.mark.parametrize(("facet", "text"), [("vorm", "Wat betekent dit?"), ("stedelijkheid", "")])
def test_a_facet_leads_to_what_its_options_mean(facet: str, text: str) -> None:
    definition = "Twee dagdelen." if text else ""
    shown = ShownFacet(
        facet, facet, "terms", False, (), [Option("een", "Een", definition=definition)],
        lambda one: ShownOption(one.value, one.label, 1, False, str, one.definition),
    )  # fmt: skip
    with translation.override("nl"):
        html = facets([shown], "q=wijk&vorm=een")
    assert "option__meaning" not in html, "a search page has no room for all meanings"
    link = f'<a href="/praktijken/kies/{facet}/?q=wijk&amp;vorm=een">{text}'
    assert (link in html) is bool(text)
    assert ("/praktijken/kies/" in html) is bool(text)


def test_what_editors_type_is_text() -> None:
    unsafe = ShownOption('"><i>', "<script>", 1, False, str, "<script>")
    html = options('"><b>', [option('"><i>', "<script>"), unsafe])
    assert "<b>" not in html
    assert "<i>" not in html
    assert "<script>" not in html
