import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.checks import CheckMessage, run_checks

from practices.wiring.host import EXAMPLE
from tests.documents.blocks import ROOT


def told(of: str) -> CheckMessage:
    [found] = [one for one in run_checks() if one.id == f"practices.{of}"]
    assert found.hint
    return found


def test_nothing_is_wrong_with_this_site() -> None:
    assert [
        one for one in run_checks() if str(one.id).startswith("practices.") and one.level > 20
    ] == []


@pytest.mark.parametrize(
    ("changed", "of"),
    [
        ({"WAGTAIL_FINISH_WORKFLOW_ACTION": ""}, "E005"),
        ({"WAGTAIL_WORKFLOW_REQUIRE_REAPPROVAL_ON_EDIT": False}, "E006"),
        ({"MIDDLEWARE": []}, "W001"),
        ({"WAGTAILDOCS_DOCUMENT_FORM_BASE": ""}, "W004"),
        ({"WAGTAILADMIN_BASE_URL": EXAMPLE}, "W002"),
        ({"WEGWIJZER": {"BASE_TEMPLATE": "ours.html"}}, "E008"),
    ],
)
def test_a_setting_that_the_plugin_depends_on_is_asked_for(
    settings: Any, changed: dict[str, Any], of: str
) -> None:
    for name, value in changed.items():
        setattr(settings, name, value)
    told(of)


def test_who_wants_no_allow_list_says_so(settings: Any) -> None:
    settings.MIDDLEWARE, settings.WEGWIJZER = [], {"ALLOW_LIST": False}
    assert [one for one in run_checks() if one.id == "practices.W001"] == []


@pytest.mark.parametrize(
    ("text", "is_fit"),
    [
        ("{% block content %}{% endblock %}", True),
        ("<main>{% block main %}{% endblock %}</main>", True),
        ('{% extends "base.html" %}{% block title %}x{% endblock %}', True),
        ("{% block body %}{% endblock %}", False),
    ],
)
def test_a_base_template_has_a_block_for_our_pages(
    settings: Any, tmp_path: Path, text: str, is_fit: bool
) -> None:
    (tmp_path / "ours.html").write_text(text)
    [engine] = settings.TEMPLATES
    settings.TEMPLATES = [engine | {"DIRS": [*engine["DIRS"], tmp_path]}]
    settings.WEGWIJZER = {"BASE_TEMPLATE": "ours.html"}
    assert [one.id for one in run_checks() if one.id == "practices.E009"] == (
        [] if is_fit else ["practices.E009"]
    )


@pytest.mark.parametrize(
    ("apps", "sentence"),
    [
        ("[*(a for a in INSTALLED_APPS if a != 'practices'), 'practices']", "(practices.E003)"),
        ("[a for a in INSTALLED_APPS if a != 'django_htmx']", "Add 'django_htmx' to INSTALLED_"),
        ("[a for a in INSTALLED_APPS if a != 'search']", "Add 'search' to INSTALLED_APPS, after"),
    ],
)
def test_the_apps_that_it_needs_are_asked_for(tmp_path: Path, apps: str, sentence: str) -> None:
    settings = f"from cms.settings.test import *\nINSTALLED_APPS = {apps}\n"
    (tmp_path / "host_settings.py").write_text(settings)
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "host_settings",
        "PYTHONPATH": f"{tmp_path}{os.pathsep}{ROOT}",
    }
    done = subprocess.run(
        [sys.executable, "-m", "django", "check"],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode
    assert sentence in done.stderr
