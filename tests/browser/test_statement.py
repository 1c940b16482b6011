"""An account and its statement in a browser: from the search to the paper, by the keyboard, and back again."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import func, select

from partnernet.clock import now
from partnernet.services import payments
from partnernet.storage import tables
from tests.browser.counter import SAVED_MS, Counter, open_counter
from tests.support.hands import settle
from tests.support.requests import paying
from tests.support.served import serve
from tests.support.server import Server
from tests.support.world import World

ACCOUNT = "000103"


@pytest.fixture(scope="module")
def served(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, World]]:
    """A real server, with an account that owes on two invoices."""
    with serve(sqlite_template, tmp_path_factory.mktemp("statement")) as running:
        today = running.world.today
        with running.world.db.write() as connection:
            long_ago = {"as_of": now() - timedelta(days=70), "imported_at": now(), "imported_by": "console"}
            row = {**long_ago, "through_batch": 0, "file_hash": "0" * 64, "item_count": 0}
            connection.execute(tables.snapshot.insert().values(**row))
        due = [("F-1", "412.37", today - timedelta(days=45)), ("F-2", "88.11", today + timedelta(days=20))]
        running.world.customer(ACCOUNT, "Acier Zénith", due=due)
        yield running.server, running.world


@pytest.fixture
def counter(served: tuple[Server, World], page: Page) -> Counter:
    """A signed-in tab."""
    return open_counter(*served, page)


def open_account(counter: Counter, query: str = "") -> None:
    counter.page.goto(f"{counter.server.url}/releve?client={ACCOUNT}{query}")
    expect(counter.page.get_by_text("Documents ouverts")).to_be_visible(timeout=SAVED_MS)
    settle(counter.page)


def prints(world: World) -> int:
    event = tables.audit_event.c
    with world.db.read() as connection:
        return connection.scalar(select(func.count()).where(event.action == "statement.printed")) or 0


def test_from_the_menu_to_the_paper_by_the_keyboard(counter: Counter) -> None:
    page, before = counter.page, prints(counter.world)
    page.goto(f"{counter.server.url}/releve")
    expect(page.get_by_label("Numéro de client")).to_be_focused(timeout=SAVED_MS)

    page.keyboard.type("103")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Documents ouverts")).to_be_visible(timeout=SAVED_MS)
    settle(page)
    with page.expect_popup() as opened:
        page.keyboard.press("Alt+i")

    expect(opened.value).to_have_url(re.compile(rf"/print/statement/{ACCOUNT}\?du=.*&au=.*&lang=fr$"))
    expect(opened.value.locator("iframe")).to_have_attribute("src", re.compile(rf"^/statement/{ACCOUNT}\.pdf\?"))
    assert page.url.endswith(f"/releve?client={ACCOUNT}")
    assert prints(counter.world) == before + 1


def test_the_days_chosen_are_in_the_address_and_survive_a_reload(counter: Counter) -> None:
    page = counter.page
    open_account(counter)

    page.get_by_role("combobox", name="Période").click()
    page.get_by_role("option", name="Depuis le premier import").click()
    page.wait_for_url(re.compile("du=.*&au="))
    chosen = page.url
    page.reload()

    choice = page.get_by_role("combobox", name="Période")
    expect(choice).to_have_value("Depuis le premier import", timeout=SAVED_MS)
    assert page.url == chosen
    start = re.search(r"du=([0-9-]+)", chosen)
    assert start
    link = page.get_by_role("link", name="Imprimer", exact=True)
    expect(link).to_have_attribute("href", re.compile(f"du={start[1]}"))


def test_a_period_too_early_has_no_paper_and_one_click_to_the_first_day(counter: Counter) -> None:
    page = counter.page
    open_account(counter, "&du=2020-01-01&au=2020-01-31")
    expect(page.get_by_text("Un relevé commence au plus tôt le")).to_be_visible()
    expect(page.get_by_role("link", name="Imprimer", exact=True)).to_have_count(0)

    page.get_by_role("button", name=re.compile("^Commencer le")).click()

    expect(page.get_by_role("link", name="Imprimer", exact=True)).to_be_visible(timeout=SAVED_MS)
    expect(page.get_by_text("Un relevé commence au plus tôt le")).to_have_count(0)


def test_back_from_an_account_comes_to_the_search_that_led_there(counter: Counter) -> None:
    page = counter.page
    page.goto(f"{counter.server.url}/clients")
    expect(page.get_by_label("Numéro de client")).to_be_focused(timeout=SAVED_MS)
    page.keyboard.type("103")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Documents ouverts")).to_be_visible(timeout=SAVED_MS)
    assert page.url.endswith(f"/releve?client={ACCOUNT}")

    page.go_back()

    expect(page.get_by_label("Nom du client")).to_be_visible(timeout=SAVED_MS)
    expect(page.get_by_text("Documents ouverts")).to_have_count(0)
    assert urlsplit(page.url).path == "/clients"


def test_a_payment_form_half_filled_is_kept_while_the_account_is_read(counter: Counter) -> None:
    page = counter.page
    page.goto(f"{counter.server.url}/paiement?client={ACCOUNT}")
    page.get_by_label("Autre montant").fill("12,34")
    page.keyboard.press("Tab")

    with page.expect_popup() as opened:
        page.get_by_role("link", name="Relevé de compte", exact=True).click()

    expect(opened.value.get_by_text("Documents ouverts")).to_be_visible(timeout=SAVED_MS)
    expect(page.get_by_label("Autre montant")).to_have_value("12,34")


def test_a_payment_is_on_the_account_at_once_and_its_receipt_prints_from_there(counter: Counter) -> None:
    page, world = counter.page, counter.world
    customer = world.customer("000104", "Usinage Roy", due=[("F-9", "60.00", world.today)])
    at = world.later(seconds=1)
    taken = payments.record(world.db, paying(world, customer, "20.00"), by=world.agent, at=at)
    page.goto(f"{counter.server.url}/releve?client=000104")

    expect(page.get_by_text("moins 1 paiement pris depuis")).to_be_visible(timeout=SAVED_MS)
    link = page.get_by_role("link", name=f"Imprimer le reçu {taken.number}")
    expect(link).to_have_attribute("href", re.compile(f"^/print/receipt/{taken.number}"))


@pytest.mark.parametrize("width_px", [1366, 390])
def test_nothing_stands_outside_the_screen(counter: Counter, width_px: int) -> None:
    page = counter.page
    page.set_viewport_size({"width": width_px, "height": 844})
    open_account(counter)

    wider = page.evaluate(
        """() => [...document.querySelectorAll("[data-testid=stMain] *")]
            .filter((each) => each.offsetHeight && each.getBoundingClientRect().right > innerWidth + 1)
            .map((each) => each.className).slice(0, 5)"""
    )

    assert wider == []
