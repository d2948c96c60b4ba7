"""Writes the pictures that README and manuals show: `make screenshots`.

Serves the site as `make run` does, on a free port, and photographs it with Chromium.
"""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "docs" / "screenshots"
CHROMIUMS = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update",
)  # fmt: skip

# file name → address, width, height in CSS pixels
PICTURES = {
    "zoeken": ("/praktijken/?q=jongerenwerkers&doelgroep=eerstelijn", 1280, 900),
}


@contextmanager
def served() -> Iterator[str]:
    """The address at which the site is served, for as long as the block lasts."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        bind = f"127.0.0.1:{free.getsockname()[1]}"
    command = [sys.executable, "-m", "gunicorn", "cms.wsgi", "--bind", bind, "--log-level", "error"]
    server = subprocess.Popen(command, cwd=ROOT, env={**os.environ, "BASE_URL": f"http://{bind}"})
    try:
        wait_for(f"http://{bind}/", server)
        yield f"http://{bind}"
    finally:
        server.terminate()
        server.wait()


def wait_for(address: str, server: "subprocess.Popen[bytes]", seconds: float = 30) -> None:
    """Returns as soon as the address answers; raises `TimeoutError` if it never does."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline and server.poll() is None:
        try:
            urlopen(address, timeout=seconds).close()  # noqa: S310 (http, our own server)
        except URLError:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError(f"{address} does not answer.")


def photograph(browser: Browser, site: str) -> None:
    """Writes every picture to its file."""
    for name, (address, width, height) in PICTURES.items():
        page = browser.new_page(viewport={"width": width, "height": height}, locale="nl-NL")
        answer = page.goto(site + address)
        if answer is None or not answer.ok:
            raise RuntimeError(f"{address} answers {answer and answer.status}.")
        page.screenshot(path=FOLDER / f"{name}.png")
        page.close()
        print(f"docs/screenshots/{name}.png")


def chromium() -> str:
    """The program of the browser; ends the process where there is none."""
    executable = next(filter(None, map(shutil.which, CHROMIUMS)), None)
    if executable is None:
        sys.exit("Chromium is needed: apt install chromium")
    return executable


def main() -> None:
    """Takes all pictures, or says what is missing."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with served() as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=list(ARGUMENTS))
        photograph(browser, site)
        browser.close()


if __name__ == "__main__":
    main()
