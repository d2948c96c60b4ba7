"""The addresses of the panel, within the admin."""

from django.urls import URLPattern, path

from practices.admin.practice_form import views

app_name = "practice_checks"

urlpatterns: list[URLPattern] = [
    path("<int:page_id>/controle/", views.report, name="report"),
    path("<int:page_id>/controle/reden/", views.overrule, name="overrule"),
]
