"""The plugin's own addresses; include them before Wagtail's."""

from django.urls import URLPattern

app_name = "practices"

urlpatterns: list[URLPattern] = []
