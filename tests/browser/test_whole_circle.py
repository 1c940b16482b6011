"""The whole circle in one real browser, by labels: files come in, a payment goes out, the next file includes it.

what happens                              open items   not in them   total due
customers and open items imported            100.00           0.00      100.00
40.00 taken in cash                          100.00          40.00       60.00
the batch goes out                           100.00          40.00       60.00
the next file, with the batch in it           60.00           0.00       60.00
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page, expect

from partnernet.clock import now
from partnernet.domain.agents import console_operator
from partnernet.domain.periods import Period
from partnernet.domain.statements import Statement
from partnernet.services import statements, verification
from tests.support.exchanging import customers_csv, open_items_csv
from tests.support.hands import file_brought, still
from tests.support.office import SHOWN_MS, Office, button, open_office, watched

ACCOUNT, NAME = "100245", "L'Œuvre des Sœurs de St-Jérôme"


class Circle:
    """The supervisor's tab, who takes payments too, and the principal's files."""

    def __init__(self, office: Office, page: Page) -> None:
        self.office, self.page = office, page
        office.sign_in(page)

    def open(self, address: str) -> None:
        self.page.goto(f"{self.office.server.url}{address}")
        expect(self.page.get_by_role("heading", level=1)).to_be_visible(timeout=SHOWN_MS)
        still(self.page)

    def says(self, text: str | re.Pattern[str]) -> None:
        expect(self.page.get_by_text(text).first).to_be_visible(timeout=SHOWN_MS)

    def bring_customers(self) -> None:
        self.open("/echanges?vue=fichiers&fichier=clients")
        self._bring("customers.csv", customers_csv((ACCOUNT, NAME)))

    def bring_open_items(self, open_amount: str, as_of: datetime, *, batch: int | None = None) -> None:
        self.open("/echanges?vue=fichiers&fichier=documents")
        local = as_of.astimezone(ZoneInfo(self.office.world.branch.timezone))
        self.page.get_by_label("Date du fichier", exact=True).fill(f"{local:%Y-%m-%d}")
        self.page.get_by_label("Heure du fichier", exact=True).fill(f"{local:%H:%M:%S}")
        if batch is not None:
            included = self.page.get_by_role("combobox", name="Dernier lot inclus")
            expect(included).to_have_value(re.compile(f"Lot no {batch}\\b"), timeout=SHOWN_MS)
        self._bring("open_items.csv", open_items_csv((ACCOUNT, "F-1", open_amount)))

    def _bring(self, name: str, content: bytes) -> None:
        file = {"name": name, "mimeType": "text/csv", "buffer": content}
        with file_brought(self.page, name):
            self.page.locator("input[type=file]").first.set_input_files(file)  # type: ignore[arg-type]
        button(self.page, "Vérifier le fichier").click()
        self.says("Toutes les lignes sont bonnes")

    def import_it(self, said: str) -> None:
        button(self.page, "Importer").click()
        self.says(said)

    def pay(self, amount: str) -> str:
        self.open(f"/paiement?client={ACCOUNT}")
        self.page.get_by_label("Autre montant", exact=True).fill(amount)
        self.page.get_by_text("Espèces", exact=True).click()
        button(self.page, "Soumettre").click()
        line = self.page.get_by_text(re.compile(r"^Reçu no "))
        expect(line).to_be_visible(timeout=SHOWN_MS)
        return line.inner_text().removeprefix("Reçu no ").strip()

    def account_shows(self, *texts: str) -> None:
        self.open(f"/releve?client={ACCOUNT}")
        for text in texts:
            self.says(text)

    def send(self, folder: Path) -> list[dict[str, str]]:
        self.open("/echanges")
        button(self.page, "Préparer le lot").click()
        self.says(re.compile(r"^Lot no 1 préparé"))
        with self.page.expect_download() as download:
            button(self.page, "payments-000001.csv").first.click()
        path = folder / download.value.suggested_filename
        download.value.save_as(path)
        with path.open(newline="", encoding="utf-8") as file:
            return list(csv.DictReader(file))

    def statement(self, first_balances: datetime) -> Statement:
        """From the day of the first balances, the earliest there is."""
        world, at = self.office.world, now()
        period = Period(world.branch.business_date(first_balances), world.branch.business_date(at))
        return statements.statement(world.db, ACCOUNT, period, by=world.supervisor, at=at)


@pytest.fixture
def circle(sqlite_template: Path, tmp_path: Path, page: Page) -> Iterator[Circle]:
    with open_office(sqlite_template, tmp_path) as office, watched(page, office.server):
        yield Circle(office, page)


def test_a_payment_goes_round_and_is_asked_for_once(circle: Circle, tmp_path: Path) -> None:
    circle.bring_customers()
    circle.import_it("customers.csv importé : 1 client.")
    first_balances = now() - timedelta(hours=20)
    circle.bring_open_items("100,00", first_balances)
    circle.import_it("open_items.csv importé : 1 document.")

    receipt = circle.pay("40,00")
    circle.account_shows(NAME, "60,00 $", receipt)

    lines = circle.send(tmp_path)
    assert [(line["reference"], line["account_number"], line["amount"]) for line in lines] == [
        (receipt, ACCOUNT, "40.00")
    ]
    circle.account_shows("60,00 $", receipt)

    circle.bring_open_items("60,00", now(), batch=1)
    circle.import_it("open_items.csv importé : 1 document.")
    circle.account_shows("60,00 $")
    # It must NOT be deducted a second time.
    expect(circle.page.get_by_text(receipt)).to_have_count(0)

    found = circle.statement(first_balances)
    assert (str(found.opening), str(found.closing.total_due)) == ("100.00", "60.00")
    assert [str(line.change) for line in found.lines] == ["-40.00"], "nothing was adjusted over there"
    assert verification.verify(circle.office.world.db, by=console_operator("test")).problems == ()
