"""What the demo refuses: accounts with a known password in production, a site without registers."""

from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.core.management import CommandError, call_command

from cms.models import HomePage
from practices.models import PracticePage
from practices.services.reference.load import load_reference
from tests import filling


@pytest.fixture(autouse=True)
def bare(db: None) -> None:
    """A site as migrations leave it."""
    filling.empty()


def test_accounts_are_refused_in_production(db: None, settings: Any) -> None:
    settings.DEMO_ACCOUNTS_ALLOWED = False
    load_reference()
    with pytest.raises(CommandError) as refused:
        call_command("demo")
    assert refused.value.returncode == 1
    assert not User.objects.exists()
    assert not HomePage.objects.exists()


def test_the_pages_may_be_loaded_in_production(db: None, settings: Any) -> None:
    settings.DEMO_ACCOUNTS_ALLOWED = False
    load_reference()
    call_command("demo", without_accounts=True)
    assert not User.objects.exists()
    assert PracticePage.objects.live().exists()
    assert Group.objects.filter(name="Nuansa-redactie").exists()


def test_production_settings_do_not_allow_demo_accounts() -> None:
    text = Path("cms/settings/production.py").read_text()
    assert "DEMO_ACCOUNTS_ALLOWED = False" in text


def test_without_reference_data_the_command_says_what_to_do(db: None) -> None:
    with pytest.raises(CommandError, match=r"manage\.py reference"):
        call_command("demo")
