"""What a page may load and run: nothing of any other host, and on the site no script within it."""

from typing import Any

from csp.constants import NONE, SELF, UNSAFE_INLINE
from csp.middleware import CSPMiddleware, PolicyParts
from django.http import HttpRequest, HttpResponseBase

from cms.addresses import ADMIN

# Wagtail writes scripts and styles into its pages, and shows a file while it is being uploaded. It
# puts no script into an attribute, where what somebody typed would most easily bring one.
IN_THE_ADMIN: dict[str, Any] = {
    "script-src": [SELF, UNSAFE_INLINE],
    "script-src-attr": [NONE],
    "style-src": [SELF, UNSAFE_INLINE],
    "img-src": [SELF, "data:", "blob:"],
}


class ContentSecurity(CSPMiddleware):
    """Sends the policy of the settings, a little wider with pages of the admin."""

    def get_policy_parts(
        self, request: HttpRequest, response: HttpResponseBase, report_only: bool = False
    ) -> PolicyParts:
        """Wider where an address begins as the admin's do."""
        parts = super().get_policy_parts(request, response, report_only)
        if not report_only and request.path_info.startswith(f"/{ADMIN}"):
            parts.replace = IN_THE_ADMIN
        return parts
