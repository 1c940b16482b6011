"""What a click can do: however the agent's hands, the browser and the network behave, one payment and its receipt.

To make a payment slow without pretending, another process holds the database: what is submitted waits inside its own
transaction, as it would on a busy evening. `test_naive_handler.py` is the control: the same gestures there post twice.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from partnernet.domain.customers import Customer
from tests.browser.counter import Counter, open_counter
from tests.support.browser import open_page
from tests.support.hands import click_twice
from tests.support.served import serve
from tests.support.server import Server
from tests.support.world import World


@pytest.fixture(scope="module")
def served(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, World]]:
    """One server and one world for the module; each test has its own customer."""
    with serve(sqlite_template, tmp_path_factory.mktemp("clicks")) as running:
        yield running.server, running.world


@pytest.fixture
def counter(served: tuple[Server, World], page: Page) -> Counter:
    """A signed-in tab."""
    return open_counter(*served, page)


@pytest.fixture
def customer(served: tuple[Server, World], request: pytest.FixtureRequest) -> Customer:
    """A customer who owes 75.04."""
    _server, world = served
    number = str(200_000 + zlib.crc32(request.node.name.encode()) % 700_000)
    return world.customer(number, "L'Œuvre des Sœurs", due=[(f"F-{number}", "75.04", _last_month(world))])


@pytest.fixture(autouse=True)
def one_payment(counter: Counter) -> Iterator[None]:
    """Whatever the gesture, the ledger grew by exactly one payment of three lines (drawer, owed, rounding)."""
    before, lines_before = len(counter.posted_cents()), counter.ledger_lines()
    yield
    posted = counter.posted_cents()[before:]
    assert len(posted) == 1, "one gesture must NOT make two payments, nor none"
    assert 2 <= counter.ledger_lines() - lines_before <= 3


def _last_month(world: World) -> date:
    return world.today - timedelta(days=30)


@pytest.mark.parametrize("gap_ms", [0, 60, 150, 400])
def test_a_double_click_takes_one_payment(counter: Counter, customer: Customer, gap_ms: int) -> None:
    counter.open_form(customer)
    counter.choose()

    click_twice(counter.button("Soumettre"), gap_ms)

    counter.receipt_number()


def test_a_double_click_while_the_first_still_posts_takes_one_payment(counter: Counter, customer: Customer) -> None:
    counter.open_form(customer)
    counter.choose()

    with counter.database_held():
        click_twice(counter.button("Soumettre"), 400)
        counter.page.wait_for_timeout(1500)

    counter.receipt_number()


def test_closing_while_the_payment_posts_ends_at_its_receipt(counter: Counter, customer: Customer) -> None:
    counter.open_form(customer)
    counter.choose()

    with counter.database_held():
        counter.button("Soumettre").click()
        counter.page.wait_for_timeout(300)
        counter.button("Fermer").click()
        counter.page.wait_for_timeout(1000)

    counter.receipt_number()


def test_a_reload_while_the_payment_posts_ends_at_its_receipt(counter: Counter, customer: Customer) -> None:
    counter.open_form(customer)
    counter.choose()

    with counter.database_held():
        counter.button("Soumettre").click()
        counter.page.wait_for_timeout(300)
        counter.page.reload()
        counter.page.wait_for_timeout(1000)

    counter.receipt_number()


def test_enter_held_down_takes_one_payment(counter: Counter, customer: Customer) -> None:
    counter.open_form(customer)
    counter.choose()

    handed = counter.page.get_by_label("Montant remis")
    handed.fill("80,00")
    for _ in range(4):
        counter.page.keyboard.down("Enter")
    counter.page.keyboard.up("Enter")

    counter.receipt_number()
    expect(counter.page.get_by_text("4,95")).to_be_visible()


def test_two_tabs_on_one_form_take_one_payment(counter: Counter, customer: Customer) -> None:
    counter.open_form(customer)
    counter.choose()
    twin = counter.page.context.new_page()
    twin.goto(counter.page.url)
    counter.choose(page=twin)

    counter.button("Soumettre").click()
    first = counter.receipt_number()
    twin_button = counter.button("Soumettre", twin)
    if twin_button.is_visible():
        twin_button.click()

    assert counter.receipt_number(twin) == first


def test_back_after_the_receipt_comes_to_the_receipt_again(counter: Counter, customer: Customer) -> None:
    counter.open_form(customer)
    counter.choose()
    counter.button("Soumettre").click()
    number = counter.receipt_number()

    counter.button("Fermer").click()
    expect(counter.page).to_have_url(f"{counter.server.url}/")
    counter.page.go_back()  # Streamlit leaves an entry of its own between the two: the search
    expect(counter.button("Rechercher")).to_be_visible()
    counter.page.go_back()

    assert counter.receipt_number() == number


@pytest.mark.parametrize("attempt", range(8))
def test_a_value_typed_just_before_the_click_is_the_one_that_is_paid(
    counter: Counter, customer: Customer, attempt: int
) -> None:
    """The field that loses the focus sends a second message that may overtake the click: hence several attempts."""
    counter.open_form(customer)
    counter.choose(cash_of=f"5{attempt},00")
    expect(counter.page.get_by_text(f"5{attempt},00 $")).to_be_visible()

    counter.page.get_by_label("Autre montant").fill("70,00")
    counter.button("Soumettre").click()

    counter.receipt_number()
    assert counter.posted_cents()[-1] == 7000, "the previous value must NOT be posted"


def test_a_lost_connection_comes_back_to_the_receipt(counter: Counter, customer: Customer) -> None:
    counter.open_form(customer)
    counter.choose()

    with counter.database_held():
        counter.button("Soumettre").click()
        counter.page.wait_for_timeout(300)
        counter.page.context.set_offline(True)
        counter.page.wait_for_timeout(700)
    counter.page.context.set_offline(False)

    counter.receipt_number()


def test_two_agents_on_one_account_are_asked_about_the_look_alike(
    counter: Counter, customer: Customer, browser: Browser
) -> None:
    counter.open_form(customer)
    counter.choose(cash_of="20,00")
    with open_page(browser) as other_page:
        other = open_counter(counter.server, counter.world, other_page)
        other.open_form(customer)
        other.choose(cash_of="20,00")
        other.button("Soumettre").click()
        other.receipt_number()

        counter.button("Soumettre").click()

        expect(counter.button("Confirmer le paiement")).to_be_visible()
        expect(counter.page.get_by_text(re.compile("^Reçu no "))).to_have_count(0)
