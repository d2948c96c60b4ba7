"""The addresses of the admin's screens about people."""

from django.urls import URLPattern, path

from practices.admin.people import views

app_name = "practices_people"

urlpatterns: list[URLPattern] = [
    path("uitnodigingen/", views.invitation_list, name="invitations"),
    path("uitnodigingen/nieuw/", views.invite, name="invite"),
    path("uitnodigingen/<int:pk>/intrekken/", views.withdraw, name="withdraw"),
    path("uitnodigingen/<int:pk>/opnieuw/", views.send_again, name="send_again"),
    path("ambtenaren/", views.officials, name="officials"),
    path("ambtenaren/<int:pk>/uitzetten/", views.deactivate, name="deactivate"),
    path("ambtenaren/<int:pk>/aanzetten/", views.reactivate, name="reactivate"),
    path("ambtenaren/<int:pk>/gemeenten/", views.municipalities, name="municipalities"),
    path("nieuwe-praktijk/", views.new_practice, name="new_practice"),
]
