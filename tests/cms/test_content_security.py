"""What pages may load and run; that nothing more is needed is shown by the journeys."""

import pytest
from django.test import Client

from tests.factories import SiteTree

POLICY = "Content-Security-Policy"


@pytest.mark.parametrize("address", ["/", "/praktijken/", "/api/v1/openapi.json", "/er-is-niets/"])
def test_an_answer_of_the_site_runs_nothing_within_it_and_asks_no_other_host(
    client: Client, site_tree: SiteTree, address: str
) -> None:
    policy = client.get(address)[POLICY]
    assert "default-src 'self';" in policy
    assert "unsafe" not in policy
    assert "://" not in policy


def test_the_admin_may_run_what_stands_in_its_pages(admin_client: Client) -> None:
    for address in ("/beheer/", "/beheer/login/"):
        policy = admin_client.get(address, follow=True)[POLICY]
        assert "script-src 'self' 'unsafe-inline';" in policy
        assert "object-src 'none';" in policy
        assert "://" not in policy


def test_no_page_can_be_framed_by_another_site(client: Client, site_tree: SiteTree) -> None:
    assert "frame-ancestors 'self'" in client.get("/")[POLICY]
