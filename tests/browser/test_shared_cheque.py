"""One cheque for several accounts in a real browser: by hand, twice at once, forth and back; never beyond the sheet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import count
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from partnernet.domain.agents import Agent
from partnernet.domain.customers import Customer
from partnernet.domain.money import Money
from partnernet.domain.permissions import Role
from partnernet.domain.receipts import Receipt
from partnernet.services import payments
from tests.browser.counter import SAVED_MS, Counter
from tests.support.hands import click_twice, still
from tests.support.requests import a_cheque, holding, money, paying
from tests.support.screens import open_session
from tests.support.served import serve
from tests.support.server import Server
from tests.support.world import World

PAY_ON = "Payer un autre compte avec ce chèque"
_numbers = count(300_001)


@dataclass
class Till(Counter):
    """The tab of an agent who holds no cheque but those of the test."""

    agent: Agent

    def first_payment(self) -> Receipt:
        """350.00 taken with a cheque of 500.00."""
        cheque = a_cheque(str(next(_numbers)), dated=self.world.today)
        request = paying(self.world, self.owing("350.00"), "350.00", cheque=cheque, face="500.00")
        return payments.record(self.world.db, request, by=self.agent, at=self.world.now)

    def owing(self, due: str) -> Customer:
        """A customer of the test's own."""
        number, late = str(next(_numbers)), self.world.today - timedelta(days=30)
        return self.world.customer(number, f"Client {number}", due=[(f"F-{number}", due, late)])

    def open_share(self, customer: Customer, paid: Receipt, page: Page | None = None) -> None:
        """The form of another account, with the cheque in its address."""
        tab = page or self.page
        tab.goto(f"{self.server.url}/paiement?client={customer.number}&cheque={paid.cheque_id}")
        expect(self.button("Soumettre", tab)).to_be_visible(timeout=SAVED_MS)

    def saved_for(self, customer: Customer) -> Locator:
        """The line of the panel after saving that names the customer."""
        return self.page.get_by_text(f"{customer.number} · {customer.name}", exact=True)

    def cheques(self) -> Money:
        """What the agent holds in cheques by the ledger."""
        return holding(self.world, self.agent).cheques

    def field(self, label: str) -> Locator:
        """A field by its exact name."""
        return self.page.get_by_label(label, exact=True)


@pytest.fixture(scope="module")
def served(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, World]]:
    """One server and one world for the module; each test has its own agent, customers and cheque."""
    with serve(sqlite_template, tmp_path_factory.mktemp("shared")) as running:
        yield running.server, running.world


@pytest.fixture
def till(served: tuple[Server, World], page: Page) -> Till:
    """A tab of a signed-in agent."""
    server, world = served
    agent = world.person(f"PA{next(_numbers)}", "Josée Bélanger", Role.AGENT, world.branch)
    cookie = {"name": "partnernet-session", "value": open_session(world, agent), "url": server.url}
    page.context.add_cookies([{**cookie, "httpOnly": True}])  # type: ignore[typeddict-item]
    return Till(server, world, page, agent)


def test_a_cheque_is_entered_once_and_pays_two_accounts_by_keyboard(till: Till) -> None:
    first, second = till.owing("350.00"), till.owing("150.00")
    till.open_form(first)
    keyboard = till.page.keyboard
    expect(till.page.get_by_role("checkbox", name="Montant en souffrance")).to_be_focused()
    keyboard.press("Alt+t")
    keyboard.press("Alt+q")
    expect(till.field("Numéro de chèque")).to_be_visible()
    till.field("Numéro de chèque").focus()
    for typed in ("000777", till.world.today.isoformat(), "00006", "006", "0123456", "Jean Côté"):
        keyboard.type(typed)
        keyboard.press("Tab")
    expect(till.page.get_by_role("checkbox", name="Ce chèque paie plusieurs comptes")).to_be_focused()
    keyboard.press("Space")
    keyboard.press("Tab")
    keyboard.type("500,00")
    keyboard.press("Enter")

    till.receipt_number()
    expect(till.page.get_by_text("Il reste 150,00 $ de ce chèque à répartir")).to_be_visible()
    till.button(PAY_ON).focus()
    keyboard.press("Enter")
    expect(till.page.get_by_text("Chèque no 000777 de 500,00 $ : il reste 150,00 $ à répartir")).to_be_visible()
    expect(till.field("Numéro de client")).to_be_focused()
    keyboard.type(second.number)
    keyboard.press("Enter")
    expect(till.field("Autre montant")).to_have_value("150,00")
    still(till.page)
    keyboard.press("Alt+s")

    expect(till.saved_for(second)).to_be_visible(timeout=SAVED_MS)
    expect(till.button(PAY_ON)).to_have_count(0)
    assert till.posted_cents()[-2:] == [350_00, 150_00]
    assert till.cheques() == money("500.00")


