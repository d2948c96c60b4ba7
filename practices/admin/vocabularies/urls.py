"""The addresses of the admin's screens about vocabularies."""

from django.urls import URLPattern, path

from practices.admin.vocabularies import views

app_name = "practices_vocabularies"

urlpatterns: list[URLPattern] = [
    path("termen/<int:pk>/samenvoegen/", views.merge, name="merge"),
    path("termen/volgorde/", views.vocabularies, name="vocabularies"),
    path("termen/volgorde/<slug:vocabulary>/", views.order, name="order"),
]
