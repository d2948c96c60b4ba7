from dataclasses import replace

from django.utils.safestring import mark_safe

from practices.frontend.search.results import result_of
from practices.selectors import Card, MunicipalityRef
from practices.templatetags.cards import cards
from practices.templatetags.facets import facets
from search.questions.facets import Option
from search.results.presenter import ShownFacet, ShownOption

CARD = Card(
    id=1,
    title="Training & gesprek",
    url="/gemeenten/gouda/training/",
    summary="",
    municipality=MunicipalityRef("0513", "Gouda", "/gemeenten/gouda/"),
    labels=["training"],
    period="2008",
    is_fictional=False,
)
ATTACK = '"><script>alert(1)</script>'


def test_a_card_shows_what_is_known_and_nothing_of_what_is_not() -> None:
    assert cards([CARD]) == (
        '<li class="card"><h3 class="card__title">'
        '<a href="/gemeenten/gouda/training/">Training &amp; gesprek</a></h3>'
        '<p class="card__meta"><a href="/gemeenten/gouda/">Gouda</a> <span>2008</span>'
        ' <span class="badge">training</span></p></li>'
    )


def test_a_page_of_a_municipality_does_not_repeat_its_name() -> None:
    assert "Gouda" not in cards([CARD], place=False)


def test_a_result_has_its_words_marked_and_the_passage_that_was_found() -> None:
    result = result_of(CARD, ("Een training in de wijk",), frozenset(["training", "wijk"]))
    html = cards([result])
    assert "<mark>Training</mark> &amp; gesprek</a>" in html
    assert '<p class="card__passage">Een <mark>training</mark> in de <mark>wijk</mark></p>' in html


def test_what_people_type_is_text() -> None:
    typed = replace(
        CARD,
        title=ATTACK,
        url=ATTACK,
        summary=ATTACK,
        municipality=MunicipalityRef(ATTACK, ATTACK, ATTACK),
        labels=[ATTACK],
        period=ATTACK,
        is_fictional=True,
    )
    result = result_of(typed, (ATTACK,), frozenset(["script"]))
    for html in (cards([typed]), cards([result])):
        assert "<script" not in html
        assert '""' not in html


def test_facets_without_options_are_left_out_and_the_first_three_are_open() -> None:
    def facet(name: str, *values: str, selected: tuple[str, ...] = ()) -> ShownFacet:
        def show(option: Option) -> ShownOption:
            return ShownOption(option.value, option.label, 1, False, str, "")

        offered = [Option(value, value) for value in values]
        return ShownFacet(name, name, "terms", True, selected, offered, show)

    many = [f"plaats-{number}" for number in range(12)]
    html = facets(
        [
            facet("leeg"),
            facet("vorm", "training"),
            facet("soort", "links"),
            facet("thema", "wijk"),
            facet("gemeente", *many),
            facet("werkvorm", "spel", selected=("spel",)),
        ],
        mark_safe("q=a&b=<"),
    )
    assert html.count("<details") == 5
    assert html.count('<details class="facet" open') == 3
    assert 'href="/praktijken/kies/gemeente/?q=a&amp;b=&lt;"' in html
    assert "plaats-9" in html
    assert "plaats-10" not in html
