"""The addresses of the admin's screens of the reorganisations."""

from django.urls import URLPattern, path

from practices.admin.reorganisation import views

app_name = "practices_reorganisation"

urlpatterns: list[URLPattern] = [
    path("herindelingen/", views.reorganisation_list, name="list"),
    path("herindelingen/nieuw/", views.prepare, name="prepare"),
    path("herindelingen/<int:pk>/", views.show, name="show"),
    path("herindelingen/<int:pk>/wijzigen/", views.change, name="change"),
    path("herindelingen/<int:pk>/intrekken/", views.withdraw, name="withdraw"),
    path("herindelingen/<int:pk>/uitvoeren/", views.carry_out, name="carry_out"),
    path("herindelingen/<int:pk>/definitief/", views.confirm, name="confirm"),
    path("herindelingen/<int:pk>/ongedaan/", views.undo, name="undo"),
]
