"""The WSGI application; while it serves, it delivers changes to the search index."""

import os
from threading import Thread

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.base")

application = get_wsgi_application()

from cms.health.checks import known_migrations  # noqa: E402 (apps must be ready)
from search.running.startup import start_in_background  # noqa: E402 (apps must be ready)

start_in_background()

Thread(target=known_migrations, name="health-start", daemon=True).start()
