"""The addresses of what is considered, within the admin."""

from django.urls import URLPattern, path

from practices.admin.considerations import views

app_name = "practices_considering"

urlpatterns: list[URLPattern] = [
    path("overwegen/", views.considering, name="list"),
    path("overwegen/<int:pk>/intrekken/", views.withdraw, name="withdraw"),
    path("overwegen/antwoord/<int:pk>/", views.answer, name="answer"),
]
