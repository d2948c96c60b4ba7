"""The addresses of the figures, within the admin."""

from django.urls import URLPattern, path

from practices.admin.figures import views

urlpatterns: list[URLPattern] = [
    path("cijfers/", views.figures, name="practices_figures"),
    path("cijfers/<slug:table>.csv", views.figures_file, name="practices_figures_file"),
]