def test_saying_that_a_cheque_is_shared_moves_nothing(till: Till) -> None:
    till.open_form(till.owing("350.00"))
    till.page.get_by_text("Chèque", exact=True).click()
    expect(till.field("Titulaire")).to_be_visible()
    before = till.button("Soumettre").bounding_box()

    till.page.get_by_text("Ce chèque paie plusieurs comptes").click()
    till.field("Montant du chèque").fill("500,00")
    till.field("Titulaire").fill("Jean Côté")

    expect(till.page.get_by_role("checkbox", name="Ce chèque paie plusieurs comptes")).to_be_checked()
    assert till.button("Soumettre").bounding_box() == before
    assert before is not None
    assert before["y"] + before["height"] < 768, "in sight on the low screen of a counter"


@pytest.mark.parametrize("gap_ms", [0, 150, 400])
def test_a_double_click_shares_once(till: Till, gap_ms: int) -> None:
    till.open_share(till.owing("100.00"), till.first_payment())
    till.page.get_by_text("Total dû", exact=True).first.click()
    expect(till.page.get_by_text("il restera 50,00 $ du chèque")).to_be_visible()

    click_twice(till.button("Soumettre"), gap_ms)

    till.receipt_number()
    assert till.cheques() == money("450.00")


def test_two_tabs_with_the_same_rest_pay_it_once(till: Till) -> None:
    paid = till.first_payment()
    twin = till.page.context.new_page()
    till.open_share(till.owing("150.00"), paid)
    till.open_share(till.owing("150.00"), paid, twin)

    with till.database_held():
        till.button("Soumettre").click()
        till.button("Soumettre", twin).click()
        twin.wait_for_timeout(1000)

    saved = [tab for tab in (till.page, twin) if _ends_at_a_receipt(tab)]
    assert len(saved) == 1, "what is left of a cheque is paid once"
    assert till.cheques() == money("500.00")


def _ends_at_a_receipt(tab: Page) -> bool:
    receipt, refusal = tab.get_by_text("Reçu no "), tab.get_by_text("Il ne reste rien à répartir de ce chèque")
    expect(receipt.or_(refusal)).to_be_visible(timeout=SAVED_MS)
    return receipt.is_visible()


def test_a_reload_while_a_share_posts_ends_at_its_receipt(till: Till) -> None:
    till.open_share(till.owing("150.00"), till.first_payment())

    with till.database_held():
        till.button("Soumettre").click()
        till.page.wait_for_timeout(300)
        till.page.reload()
        till.page.wait_for_timeout(1000)

    till.receipt_number()
    assert till.cheques() == money("500.00")


def test_back_after_the_last_share_pays_nothing_more(till: Till) -> None:
    paid, second = till.first_payment(), till.owing("150.00")
    till.page.goto(f"{till.server.url}/paiement?client={paid.customer.number}&op={paid.key}")
    till.button(PAY_ON).click()
    till.field("Numéro de client").fill(second.number)
    till.field("Numéro de client").press("Enter")
    expect(till.field("Autre montant")).to_have_value("150,00")
    till.button("Soumettre").click()
    expect(till.saved_for(second)).to_be_visible(timeout=SAVED_MS)
    last = till.receipt_number()

    till.page.go_back()
    expect(till.page.get_by_text("Il ne reste rien à répartir de ce chèque")).to_be_visible(timeout=SAVED_MS)
    till.page.go_forward()

    assert till.receipt_number() == last
    assert till.cheques() == money("500.00")
