"""What Wagtail's admin has more on this site."""

from cms.readiness import hooks  # noqa: F401 (registers them)
