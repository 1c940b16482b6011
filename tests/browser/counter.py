"""The counter as an agent works it in a browser: fields and buttons by their labels, and the ledger to look into."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Locator, Page, expect
from sqlalchemy import func, select

from partnernet.clock import now
from partnernet.domain.customers import Customer
from partnernet.services import sessions
from partnernet.storage import tables
from tests.services.people import PASSWORD, add_agent
from tests.support.server import Server
from tests.support.world import World

SAVED_MS = 20_000  # a payment that waits for another's lock is told within eight seconds


@dataclass
class Counter:
    """One signed-in browser tab on a real server."""

    server: Server
    world: World
    page: Page

    def sign_in(self) -> None:
        """Give the browser the cookie that the sign-in form would give it."""
        token = sessions.sign_in(self.world.db, "PA9000", PASSWORD, at=now()).token
        self.page.context.add_cookies(
            [{"name": "partnernet-session", "value": token, "url": self.server.url, "httpOnly": True}]
        )

    def open_form(self, customer: Customer, page: Page | None = None) -> None:
        """The payment form of one account."""
        tab = page or self.page
        tab.goto(f"{self.server.url}/paiement?client={customer.number}")
        expect(self.button("Soumettre", tab)).to_be_visible(timeout=SAVED_MS)

    def choose(self, *, cash_of: str | None = None, page: Page | None = None) -> None:
        """« Total dû » or another amount, in cash: everything but « Soumettre »."""
        tab = page or self.page
        if cash_of is None:
            tab.get_by_text("Total dû", exact=True).first.click()
        else:
            tab.get_by_label("Autre montant").fill(cash_of)
        tab.get_by_text("Espèces", exact=True).click()
        expect(tab.get_by_label("Montant remis")).to_be_visible()

    def button(self, name: str, page: Page | None = None) -> Locator:
        """A button by its exact name."""
        return (page or self.page).get_by_role("button", name=name, exact=True)

    def receipt_number(self, page: Page | None = None) -> str:
        """Wait for the panel after saving and read its receipt number."""
        line = (page or self.page).get_by_text(re.compile(r"^Reçu no "))
        expect(line).to_be_visible(timeout=SAVED_MS)
        return line.inner_text().removeprefix("Reçu no ").strip()

    def posted_cents(self) -> list[int]:
        """The amounts of all payments, in the order taken."""
        with self.world.db.read() as connection:
            query = select(tables.payment.c.amount_cents).order_by(tables.payment.c.posting_id)
            return list(connection.execute(query).scalars())

    def ledger_lines(self) -> int:
        """How many ledger lines there are."""
        with self.world.db.read() as connection:
            return connection.execute(select(func.count()).select_from(tables.ledger_line)).scalar_one()

    @contextmanager
    def database_held(self) -> Iterator[None]:
        """Another process writes while the block lasts: what is submitted meanwhile waits inside its transaction."""
        path = Path(str(self.world.db.url.database))
        other = sqlite3.connect(path, isolation_level=None)
        try:
            other.execute("BEGIN IMMEDIATE")
            yield
        finally:
            other.execute("ROLLBACK")
            other.close()


def open_counter(server: Server, world: World, page: Page) -> Counter:
    """A tab signed in as an agent with a password."""
    counter = Counter(server, world, page)
    if not _exists(world):
        add_agent(world)
    counter.sign_in()
    return counter


def _exists(world: World) -> bool:
    with world.db.read() as connection:
        query = select(tables.app_user.c.id).where(tables.app_user.c.login == "PA9000")
        return connection.execute(query).first() is not None
