"""The README tells what is true of the files beside it."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text()
MAKEFILE = (ROOT / "Makefile").read_text()
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
TOP = "|".join(path.name for path in ROOT.iterdir() if path.is_dir() and path.name != "var")
TARGETS = set(re.findall(r"^([a-z-]+):.*## ", MAKEFILE, re.MULTILINE))


def section(title: str) -> str:
    return README.split(f"## {title}\n")[1].split("\n## ")[0]


def variables_that_are_read() -> set[str]:
    sources = [*(ROOT / "cms/settings").glob("*.py"), ROOT / "gunicorn.conf.py"]
    text = "\n".join(path.read_text() for path in sources)
    from_python = re.findall(r'\benv(?:iron)?\.\w+\(\s*"([A-Z_]+)"', text)
    from_make = re.findall(r"^(PORT|DATA_DIR|BASE_URL) \?=", MAKEFILE, re.MULTILINE)
    return {*from_python, *from_make}


def test_it_is_short() -> None:
    assert len(README.splitlines()) < 200


def test_its_table_has_every_variable_that_is_read_and_no_other() -> None:
    table = set(re.findall(r"^\| `([A-Z_]+)` \|", section("Environment"), re.MULTILINE))
    assert table == variables_that_are_read()


def test_every_make_command_in_it_exists() -> None:
    assert set(re.findall(r"(?:`|^)make ([a-z-]+)", README, re.MULTILINE)) <= TARGETS


def test_make_help_has_every_target() -> None:
    phony = re.search(r"^\.PHONY: ((?:.*\\\n)*.*)$", MAKEFILE, re.MULTILINE)
    assert phony
    assert set(phony.group(1).replace("\\", " ").split()) == TARGETS


def test_every_room_in_its_map_exists() -> None:
    rooms = re.findall(r"^\| `(\w+)/` \|", section("The rooms"), re.MULTILINE)
    assert [room for room in rooms if not (ROOT / room).is_dir()] == []


@pytest.mark.parametrize("document", ["README.md", "docs/architecture.md"])
def test_every_path_that_a_map_names_exists(document: str) -> None:
    text = re.sub(r"```.*?```", "", (ROOT / document).read_text(), flags=re.DOTALL)
    paths = set(re.findall(rf"`((?:{TOP})(?:/[\w.-]*)+)`", text))
    assert len(paths) > 20
    assert sorted(path for path in paths if not (ROOT / path).exists()) == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_to_files_lead_somewhere(document: Path) -> None:
    text = re.sub(r"`[^`]*`", "", document.read_text())
    links = [link for link in re.findall(r"\]\(([^)#]+)", text) if "://" not in link]
    is_template = document.name.startswith("0000")
    assert is_template or [link for link in links if not (document.parent / link).exists()] == []
