from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client, override_settings

COMPONENTS = Path(settings.BASE_DIR) / "practices/templates/practices/components"
IN_THE_FRAME = {"userbar.html"}
OF_REGISTERS = {"municipalities.html", "signposts.html"}
"""Those that need a municipality or a WegWijzer of the site itself."""


def test_a_site_that_nobody_works_on_has_no_style_page(client: Client, db: None) -> None:
    assert client.get("/stijl/").status_code == 404


@pytest.mark.django_db
@override_settings(STYLE_PAGE=True)
def test_the_style_page_shows_every_component(client: Client) -> None:
    response = client.get("/stijl/")
    shown = {one.name.rpartition("/")[2] for one in response.templates if one.name}
    components = {path.name for path in COMPONENTS.glob("*.html")}
    assert components - IN_THE_FRAME - OF_REGISTERS <= shown
    for state in ("button--quiet", "disabled", "field--error", "aria-current", "badge--warning"):
        assert state in response.content.decode(), state
