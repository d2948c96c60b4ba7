"""Where files are given to workers, those that take long come first."""

from pathlib import Path

import pytest

from tests.running.collecting import collected

# Each starts pytest itself.
pytestmark = pytest.mark.slow

FILES = {
    "test_a.py": "",
    "test_b.py": "@pytest.mark.fault",
    "test_c.py": "@pytest.mark.browser",
    "test_d.py": "@pytest.mark.cluster",
    "test_e.py": "",
}


@pytest.mark.parametrize(
    ("options", "order"),
    [
        ((), "abcde"),
        (("--no-loadscope-reorder",), "dcbea"),
    ],
)
def test_files_that_take_long_come_first(
    tmp_path: Path, options: tuple[str, ...], order: str
) -> None:
    for name, marker in FILES.items():
        test = f"import pytest\ndef test_one(): pass\n{marker}\ndef test_two(): pass\n"
        (tmp_path / name).write_text(test)
    (tmp_path / "list.toml").write_text('"test_e.py::test_two" = "why"\n')
    markers = "\n  ".join(("", "fault", "browser", "cluster"))
    (tmp_path / "pytest.ini").write_text(
        f"[pytest]\nlong_tests = {tmp_path / 'list.toml'}\nmarkers = {markers}\n"
    )
    lines = collected(tmp_path, "order", *options)
    assert lines == [f"test_{one}.py::test_{name}" for one in order for name in ("one", "two")]
