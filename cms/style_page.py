"""`/stijl/`: every component in every state, for who works on the templates; `STYLE_PAGE=true`."""

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from practices.frontend.pages.crumbs import municipality
from practices.frontend.pages.terms import LinkedTerm
from practices.frontend.search.own import Own, OwnChoice
from practices.selectors.cards import Card, MunicipalityRef
from search.questions.facets import Option
from search.results.presenter import ShownFacet, ShownOption

TOKENS = "practices/css/tokens.css"
_TOKEN = re.compile(r"(--[a-z0-9-]+): ([^;]+);")
GOUDA = MunicipalityRef("GM0513", "Gouda", "/gemeenten/gouda/")
CARD = Card(
    1, "Samen leren herkennen", "/stijl/", "Een training van twee dagdelen voor twaalf mensen.",
    GOUDA, ("Training", "Lunchbijeenkomst"), "2008–2009", is_fictional=False,
)  # fmt: skip


class ExampleForm(forms.Form):
    """A field of each kind."""

    name = forms.CharField(label="Uw naam", help_text="Zoals collega’s u kennen.")
    email = forms.EmailField(label="Uw e-mailadres")
    often = forms.ChoiceField(label="Hoe vaak?", choices=[("dag", "Per dag"), ("week", "Per week")])
    message = forms.CharField(label="Uw bericht", widget=forms.Textarea(attrs={"rows": 3}))


@require_safe
def style_page(request: HttpRequest) -> HttpResponse:
    """The page; a 404 where nobody works on the site."""
    if not settings.STYLE_PAGE:
        raise Http404
    return render(request, "cms/style.html", _examples())


def _examples() -> dict[str, Any]:
    fictional = replace(CARD, title="Een lange titel over deskundigheidsbevordering in de wijk")
    filled = ExampleForm({"name": "Kim", "email": "geen adres", "often": "dag"}, auto_id="fout_%s")
    return {
        "tokens": _tokens(),
        "crumbs": municipality("Gouda", "gouda"),
        "cards": [CARD, replace(fictional, is_fictional=True)],
        "facets": [_facet("vorm", "Vorm"), _facet("thema", "Thema", "preventie")],
        "own": OwnChoice(Own(typed="Gouwda"), near=(("Gouda", "/stijl/"),)),
        "sorts": [{"value": "nieuwste", "label": "Nieuwste", "selected": True}],
        "pagination": {
            "previous_url": "/stijl/", "next_url": "/stijl/",
            "pages": [
                {"number": 1, "url": "/stijl/"},
                {"number": 2, "url": "/stijl/", "current": True},
                None,
                {"number": 16, "url": "/stijl/"},
            ],
        },
        "form": ExampleForm(auto_id="leeg_%s"),
        "wrong": filled,
        "terms": [
            LinkedTerm("Jongerenwerk", "/stijl/", "Zij begeleiden jongeren in hun vrije tijd."),
            LinkedTerm("Onderwijs", ""),
        ],
        "documents": [{"title": "Draaiboek", "url": "/stijl/", "extension": "PDF", "size": 84_000}],
        "links": [{"title": "Een andere site", "url": "https://example.org/"}],
    }  # fmt: skip


def _tokens() -> list[tuple[str, str, str]]:
    """The colours: name, and value in the light and the dark scheme."""
    sheet = Path(str(finders.find(TOKENS))).read_text(encoding="utf-8")
    light, dark = (dict(_TOKEN.findall(part)) for part in sheet.split("@media", 1))
    return [(name, light[name], value) for name, value in dark.items()]


def _facet(name: str, label: str, *chosen: str) -> ShownFacet:
    def show(option: Option) -> ShownOption:
        is_chosen = option.value in chosen
        return ShownOption(option.value, option.label, 37, is_chosen, lambda _value: "/stijl/", "")

    offered = [Option("preventie", "Preventie"), Option("signaleren", "Signaleren")]
    return ShownFacet(name, label, "terms", False, chosen, offered, show)
