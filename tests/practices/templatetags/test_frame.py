from django.test import RequestFactory
from django.utils import translation

from practices.templatetags.frame import described, site_footer, site_header


def header(path: str, *, own_search: bool = False) -> str:
    return site_header({"request": RequestFactory().get(path)}, own_search=own_search)


def test_the_menu_says_where_you_are() -> None:
    assert '<a href="/gemeenten/" aria-current="true">' in header("/gemeenten/gouda/")
    assert '<a href="/praktijken/" aria-current="true">' in header("/praktijken/")
    for elsewhere in (header("/"), header("/onbekend/"), site_header({})):
        assert "aria-current" not in elsewhere


def test_a_page_with_a_search_box_of_its_own_has_no_second_one() -> None:
    assert 'role="search"' in header("/gemeenten/")
    assert 'role="search"' not in header("/gemeenten/", own_search=True)


def test_head_and_foot_follow_the_language() -> None:
    with translation.override("nl"):
        dutch = header("/"), site_footer()
    with translation.override("en"):
        english = header("/"), site_footer()
    assert "Gemeenten" in dutch[0]
    assert "Municipalities" in english[0]
    assert "Toegankelijkheid" in dutch[1]
    assert "Accessibility" in english[1]


def test_a_description_is_plain_and_neither_too_short_nor_too_long() -> None:
    assert described("", "<h2>Kort</h2><p>Wat &amp; hoe</p>", "Daarna pas dit.") == (
        "Kort Wat & hoe Daarna pas dit."
    )
    first = "Een eerste tekst die lang genoeg is om op zichzelf te staan."
    assert described(first, "Een tweede.") == first
    cut = described("woord " * 60)
    assert len(cut) <= 200
    assert cut.endswith("woord …")
