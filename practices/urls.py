"""The plugin's own addresses; include them before Wagtail's."""

from django.urls import URLPattern, path

from practices.api.urls import urlpatterns as api_urls
from practices.frontend import confirming, contact, invitation
from practices.frontend import following as alert_views
from practices.frontend.blank_form import views as blank_form
from practices.frontend.comparable import views as comparable_views
from practices.frontend.comparison.views import comparison_page
from practices.frontend.everything import views as everything_views
from practices.frontend.lessons import views as lesson_views
from practices.frontend.pages import views
from practices.frontend.pdf import views as pdf_views
from practices.frontend.search import completion, export_views
from practices.frontend.search import views as search_views
from practices.models.practices import COMPARABLE as COMPARABLE_SLUG

app_name = "practices"

PRACTICE = "gemeenten/<slug:municipality>/<slug:practice>/"
FILE = PRACTICE.rstrip("/")

urlpatterns: list[URLPattern] = [
    path("praktijken/", search_views.search, name="search"),
    path("praktijken.json", search_views.search_json, name="search-json"),
    path("praktijken.csv", export_views.table, name="search-table"),
    path("praktijken.atom", export_views.feed, name="search-feed"),
    path("praktijken/kaart/", search_views.search_map, name="map"),
    path("praktijken/kies/<slug:facet>/", search_views.facet_options, name="facet"),
    path("aanvullen.json", completion.complete, name="completion"),
    path("gemeenten.json", completion.municipality_names, name="municipality-names"),
    path("praktijken/vergelijk/", comparison_page, name="compare"),
    path("praktijken/witte-vlekken/", search_views.gap_map, name="gaps"),
    path("lessen/", lesson_views.search, name="lessons"),
    path("lessen.json", lesson_views.search_json, name="lessons-json"),
    path("lessen/<str:reference>/", lesson_views.lesson, name="lesson"),
    path("lessen/kies/<slug:facet>/", lesson_views.facet_options, name="lesson-facet"),
    path("zoek/", everything_views.search, name="everything"),
    path("gemeenten/", views.municipalities, name="municipalities"),
    path("gemeenten/<slug:municipality>/", views.municipality, name="municipality"),
    # Before practices, none of which has this slug.
    path(
        f"gemeenten/<slug:municipality>/{COMPARABLE_SLUG}/",
        comparable_views.comparable,
        name="comparable",
    ),
    path(PRACTICE, views.practice, name="practice"),
    path(f"{PRACTICE}beeld.png", views.share_picture_of, name="share-picture"),
    path(f"{PRACTICE}contact/", contact.ask, name="contact"),
    path(f"{PRACTICE}contact/verstuurd/", contact.sent, name="contact-sent"),
    path(f"{FILE}.pdf", pdf_views.pdf, name="practice-pdf"),
    path(f"{FILE}.txt", pdf_views.plain, name="practice-text"),
    path(f"{FILE}.bib", pdf_views.bibtex, name="practice-bibtex"),
    path(f"{FILE}.csl.json", pdf_views.csl, name="practice-csl"),
    path("invulformulier/", blank_form.page, name="blank-form"),
    path("invulformulier.odt", blank_form.document, name="blank-form-document"),
    path("klopt-nog/<str:token>/", confirming.confirm, name="confirm"),
    path("uitnodiging/", invitation.invitation, name="invitation"),
    path("uitnodiging/<str:link>/", invitation.open_link, name="invitation-link"),
    path("volgen/", alert_views.follow, name="follow"),
    path("volgen/verstuurd/", alert_views.asked, name="follow-asked"),
    path("volgen/bevestig/<str:token>/", alert_views.confirm, name="follow-confirm"),
    path("volgen/stop/<str:token>/", alert_views.stop, name="follow-stop"),
    path("wegwijzers/", views.signposts, name="signposts"),
    path("wegwijzers/<slug:code>/", views.signpost, name="signpost"),
    *api_urls,
]
