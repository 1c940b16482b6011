"""What comes back from a click is seen, on the counter's screen and on a telephone, and never clicked by accident."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from partnernet import clock
from partnernet.domain.customers import Customer
from tests.browser.counter import SAVED_MS, Counter, open_counter
from tests.support.browser import open_page
from tests.support.hands import click_again
from tests.support.served import Served, serve

SIZES = pytest.mark.parametrize("size", [(1366, 768), (390, 844)], ids=["counter", "telephone"])
LONG_NAME = "Coopérative de solidarité " * 7


@pytest.fixture(scope="module")
def served(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server of this module's own."""
    with serve(sqlite_template, tmp_path_factory.mktemp("answers")) as running:
        yield running


@pytest.fixture
def counter(served: Served, browser: Browser, size: tuple[int, int]) -> Iterator[Counter]:
    """A signed-in tab of this size."""
    with open_page(browser, width_px=size[0], height_px=size[1]) as page:
        yield open_counter(served.server, served.world, page)


@pytest.fixture
def customer(served: Served, request: pytest.FixtureRequest) -> Customer:
    """A customer with a name that takes room, who owes 60.00."""
    number = str(300_000 + zlib.crc32(request.node.name.encode()) % 600_000)
    late = clock.now().date() - timedelta(days=9)
    return served.world.customer(number, LONG_NAME.strip(), due=[(f"F-{number}", "60.00", late)])


def expect_in_sight(answer: Locator) -> None:
    expect(answer).to_be_in_viewport(ratio=1, timeout=SAVED_MS)


def fill_cheque(page: Page) -> None:
    page.get_by_text("Chèque", exact=True).click()
    fields = {"Numéro de chèque": "77", "Transit": "00123", "Institution": "815", "Compte": "0012345"}
    for label, typed in fields.items():
        page.get_by_label(label, exact=True).fill(typed)
    page.get_by_label("Date du chèque").fill("2026-01-05")


@SIZES
def test_a_refused_amount_is_in_sight_after_submitting_from_below_it(counter: Counter, customer: Customer) -> None:
    page = counter.page
    counter.open_form(customer)
    fill_cheque(page)
    page.get_by_label("Titulaire").fill("Marie Roy")

    for _again in range(2):  # the same refusal twice is shown twice
        counter.button("Soumettre").click()
        expect_in_sight(page.get_by_text(re.compile(r"^Montant\s:")))
        page.get_by_label("Titulaire").scroll_into_view_if_needed()


@SIZES
def test_what_has_to_be_confirmed_is_in_sight_with_its_button(counter: Counter, customer: Customer) -> None:
    page = counter.page
    counter.open_form(customer)
    page.get_by_label("Autre montant").fill("100")
    fill_cheque(page)
    page.get_by_label("Titulaire").fill("Marie Roy")

    page.keyboard.press("Enter")

    expect_in_sight(page.get_by_text("40,00 $ deviendra un crédit au compte"))
    expect_in_sight(counter.button("Confirmer le paiement"))
    assert 100_00 not in counter.posted_cents()


@SIZES
def test_the_second_half_of_a_double_click_confirms_nothing(counter: Counter, customer: Customer) -> None:
    before = counter.posted_cents()
    counter.open_form(customer)
    counter.choose(cash_of="100")

    counter.button("Soumettre").click(position={"x": 40, "y": 10}, delay=60)
    expect(counter.button("Confirmer le paiement")).to_be_attached(timeout=SAVED_MS)
    click_again(counter.page, held_ms=60)

    expect_in_sight(counter.button("Confirmer le paiement"))
    assert counter.posted_cents() == before


@SIZES
def test_the_receipt_is_read_from_its_number_on(counter: Counter, customer: Customer) -> None:
    counter.open_form(customer)
    counter.choose()

    counter.button("Soumettre").click()

    counter.receipt_number()
    expect_in_sight(counter.page.locator(".pn-saved-number"))


@pytest.mark.parametrize("size", [(1366, 768)])
def test_the_figures_of_a_receipt_stand_on_its_own_ground(counter: Counter, customer: Customer) -> None:
    counter.open_form(customer)
    counter.choose()
    counter.button("Soumettre").click()
    counter.receipt_number()

    figures = counter.page.locator(".pn-saved dl")

    assert figures.evaluate("list => getComputedStyle(list).backgroundColor") == "rgba(0, 0, 0, 0)"
    assert figures.evaluate("list => getComputedStyle(list).borderTopWidth") == "0px"


@pytest.mark.parametrize("size", [(390, 844)])
def test_the_menu_of_a_telephone_closes_on_the_page_chosen(counter: Counter) -> None:
    page = counter.page
    page.goto(counter.server.url)
    page.get_by_test_id("stExpandSidebarButton").click()

    page.get_by_test_id("stSidebar").get_by_text("Paiements du jour").click()

    expect(page.get_by_role("heading", name="Paiements du jour")).to_be_in_viewport(timeout=SAVED_MS)
    expect(page.get_by_test_id("stSidebar")).not_to_be_in_viewport()
