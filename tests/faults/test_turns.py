"""Limits hold for all processes of a site together, not for each of them."""

import pytest

from practices.admin.guesses import BY_NETWORK_AND_ACCOUNT
from tests.faults.conftest import Site

pytestmark = pytest.mark.fault

GUESSES = """
import django; django.setup()
from django.contrib.auth import authenticate
from django.test import RequestFactory
request = RequestFactory().post("/beheer/login/")
for number in range({number}):
    authenticate(request, username="kim", password=f"verkeerd {{number}}")
print(hasattr(request, "too_many_guesses"))
"""


def test_guesses_at_a_password_are_counted_over_processes(embedded_site: Site) -> None:
    def guess(number: int) -> str:
        done = embedded_site.run("-c", GUESSES.format(number=number))
        assert done.returncode == 0, done.stderr[-2000:]
        return done.stdout.strip()

    half = BY_NETWORK_AND_ACCOUNT // 2
    assert [guess(half), guess(BY_NETWORK_AND_ACCOUNT - half), guess(1)] == [
        "False",
        "False",
        "True",
    ]
