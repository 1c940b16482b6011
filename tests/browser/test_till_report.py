"""« Réconciliation de petite caisse » in a browser: the report, its paper, its address, and a voucher paid once."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page, expect
from sqlalchemy import select

from partnernet.clock import now
from partnernet.services import counts, payments, petty_cash, replenishments
from partnernet.storage import schema, tables
from tests.support.hands import still
from tests.support.requests import a_cheque, float_received, money, paying
from tests.support.screens import open_session
from tests.support.server import Server, running_server
from tests.support.world import World

TILL = "/petite-caisse"
PAYEE = "L'Œuvre des Sœurs <b>"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, World]]:
    """A server over a world in which nobody has a till yet."""
    folder = tmp_path_factory.mktemp("till")
    url = f"sqlite:///{folder / 'partnernet.db'}"
    schema.upgrade(url)
    database = schema.open_database(url)
    with running_server(url, folder) as server:
        yield server, World(database, now=now())
    database.dispose()


class Counter:
    """A tab of an agent of its own, who holds a float of 200.00, 61.35 in cash and a cheque of 412.37."""

    def __init__(self, server: Server, world: World, page: Page) -> None:
        self.server, self.world, self.page = server, world, page
        number = len(self._logins())
        self.agent = world.person(f"PA5{number:03}", f"Josée Roy {number}", world.agent.role, world.branch)
        float_received(world, "200.00", agent=self.agent)
        sheet = a_cheque(f"{number:06}", dated=world.today)
        for account, amount, cheque in (("1", "61.35", None), ("2", "412.37", sheet)):
            customer = world.customer(f"{number}0000{account}", due=[(f"F-{number}{account}", amount, world.today)])
            request = paying(world, customer, cheque=cheque)
            payments.record(world.db, request, by=self.agent, at=world.later(seconds=1))
        token = open_session(world, self.agent)
        page.context.add_cookies([{"name": "partnernet-session", "value": token, "url": server.url, "httpOnly": True}])

    def _logins(self) -> list[str]:
        with self.world.db.read() as connection:
            return list(connection.execute(select(tables.app_user.c.login)).scalars())

    def open(self, address: str = TILL) -> None:
        self.page.goto(f"{self.server.url}{address}")
        expect(self.page.get_by_role("heading", name="Réconciliation de petite caisse")).to_be_visible(timeout=20_000)

    def button(self, name: str) -> Locator:
        return self.page.get_by_role("button", name=name, exact=True)

    def fill_voucher(self) -> None:
        """Everything but « Payer le bon »."""
        expect(self.button("Payer le bon")).to_be_visible(timeout=20_000)
        self.page.get_by_label("Bénéficiaire").fill(PAYEE)
        self.page.get_by_label("Objet").fill("Timbres")
        self.page.get_by_label("Montant").fill("18,40")
        self.page.get_by_label("Catégorie").click()
        self.page.get_by_role("option", name="Frais de poste").click()
        self.page.get_by_text("Manquante", exact=True).click()

    def vouchers_cents(self) -> list[int]:
        """What this agent's vouchers were paid for."""
        query = (
            select(tables.voucher.c.amount_cents)
            .join(tables.posting, tables.posting.c.id == tables.voucher.c.posting_id)
            .where(tables.posting.c.agent_id == self.agent.id)
        )
        with self.world.db.read() as connection:
            return list(connection.execute(query).scalars())


@pytest.fixture
def counter(served: tuple[Server, World], page: Page) -> Iterator[Counter]:
    """A signed-in tab, in which the content security policy refuses nothing and nobody else is asked."""
    server, world = served
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda request: None if server.url in request.url else complaints.append(request.url))
    yield Counter(server, world, page)
    assert [complaint for complaint in complaints if not complaint.startswith(("data:", "blob:"))] == []


def cell(page: Page, text: str) -> Locator:
    """A cell of a table: drawn on a canvas, and in the page for whoever does not see it."""
    return page.get_by_test_id("data-grid-canvas").get_by_text(text, exact=True)


def paid(page: Page) -> Locator:
    return page.get_by_text(re.compile(r"^Bon payé : 18,40"))


def test_the_report_is_there_with_every_payment_and_prints(counter: Counter) -> None:
    page = counter.page
    counter.open()

    expect(page.get_by_role("heading", name="Rapport de caisse en cours", exact=True)).to_be_visible(timeout=20_000)
    expect(page.get_by_text("Total dû à BOC", exact=True)).to_be_visible()
    expect(page.get_by_text("473,72\u00a0$", exact=True).first).to_be_visible()
    expect(cell(page, "Locations Richard").first).to_be_attached()
    expect(cell(page, "Dans la caisse")).to_be_attached()
    with page.expect_popup() as opened:
        page.get_by_role("link", name="Imprimer", exact=True).click()
    expect(opened.value).to_have_url(re.compile("/print/till-report/current$"))
    expect(opened.value.locator("iframe")).to_be_attached()


def test_the_view_is_in_the_address_and_a_reload_and_back_come_to_it_again(counter: Counter) -> None:
    page = counter.page
    counter.open()
    expect(page.get_by_role("heading", name="Rapport de caisse en cours")).to_be_visible(timeout=20_000)

    counter.page.get_by_role("radio", name="Bons").or_(counter.button("Bons")).first.click()

    expect(page).to_have_url(re.compile(r"\?vue=bons&op=[\w-]{16,}$"))
    expect(counter.button("Payer le bon")).to_be_visible(timeout=20_000)
    page.reload()
    expect(counter.button("Payer le bon")).to_be_visible(timeout=20_000)
    page.go_back()
    expect(page.get_by_role("heading", name="Rapport de caisse en cours")).to_be_visible(timeout=20_000)
    expect(counter.button("Payer le bon")).to_have_count(0)


