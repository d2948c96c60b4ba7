"""The WSGI application; what an earlier process left undelivered is delivered at its start."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.base")

application = get_wsgi_application()

from search.startup import catch_up_in_background  # noqa: E402 (apps must be ready)

catch_up_in_background()
