"""What holds for every file of the house."""

import re
import subprocess
from pathlib import Path

import pytest
import yaml
from django.template.loader import get_template

ROOT = Path(__file__).resolve().parents[2]
DECISIONS = sorted((ROOT / "docs/decisions").glob("*.md"))
TEMPLATE_FOLDERS = [ROOT / "templates", *ROOT.glob("*/templates")]


def files(*suffixes: str) -> list[Path]:
    """The project's own files with these suffixes, without generated ones and other people's."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    ).stdout.splitlines()  # fmt: skip
    return [
        ROOT / name
        for name in listed
        if name.endswith(suffixes) and "/migrations/" not in name and "/vendor/" not in name
    ]


def templates() -> list[str]:
    return sorted(
        {
            str(path.relative_to(folder))
            for folder in TEMPLATE_FOLDERS
            for path in folder.rglob("*.html")
        }
    )


def test_no_file_is_too_long_to_read() -> None:
    lengths = {path: path.read_text().count("\n") for path in files(".py", ".html", ".css", ".js")}
    assert {path for path, length in lengths.items() if length > 500} == set()


@pytest.mark.parametrize("name", templates())
def test_every_template_compiles(name: str) -> None:
    get_template(name)


def test_templates_lie_in_their_package_in_folders_named_as_its_rooms() -> None:
    top = {path.name for path in (ROOT / "templates").iterdir()}
    assert {name for name in top if not re.match(r"(base|\d{3}(_csrf)?)\.html$", name)} == set()
    rooms = {path.name for path in (ROOT / "practices/templates/practices").iterdir()}
    assert rooms == {"admin", "api", "base.html", "components", "frontend", "services"}


def test_templates_of_the_plugin_name_nothing_of_the_site() -> None:
    ours = [path for path in files(".html", ".txt") if "/practices/templates/" in str(path)]
    assert [path for path in ours if re.search(r"[\"\s]cms/|\bcms\b", path.read_text())] == []


def test_decisions_are_numbered_once() -> None:
    numbers = [path.name[:4] for path in DECISIONS]
    assert all(number.isdigit() for number in numbers)
    assert len(set(numbers)) == len(numbers)


@pytest.mark.parametrize("path", DECISIONS, ids=lambda path: path.stem)
def test_a_decision_has_its_parts(path: Path) -> None:
    text = path.read_text()
    assert re.match(rf"# {path.name[:4]} \S", text)
    assert [
        part
        for part in ("Status: ", "\n## Context\n", "\n## Decision\n", "\n## Consequences\n")
        if part not in text
    ] == []


def test_catalogues_of_public_software_can_read_what_this_is() -> None:
    card = yaml.safe_load((ROOT / "publiccode.yml").read_text())
    mandatory = {
        "publiccodeYmlVersion", "name", "url", "platforms", "categories", "developmentStatus",
        "softwareType", "description", "legal", "maintenance", "localisation",
    }  # fmt: skip
    assert mandatory <= set(card)
    assert set(card["description"]) == {"nl", "en"}
    for text in card["description"].values():
        assert len(text["shortDescription"]) <= 150
        assert 150 <= len(text["longDescription"]) <= 10_000
        assert text["features"]
