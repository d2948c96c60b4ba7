"""All addresses of the site; the public ones are Dutch and stay for ever."""

from django.conf import settings
from django.contrib.sitemaps.views import sitemap
from django.urls import include, path, re_path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from cms import views
from cms.addresses import ADMIN
from cms.health import views as health
from cms.metrics.views import metrics
from cms.pictures import picture
from cms.sitemaps import SITEMAPS, sitemap_index
from cms.style_page import style_page
from practices.frontend import files

urlpatterns = [
    path(ADMIN, include("practices.admin.overrides")),
    path(ADMIN, include(wagtailadmin_urls)),
    re_path(r"^documenten/(\d+)/(.*)$", files.serve),
    path("documenten/", include(wagtaildocs_urls)),
    path(f"{settings.MEDIA_URL.lstrip('/')}<path:name>", picture),
    path("robots.txt", views.robots),
    path(".well-known/security.txt", views.security_txt),
    path("opensearch.xml", views.opensearch),
    path("stijl/", style_page),
    path("sitemap.xml", sitemap_index),
    path("sitemap-<slug:section>.xml", sitemap, {"sitemaps": SITEMAPS}, name="sitemap"),
    path("gezondheid/levend", health.alive, name="health-alive"),
    path("gezondheid/klaar", health.ready, name="health-ready"),
    path("intern/metrics", metrics, name="metrics"),
    path("", include("practices.urls")),
    path("", include(wagtail_urls)),
]

handler500 = views.server_error
