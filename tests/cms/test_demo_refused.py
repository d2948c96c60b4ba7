"""What the demo refuses: accounts with a known password in production."""

from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command

from cms.models import HomePage
from tests import filling


@pytest.fixture(autouse=True)
def bare(db: None) -> None:
    """A site as migrations leave it."""
    filling.empty()


def test_accounts_are_refused_in_production(db: None, settings: Any) -> None:
    settings.DEMO_ACCOUNTS_ALLOWED = False
    with pytest.raises(CommandError, match=r"manage\.py setup --admin") as refused:
        call_command("demo")
    assert refused.value.returncode == 1
    assert not User.objects.exists()
    assert not HomePage.objects.exists()


def test_production_settings_do_not_allow_demo_accounts() -> None:
    text = Path("cms/settings/production.py").read_text()
    assert "DEMO_ACCOUNTS_ALLOWED = False" in text
