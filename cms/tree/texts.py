"""The texts with which a new site begins."""

import tomllib
from pathlib import Path
from typing import Any

TEXTS = Path(__file__).parent / "pages.toml"


def texts() -> dict[str, Any]:
    """The home page under `home`, the editorial pages under `page`; keys are fields."""
    return tomllib.loads(TEXTS.read_text(encoding="utf-8"))
