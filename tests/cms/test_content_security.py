"""What pages may load and run; that nothing more is needed is shown by the journeys."""

from typing import Any

import pytest
from django.test import Client

from tests.factories import SiteTree

POLICY = "Content-Security-Policy"


def policy_of(response: Any) -> list[str]:
    """The directives, whose order changes from process to process."""
    sent: str = response[POLICY]
    assert "://" not in sent
    return sent.split("; ")


@pytest.mark.parametrize("address", ["/", "/praktijken/", "/api/v1/openapi.json", "/er-is-niets/"])
def test_an_answer_of_the_site_runs_nothing_within_it_and_asks_no_other_host(
    client: Client, site_tree: SiteTree, address: str
) -> None:
    policy = policy_of(client.get(address))
    assert "default-src 'self'" in policy
    assert not any("unsafe" in directive for directive in policy)


def test_the_admin_may_run_what_stands_in_its_pages(admin_client: Client) -> None:
    for address in ("/beheer/", "/beheer/login/"):
        policy = policy_of(admin_client.get(address, follow=True))
        assert "script-src 'self' 'unsafe-inline'" in policy
        assert "object-src 'none'" in policy


def test_no_page_can_be_framed_by_another_site(client: Client, site_tree: SiteTree) -> None:
    assert "frame-ancestors 'self'" in policy_of(client.get("/"))
