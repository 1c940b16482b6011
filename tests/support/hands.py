"""What a hand does that a locator cannot: a second click at the same place, whatever has come to stand there."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Locator, Page, expect

SETTLED_MS = 20_000


def settle(page: Page) -> None:
    """Wait for what a screen does last, once everything on it is drawn: it gives one of its fields the focus."""
    expect(page.locator("[data-testid=stMain] :focus")).to_have_count(1, timeout=SETTLED_MS)


def still(page: Page) -> None:
    """Wait until the screen has drawn what the last act leads to."""
    expect(page.locator("[data-test-script-state=notRunning]")).to_be_attached(timeout=SETTLED_MS)


@contextmanager
def file_brought(page: Page, name: str) -> Iterator[None]:
    """Choose a file in the block; at its end the server has it, and the screen says its name and stands still.

    The name alone is not enough: it is shown while the file is on its way.
    """
    with page.expect_response(lambda answer: "upload_file" in answer.url and answer.request.method == "PUT"):
        yield
    expect(page.get_by_test_id("stFileChip").filter(has_text=name)).to_be_visible()
    still(page)


def click_twice(button: Locator, gap_ms: int) -> None:
    """Click the button once it stands still, wait, and click again where it was.

    The screen has to have settled: until then the elements that arrive push one another down, and only the first click
    follows them.
    """
    button.click()
    button.page.wait_for_timeout(gap_ms)
    click_again(button.page)


def click_again(page: Page, *, held_ms: int = 0) -> None:
    """Click without moving the mouse."""
    page.mouse.down(click_count=2)
    page.wait_for_timeout(held_ms)
    page.mouse.up(click_count=2)
