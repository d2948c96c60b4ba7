"""Django's checks of the settings of this site."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Tags, Warning, register

SHORTEST_TOKEN = 32


@register(Tags.security, deploy=True)
def metrics_token_is_long(**kwargs: Any) -> list[CheckMessage]:
    """Nobody should be able to guess the token that opens the measurements."""
    if not settings.METRICS_TOKEN or len(settings.METRICS_TOKEN) >= SHORTEST_TOKEN:
        return []
    return [
        Warning(
            f"METRICS_TOKEN has fewer than {SHORTEST_TOKEN} characters.",
            hint="Make one with: openssl rand -hex 32",
            id="cms.W001",
        )
    ]
