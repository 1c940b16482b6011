"""Finding a customer with the hands: by the keyboard alone, and by the mouse."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.counter import Counter, open_counter
from tests.support.served import serve
from tests.support.server import Server
from tests.support.world import World


@pytest.fixture(scope="module")
def served(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, World]]:
    """A server with three customers, two of them look-alikes."""
    with serve(sqlite_template, tmp_path_factory.mktemp("search")) as running:
        running.world.customer("000101", "Locations Richard", city="Laval")
        running.world.customer("000102", "Locations Richard", city="Montréal")
        running.world.customer("000103", "Acier Zénith")
        yield running.server, running.world


@pytest.fixture
def counter(served: tuple[Server, World], page: Page) -> Counter:
    """A signed-in tab on « Recherche client »."""
    opened = open_counter(*served, page)
    page.goto(f"{opened.server.url}/clients")
    expect(page.get_by_label("Numéro de client")).to_be_focused(timeout=20_000)
    return opened


def test_a_customer_is_found_and_opened_by_the_keyboard_alone(counter: Counter) -> None:
    page = counter.page
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.get_by_label("Nom du client")).to_be_focused()

    page.keyboard.type("*richard*")
    page.keyboard.press("Enter")
    chosen = page.get_by_role("combobox", name="Client trouvé")
    expect(chosen).to_be_focused(timeout=20_000)
    expect(chosen).to_have_value("")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(chosen).to_have_value("000102 — Locations Richard — 1200, rue Ontario, Montréal")
    page.keyboard.press("Tab")
    expect(counter.button("Ouvrir")).to_be_focused()
    page.keyboard.press("Enter")

    expect(page.get_by_text("Documents ouverts")).to_be_visible(timeout=20_000)
    assert page.url.endswith("/releve?client=000102")


def test_enter_in_the_number_opens_the_account_and_back_returns_to_the_search(counter: Counter) -> None:
    page = counter.page
    page.keyboard.type("103")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Acier Zénith")).to_be_visible(timeout=20_000)
    assert page.url.endswith("/releve?client=000103")

    page.reload()
    expect(page.get_by_text("Acier Zénith")).to_be_visible(timeout=20_000)
    page.go_back()

    expect(page.get_by_label("Nom du client")).to_be_visible(timeout=20_000)
    expect(page.get_by_text("Acier Zénith")).to_have_count(0)


def test_the_button_in_a_row_opens_the_customer_of_that_row_after_sorting_too(counter: Counter) -> None:
    page = counter.page
    page.get_by_label("Nom du client").fill("*i*r*")
    page.keyboard.press("Enter")
    numbers = page.get_by_test_id("data-grid-canvas").locator("[role=gridcell][aria-colindex='2']")
    grid = page.get_by_test_id("stDataFrameResizable")
    expect(numbers).to_have_text(["000103", "000101", "000102"], timeout=20_000)
    # The header of « Numéro », twice: the highest number comes first.
    grid.click(position={"x": 110, "y": 17})
    expect(numbers).to_have_text(["000101", "000102", "000103"])
    grid.click(position={"x": 110, "y": 17})
    expect(numbers).to_have_text(["000103", "000102", "000101"])

    grid.click(position={"x": 39, "y": 87})  # « Ouvrir » in the second row

    page.wait_for_url("**/releve?client=000102")
    expect(page.get_by_text("Documents ouverts")).to_be_visible(timeout=20_000)
