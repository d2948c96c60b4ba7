"""Views of ours at addresses of Wagtail's admin; include them before Wagtail's own."""

from django.urls import URLPattern, path
from django.views.decorators.cache import never_cache

from practices.admin import choosers, passwords, sessions

urlpatterns: list[URLPattern] = [
    *choosers.urlpatterns,
    path("logout/", never_cache(sessions.LogoutView.as_view()), name="wagtailadmin_logout"),
    path(
        "password_reset/",
        never_cache(passwords.PasswordResetView.as_view()),
        name="wagtailadmin_password_reset",
    ),
    path(
        "password_reset/confirm/<uidb64>/<token>/",
        never_cache(passwords.PasswordResetConfirmView.as_view()),
        name="wagtailadmin_password_reset_confirm",
    ),
]
