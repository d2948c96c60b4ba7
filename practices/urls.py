"""The plugin's own addresses; include them before Wagtail's."""

from django.urls import URLPattern, path

from practices import compare_views, completion, contact, search_views, views
from practices.alerts import views as alert_views
from practices.api.urls import urlpatterns as api_urls
from practices.checks import blank_form
from practices.exports import views as export_views
from practices.lessons import views as lesson_views
from practices.likeness import views as comparable_views
from practices.models.practices import COMPARABLE as COMPARABLE_SLUG
from practices.moderation import confirm_views
from practices.people import invitation_views
from practices.take_along import views as take_along_views

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
    path("praktijken/vergelijk/", compare_views.comparison_page, name="compare"),
    path("praktijken/witte-vlekken/", compare_views.gap_map, name="gaps"),
    path("lessen/", lesson_views.search, name="lessons"),
    path("lessen.json", lesson_views.search_json, name="lessons-json"),
    path("lessen/<str:reference>/", lesson_views.lesson, name="lesson"),
    path("lessen/kies/<slug:facet>/", lesson_views.facet_options, name="lesson-facet"),
    path("zoek/", search_views.code_search, name="code-search"),
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
    path(f"{FILE}.pdf", take_along_views.pdf, name="practice-pdf"),
    path(f"{FILE}.txt", take_along_views.plain, name="practice-text"),
    path(f"{FILE}.bib", take_along_views.bibtex, name="practice-bibtex"),
    path(f"{FILE}.csl.json", take_along_views.csl, name="practice-csl"),
    path("invulformulier/", blank_form.page, name="blank-form"),
    path("invulformulier.odt", blank_form.document, name="blank-form-document"),
    path("klopt-nog/<str:token>/", confirm_views.confirm, name="confirm"),
    path("uitnodiging/", invitation_views.invitation, name="invitation"),
    path("uitnodiging/<str:link>/", invitation_views.open_link, name="invitation-link"),
    path("volgen/", alert_views.follow, name="follow"),
    path("volgen/verstuurd/", alert_views.asked, name="follow-asked"),
    path("volgen/bevestig/<str:token>/", alert_views.confirm, name="follow-confirm"),
    path("volgen/stop/<str:token>/", alert_views.stop, name="follow-stop"),
    path("wegwijzers/", views.signposts, name="signposts"),
    path("wegwijzers/<slug:code>/", views.signpost, name="signpost"),
    *api_urls,
]
