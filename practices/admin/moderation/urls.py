"""The addresses of the review within the admin; practices/urls.py has the public one."""

from django.urls import URLPattern, path

from practices.admin.moderation import archive_views, views

urlpatterns: list[URLPattern] = [
    path("beoordelen/", views.queue, name="practices_queue"),
    path("beoordelen/<int:key>/", views.review, name="practices_review"),
    path("beoordelen/<int:key>/oppakken/", views.take, name="practices_review_take"),
    path("beoordelen/<int:key>/teruggeven/", views.give_back, name="practices_review_give_back"),
    path("praktijken/<int:page_id>/archiveren/", archive_views.retire, name="practices_retire"),
    path(
        "praktijken/<int:page_id>/terugzetten/",
        archive_views.bring_back,
        name="practices_bring_back",
    ),
]
