"""A payment without the mouse, from the search to the receipt, counted in keystrokes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.counter import open_counter
from tests.support.hands import still
from tests.support.served import serve
from tests.support.server import Server
from tests.support.world import World

AIM_KEYSTROKES = 15


@pytest.fixture(scope="module")
def served(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, World]]:
    """A server with one world."""
    with serve(sqlite_template, tmp_path_factory.mktemp("keyboard")) as running:
        yield running.server, running.world


class Keyboard:
    """Counts what is pressed."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.count = 0

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)
            self.count += 1

    def type(self, text: str) -> None:
        for mark in text:
            self.press(mark)


def test_a_known_account_is_paid_in_full_in_cash_in_few_keystrokes(served: tuple[Server, World], page: Page) -> None:
    server, world = served
    world.customer("100245", "Locations Richard", due=[("F-1", "75.04", world.today - timedelta(days=9))])
    counter = open_counter(server, world, page)
    page.goto(f"{server.url}/paiement")
    keys = Keyboard(page)
    expect(page.get_by_label("Numéro de client")).to_be_focused()

    keys.type("100245")
    keys.press("Enter")
    expect(page.get_by_role("checkbox", name="Montant en souffrance")).to_be_focused()
    keys.press("Alt+t")
    expect(page.get_by_role("checkbox", name="Total dû")).to_be_checked()
    keys.press("Alt+e")
    expect(page.get_by_text("75,05 $")).to_be_visible()
    keys.press("Alt+s")

    assert counter.receipt_number() == "MTL-000001"
    assert keys.count < AIM_KEYSTROKES
    expect(page.get_by_role("link", name="Imprimer")).to_be_focused()


def test_a_cheque_is_entered_by_tab_and_enter_alone(served: tuple[Server, World], page: Page) -> None:
    server, world = served
    customer = world.customer("100246", "ᓄᓇᕗᑦ Co-op", due=[("F-2", "412.37", world.today - timedelta(days=9))])
    counter = open_counter(server, world, page)
    counter.open_form(customer)
    keys = Keyboard(page)
    expect(page.get_by_role("checkbox", name="Montant en souffrance")).to_be_focused()

    keys.press("Space")
    expect(page.get_by_role("checkbox", name="Montant en souffrance")).to_be_checked()
    keys.press("Tab", "Tab", "Tab", "ArrowDown", "ArrowUp")
    expect(page.get_by_label("Numéro de chèque")).to_be_visible()
    still(page)
    for typed in ("000123", world.today.isoformat(), "00006", "006", "0123456"):
        keys.press("Tab")
        page.keyboard.type(typed)
    keys.press("Tab")
    page.keyboard.type("Coopérative")
    expect(page.get_by_label("Titulaire")).to_have_value("Coopérative")
    keys.press("Enter")

    counter.receipt_number()
    expect(page.get_by_text(re.compile("000123"))).to_be_visible()
    assert counter.posted_cents()[-1] == 41237