def test_a_double_click_and_a_reload_pay_one_voucher(counter: Counter) -> None:
    counter.open(f"{TILL}?vue=bons")
    counter.fill_voucher()

    counter.button("Payer le bon").dblclick()

    expect(paid(counter.page)).to_be_visible(timeout=20_000)
    counter.page.reload()
    expect(paid(counter.page)).to_be_visible(timeout=20_000)
    expect(counter.button("Payer le bon")).to_have_count(0)
    assert counter.vouchers_cents() == [1840]
    assert counter.page.locator("section b").count() == 0, "a payee is shown as written, and NOT as bold"


def test_the_same_form_in_two_tabs_pays_one_voucher(counter: Counter) -> None:
    counter.open(f"{TILL}?vue=bons")
    counter.fill_voucher()
    other = Counter.__new__(Counter)
    other.__dict__.update(counter.__dict__ | {"page": counter.page.context.new_page()})
    other.page.goto(counter.page.url)
    other.fill_voucher()

    counter.button("Payer le bon").click()
    other.button("Payer le bon").click()

    for tab in (counter.page, other.page):
        expect(paid(tab)).to_be_visible(timeout=20_000)
    assert counter.vouchers_cents() == [1840]


def test_a_voucher_is_paid_by_the_keyboard_alone(counter: Counter) -> None:
    page = counter.page
    counter.open(f"{TILL}?vue=bons")
    expect(page.get_by_label("Bénéficiaire")).to_be_focused(timeout=20_000)

    page.keyboard.type("Postes Canada")
    page.keyboard.press("Tab")
    page.keyboard.type("Timbres")
    page.keyboard.press("Tab")
    page.keyboard.type("Frais")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")  # the cross that empties the choice
    page.keyboard.press("Tab")
    expect(page.get_by_label("Montant")).to_be_focused()
    page.keyboard.type("18,40")
    page.keyboard.press("Tab")
    expect(page.get_by_label("Date", exact=True)).to_have_value(counter.world.today.isoformat())
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    expect(counter.button("Payer le bon")).to_be_focused()
    page.keyboard.press("Enter")

    expect(paid(page)).to_be_visible(timeout=20_000)
    expect(counter.button("Nouveau bon")).to_be_focused()
    assert counter.vouchers_cents() == [1840]


def test_a_field_that_is_reached_while_the_screen_is_drawn_keeps_the_focus(counter: Counter) -> None:
    page = counter.page
    page.add_init_script("""new MutationObserver((_all, looking) => {
      const field = document.querySelector("input[aria-label=Objet]");
      if (field) looking.disconnect(), field.focus();
    }).observe(document, { childList: true, subtree: true })""")  # as an aid to dictation does, by no key or click

    counter.open(f"{TILL}?vue=bons")

    expect(counter.button("Payer le bon")).to_be_visible(timeout=20_000)
    still(page)
    page.wait_for_timeout(500)
    expect(page.get_by_label("Objet")).to_be_focused()


def test_a_refusal_stands_beside_its_field_and_the_button_stays_usable(counter: Counter) -> None:
    page = counter.page
    counter.open(f"{TILL}?vue=bons")
    counter.fill_voucher()
    page.get_by_label("Montant").fill("0,03")

    counter.button("Payer le bon").click()

    expect(page.get_by_text("multiple de cinq cents")).to_be_visible(timeout=20_000)
    expect(page.get_by_label("Bénéficiaire")).to_have_value(PAYEE)
    page.get_by_label("Montant").fill("18,40")
    counter.button("Payer le bon").click()
    expect(paid(page)).to_be_visible(timeout=20_000)
    assert counter.vouchers_cents() == [1840]


def test_while_the_till_is_counted_the_whole_page_tells_no_cash(counter: Counter) -> None:
    page = counter.page
    counts.start(counter.world.db, by=counter.agent, at=counter.world.later(seconds=1))

    counter.open()

    expect(page.get_by_text("Décompte en cours")).to_be_visible(timeout=20_000)
    expect(cell(page, "masqué").first).to_be_attached()
    content = page.content().replace("\u00a0", " ")
    assert "412,37" in content
    assert [secret for secret in ("61,35", "473,72", "261,35") if secret in content] == []


def test_double_clicks_ask_once_and_cancel_once_without_a_refusal(counter: Counter) -> None:
    page = counter.page
    counter.open(f"{TILL}?vue=bons")
    counter.fill_voucher()
    counter.button("Payer le bon").click()
    expect(paid(page)).to_be_visible(timeout=20_000)

    counter.button("Demander un renflouement").dblclick()

    expect(page.get_by_text("En attente", exact=True)).to_be_visible(timeout=20_000)
    assert len(replenishments.listed(counter.world.db, by=counter.agent)) == 1
    page.get_by_label("Bon à annuler").click()
    page.get_by_role("option").first.click()
    counter.button("Annuler ce bon").click()
    expect(counter.button("Confirmer l'annulation")).to_be_visible(timeout=20_000)
    counter.button("Confirmer l'annulation").dblclick()
    expect(page.get_by_text("Ce bon a été annulé")).to_be_visible(timeout=20_000)
    expect(page.locator(".pn-refusal")).to_have_count(0)
    cash = petty_cash.of_agent(counter.world.db, by=counter.agent)
    assert cash is not None
    assert cash.present == money("200.00")
