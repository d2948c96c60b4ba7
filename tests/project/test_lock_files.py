"""The lock files hold what pyproject.toml asks for, and nothing of the machine that made them."""

import re
import tomllib
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
LOCKS = ("requirements.txt", "requirements-dev.txt", "requirements-services.txt")


def pins(lock: str) -> dict[str, str]:
    """The locked version of each package, or versions where they differ by platform."""
    found: dict[str, str] = {}
    for name, version in re.findall(r"^([\w.-]+)==(\S+)", (ROOT / lock).read_text(), re.MULTILINE):
        found[name] = f"{found[name]} {version}" if name in found else version
    return found


def project() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text())


def unmet(wanted: list[str], lock: str) -> list[str]:
    locked = pins(lock)
    requirements = [Requirement(line) for line in wanted]
    return [
        str(requirement)
        for requirement in requirements
        if not requirement.specifier.contains(locked.get(canonicalize_name(requirement.name), "0"))
    ]


def test_what_a_site_needs_is_locked() -> None:
    extras = project()["project"]["optional-dependencies"].values()
    needed = project()["project"]["dependencies"] + list(chain.from_iterable(extras))
    assert unmet(needed + project()["dependency-groups"]["site"], "requirements.txt") == []


def test_what_tests_need_is_locked() -> None:
    assert unmet(project()["dependency-groups"]["dev"], "requirements-dev.txt") == []


def test_what_services_need_is_locked() -> None:
    assert unmet(project()["dependency-groups"]["services"], "requirements-services.txt") == []


def test_tests_run_on_the_versions_of_a_site() -> None:
    assert pins("requirements.txt").items() <= pins("requirements-dev.txt").items()


@pytest.mark.parametrize("lock", LOCKS)
def test_every_package_has_hashes(lock: str) -> None:
    packages = re.split(r"\n(?=[\w.-]+==)", (ROOT / lock).read_text())[1:]
    assert packages
    assert [package for package in packages if "--hash=sha256:" not in package] == []


@pytest.mark.parametrize("lock", LOCKS)
def test_no_address_of_a_package_index_is_in_it(lock: str) -> None:
    assert not re.search(r"://|--(?:extra-)?index-url|--find-links", (ROOT / lock).read_text())
