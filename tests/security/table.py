"""The checked-in table of all addresses: what each role gets there."""

from pathlib import Path

FILE = Path(__file__).parent / "urls.txt"
ROLES = ("visitor", "other", "public", "own", "editor", "admin")


def read() -> dict[str, dict[str, str]]:
    """By route: what each role gets, such as `ok`, `denied` or `404/ok`."""
    rows: dict[str, dict[str, str]] = {}
    for line in FILE.read_text().splitlines():
        if line and not line.startswith("#"):
            route, *words = line.split()
            rows["" if route == "(home)" else route] = dict(zip(ROLES, words, strict=True))
    return rows


def write(rows: dict[str, dict[str, str]]) -> None:
    """Write the rows under the heading that stands there; look at every change that it makes."""
    heading = [line for line in FILE.read_text().splitlines() if line.startswith("#")]
    width = max(len(route) for route in rows) + 2
    lines = [
        route.ljust(width) + " ".join(cells[role].ljust(8) for role in ROLES).rstrip()
        for route, cells in sorted(rows.items())
    ]
    FILE.write_text("\n".join([*heading, "", *lines]) + "\n")
