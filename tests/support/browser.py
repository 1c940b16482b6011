"""The Chromium that the browser tests drive. `python -m tests.support.browser` makes sure that there is one."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
)
FLAGS = ("--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync")


def is_root() -> bool:
    """Whether this process runs as root, the only case where Chromium's sandbox has to stay off."""
    return hasattr(os, "geteuid") and os.geteuid() == 0


def find_browser() -> str | None:
    """The path of a Chromium that starts, or None."""
    named = os.environ.get("PARTNERNET_TEST_BROWSER")
    if named:
        return named if _starts(named) else None
    found = (shutil.which(name) for name in NAMES)
    with sync_playwright() as playwright:
        candidates = [*found, *PLACES, playwright.chromium.executable_path]
    return next((path for path in candidates if path and _starts(path)), None)


def install_browser() -> None:
    """Let Playwright download its Chromium; as root on Debian, fall back on the distribution's package."""
    _run(sys.executable, "-m", "playwright", "install", "chromium")
    if find_browser() is None and is_root() and shutil.which("apt-get"):
        _run("apt-get", "update")
        _run("apt-get", "install", "-y", "--no-install-recommends", "chromium")


@contextmanager
def open_browser() -> Iterator[Browser]:
    """A headless Chromium that talks to nobody but the pages it is given."""
    path = find_browser()
    if path is None:
        raise RuntimeError("No Chromium to test with: run python -m tests.support.browser.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS, chromium_sandbox=not is_root())
        yield browser
        browser.close()


@contextmanager
def open_page(browser: Browser, *, width_px: int = 1366, height_px: int = 768) -> Iterator[Page]:
    """A tab in a profile of its own: no cookies of another test; French Canadian; Toronto time."""
    context = browser.new_context(
        locale="fr-CA",
        timezone_id="America/Toronto",
        viewport={"width": width_px, "height": height_px},
    )
    # Chromium's own viewer of PDF takes Playwright's driver down when it changes frames under load ("Frame has been
    # detached", 1.65): a page that holds a paper is opened without it. The papers are read by tests of their own.
    context.route(re.compile(r"\.pdf(\?|$)"), lambda paper: paper.abort())
    yield context.new_page()
    context.close()


def _starts(path: str) -> bool:
    """Whether the file is there and runs: some distributions install a stub that only says what to install."""
    if not Path(path).exists() or os.name == "nt":
        return Path(path).exists()  # on Windows, asking for the version opens a window
    try:
        return subprocess.run([path, "--version"], capture_output=True, timeout=60, check=False).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def _run(*command: str) -> None:
    """Run a command whose failure is judged by whether a browser is there afterwards."""
    try:
        subprocess.run(command, timeout=600, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        sys.stderr.write(f"{command[0]}: {error}\n")


def main() -> int:
    """Exit status 0 when a browser is there at the end, 1 with one sentence otherwise."""
    if os.environ.get("PARTNERNET_TEST_BROWSER") is None and find_browser() is None:
        install_browser()
    if find_browser() is None:
        sys.stderr.write("The tests need Chromium or Chrome: install it, or set PARTNERNET_TEST_BROWSER to its path.\n")
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
