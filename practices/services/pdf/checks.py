"""What Django's check tells of a machine that cannot make PDFs; the site runs without."""

from importlib.util import find_spec
from typing import Any

from django.core.checks import CheckMessage, Info, register

from practices.services.pdf.typesetting import release


@register
def can_make_pdfs(**_options: Any) -> list[CheckMessage]:
    """An official should not have to find out that the link is missing.

    A site that has not installed the extra `pdf` wants none.
    """
    if release() or find_spec("weasyprint") is None:
        return []
    return [
        Info(
            "Practices are not offered as PDF: Pango is missing.",
            hint="Debian: apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0",
            id="practices.I001",
        )
    ]
