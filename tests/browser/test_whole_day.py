"""A whole day in one real browser, by labels: from the float that the branch issues to the bank's reference.

The figures are those of ledger.md, on a day of this size:

    what happens                          drawer  cheques     bag  owed by agent  owed by branch
    float issued and confirmed            200.00     0.00    0.00           0.00            0.00
    cash, total due 10.02                 210.00     0.00    0.00          10.00            0.00
    cash, total due 75.04                 285.05     0.00    0.00          85.05            0.00
    cheque 412.37                         285.05   412.37    0.00         497.42            0.00
    post-dated cheque 300.00              285.05   712.37    0.00         797.42            0.00
    vouchers 18.40 and 14.10              252.55   712.37    0.00         797.42            0.00
    counted 232.55, submitted             147.50   300.00  497.42         797.42            0.00
    sent back, counted again, submitted   147.50   300.00  497.42         797.42            0.00
    approved                              147.50   300.00  497.42         300.00          497.42
    on a slip                             147.50   300.00  497.42         300.00          497.42
    the bank's reference                  147.50   300.00    0.00         300.00            0.00
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from partnernet.clock import now
from partnernet.domain.customers import Customer
from tests.browser.counter import Counter, open_counter
from tests.services.people import PASSWORD
from tests.support.approvals import let_proofs_grow_old
from tests.support.browser import open_page
from tests.support.counting import assert_verified
from tests.support.hands import still
from tests.support.office import SHOWN_MS, Office, button, open_office, watched

TILL, COUNT, VOUCHERS = "/petite-caisse", "/petite-caisse?vue=decompte", "/petite-caisse?vue=bons"
SCREENS_OF_AGENT = ("/", TILL, VOUCHERS, "/petite-caisse?vue=sac", "/paiements-du-jour")
OWED, OWED_BY_BRANCH = "Total dû à BOC", "Dû à BOC par la succursale"
PIECES = {"100 $": 1, "20 $": 4, "10 $": 4, "5 $": 2, "2 $": 1, "25 ¢": 2, "5 ¢": 1}  # 232.55
REASON = "Recomptez « les 20 $ » devant moi."


class Day:
    """The agent's tab, the supervisor's, and what each of them does and reads."""

    def __init__(self, office: Office, counter: Counter, desk: Page) -> None:
        self.office, self.counter, self.page, self.desk = office, counter, counter.page, desk
        self.token = office.sign_in(desk)

    # --- finding the way ---

    def open(self, page: Page, address: str) -> None:
        page.goto(f"{self.office.server.url}{address}")
        expect(page.get_by_role("heading", level=1)).to_be_visible(timeout=SHOWN_MS)
        still(page)

    def agent_reads(self, address: str, **figures: str) -> None:
        self.open(self.page, address)
        for label, amount in figures.items():
            reads(self.page, label.replace("_", " "), amount)

    def branch_owes(self, amount: str) -> None:
        self.open(self.desk, "/depots")
        reads(self.desk, OWED_BY_BRANCH, amount)

    def agent_owes(self, amount: str) -> None:
        self.open(self.page, TILL)
        reads(self.page, OWED, amount)

    def customer(self, number: str, due: str) -> Customer:
        late = self.office.world.today - timedelta(days=30)
        return self.office.world.customer(number, f"Client {number}", due=[(f"F-{number}", due, late)])

    # --- the agent ---

    def pays_in_cash(self, number: str, due: str) -> None:
        self.counter.open_form(self.customer(number, due))
        self.counter.choose()
        self.counter.button("Soumettre").click()
        self.counter.receipt_number()

    def pays_by_cheque(self, number: str, due: str, *, days_ahead: int = 0) -> None:
        page, dated = self.page, now().astimezone() + timedelta(days=days_ahead)
        self.counter.open_form(self.customer(number, due))
        page.get_by_text("Total dû", exact=True).first.click()
        page.get_by_text("Chèque", exact=True).click()
        typed = {"Numéro de chèque": number, "Transit": "00123", "Institution": "815", "Compte": "0012345"}
        typed |= {"Date du chèque": dated.date().isoformat(), "Titulaire": f"Client {number}"}
        for label, value in typed.items():
            page.get_by_label(label, exact=True).fill(value)
        self.counter.button("Soumettre").click()
        if days_ahead:
            self.counter.button("Confirmer le paiement").click()
        self.counter.receipt_number()

    def pays_voucher(self, payee: str, amount: str) -> None:
        page = self.page
        self.open(page, VOUCHERS)
        for label, value in (("Bénéficiaire", payee), ("Objet", "fournitures"), ("Montant", amount)):
            page.get_by_label(label, exact=True).fill(value)
        page.get_by_label("Catégorie").click()
        page.get_by_role("option").first.click()
        page.get_by_text("Conservée", exact=True).click()
        button(page, "Payer le bon").click()
        expect(page.get_by_text(re.compile(f"^Bon payé : {amount}"))).to_be_visible(timeout=SHOWN_MS)

    def counts(self, *, again: bool = False) -> None:
        """Every piece and every cheque, then « Figer le décompte »: what it has found is read in words."""
        page = self.page
        for name, quantity in PIECES.items():
            kind = "Pièces" if "¢" in name or name in ("1 $", "2 $") else "Billets"
            page.get_by_label(f"{kind} de {name}", exact=True).fill(str(quantity))
        for cheque in ("Chèque 000003", "Chèque 000004"):
            page.get_by_role("checkbox", name=cheque).press("Space")
        expect(page.get_by_text("2 sur 2 · 712,37 $")).to_be_visible(timeout=SHOWN_MS)
        button(page, "Figer le décompte").click()
        expect(page.get_by_text("Il manque 20,00 $")).to_be_visible(timeout=SHOWN_MS)
        reads(page, "Compté", "232,55 $")
        reads(page, "Attendu", "252,55 $")
        expect(page.locator(".pn-count-state")).to_contain_text("non à l'aveugle" if again else "· à l'aveugle")

    def explains_and_submits(self, number: int) -> None:
        page = self.page
        page.get_by_label("Raison de l'écart").click()
        page.get_by_role("option", name="Erreur de monnaie").click()
        page.get_by_label("Note", exact=True).fill("monnaie rendue deux fois")
        button(page, "Soumettre la réconciliation").click()
        expect(page.get_by_text(f"Réconciliation no {number}", exact=True)).to_be_visible(timeout=SHOWN_MS)
        reads(page, "Total du sac", "497,42 $")
        reads(page, "Espèces au sac", "85,05 $")

    # --- the supervisor ---

    def opens_submission(self, number: int) -> None:
        self.desk.goto(f"{self.office.server.url}/reconciliations?no={number}")
        expect(self.desk.get_by_role("heading", name=f"Réconciliation no {number}")).to_be_visible(timeout=SHOWN_MS)


def reads(page: Page, label: str, amount: str) -> None:
    """The figure of that name says that much."""
    named = page.locator("dl > div").filter(has=page.get_by_text(label, exact=True))
    expect(named.locator("dd").first).to_have_text(amount, timeout=SHOWN_MS)


def says(page: Page, text: str) -> Locator:
    said = page.get_by_text(text)
    expect(said.first).to_be_visible(timeout=SHOWN_MS)
    return said


@pytest.fixture
def day(sqlite_template: Path, tmp_path: Path, page: Page, browser: Browser) -> Iterator[Day]:
    """Both tabs obey the content security policy, and nobody else's server is asked."""
    office_at = open_office(sqlite_template, tmp_path)
    with office_at as office, open_page(browser) as desk, watched(page, office.server), watched(desk, office.server):
        yield Day(office, open_counter(office.server, office.world, page), desk)


def test_a_day_from_the_float_to_the_bank(day: Day) -> None:
    the_branch_issues_a_float(day)
    customers_pay(day)
    petty_cash_is_paid(day)
    the_till_is_counted_blind(day)
    the_shortage_is_explained_and_submitted(day)
    the_supervisor_sends_it_back(day)
    it_is_counted_again_and_no_longer_blind(day)
    the_supervisor_approves_with_the_password(day)
    the_bag_goes_to_the_bank(day)
    assert_verified(day.office.world)


def the_branch_issues_a_float(day: Day) -> None:
    day.open(day.desk, VOUCHERS)
    day.desk.get_by_label("Remis à").click()
    day.desk.get_by_role("option", name="Josée Bélanger").click()
    day.desk.get_by_label("Somme remise").fill("200")
    button(day.desk, "Remettre le fonds").click()
    says(day.desk, "En attente de confirmation")
    day.agent_reads(VOUCHERS, Fonds_présent="0,00 $")  # what is not confirmed must NOT count

    button(day.page, "Confirmer la réception").click()

    reads(day.page, "Fonds présent", "200,00 $")
    day.agent_owes("0,00 $")


def customers_pay(day: Day) -> None:
    day.pays_in_cash("000001", "10.02")
    day.agent_owes("10,00 $")
    day.pays_in_cash("000002", "75.04")
    day.agent_owes("85,05 $")
    day.pays_by_cheque("000003", "412.37")
    day.pays_by_cheque("000004", "300.00", days_ahead=7)

    figures = {"Espèces_attendues": "285,05 $", "Chèques_en_main": "712,37 $", "Fonds_de_caisse": "200,00 $"}
    day.agent_reads(TILL, **figures)
    reads(day.page, OWED, "797,42 $")
    says(day.page, "dont 300,00 $ en chèques postdatés")
    day.branch_owes("0,00 $")


def petty_cash_is_paid(day: Day) -> None:
    day.pays_voucher("Papeterie du Plateau", "18,40")
    day.pays_voucher("Postes Canada", "14,10")

    day.agent_reads(VOUCHERS, Fonds_présent="167,50 $", Bons_payés="32,50 $")
    day.agent_reads(TILL, Espèces_attendues="252,55 $", Fonds_de_caisse="167,50 $")
    reads(day.page, OWED, "797,42 $")  # petty cash must NOT be paid with what is owed


def the_till_is_counted_blind(day: Day) -> None:
    day.open(day.page, COUNT)
    button(day.page, "Commencer le décompte").click()
    expect(day.page.get_by_label("Pièces de 5 ¢", exact=True)).to_be_focused(timeout=SHOWN_MS)

    for address in SCREENS_OF_AGENT:
        day.open(day.page, address)
        seen = day.page.locator("body").inner_text().replace("\u00a0", " ")
        for hidden in ("252,55", "797,42", "85,05", "167,50", "147,50"):
            assert hidden not in seen, f"{address} must NOT tell what the count should find"

    day.open(day.page, COUNT)
    day.counts()


def the_shortage_is_explained_and_submitted(day: Day) -> None:
    button(day.page, "Soumettre la réconciliation").click()
    expect(day.page.locator(".pn-refusal").first).to_be_visible(timeout=SHOWN_MS)
    expect(day.page.get_by_text("Réconciliation no 1")).to_have_count(0)  # NOT without a reason

    day.explains_and_submits(1)

    day.agent_reads(TILL, Espèces_attendues="147,50 $", Chèques_en_main="300,00 $", Fonds_de_caisse="147,50 $")
    reads(day.page, OWED, "797,42 $")
    says(day.page, "dont 497,42 $ en sacs scellés")
    day.branch_owes("0,00 $")  # a bag that nobody has approved is NOT the branch's


def the_supervisor_sends_it_back(day: Day) -> None:
    day.page.goto(f"{day.office.server.url}/reconciliations?no=1")
    says(day.page, "Vous n'avez pas accès à cette page")  # an agent must NOT decide
    day.opens_submission(1)
    says(day.desk, "Il manque 20,00 $")
    says(day.desk, "monnaie rendue deux fois")

    day.desk.get_by_label("Raison du retour").fill(REASON)
    button(day.desk, "Retourner").click()

    expect(day.desk.locator(".pn-decided")).to_contain_text("Retournée par Anne Lavoie", timeout=SHOWN_MS)
    day.branch_owes("0,00 $")
    says(day.desk, "Aucun sac n'attend d'être déposé")


def it_is_counted_again_and_no_longer_blind(day: Day) -> None:
    day.agent_reads(TILL, Espèces_attendues="252,55 $", Chèques_en_main="712,37 $", Fonds_de_caisse="167,50 $")
    reads(day.page, OWED, "797,42 $")
    day.open(day.page, COUNT)
    says(day.page, REASON)
    button(day.page, "Commencer le décompte").click()
    expect(day.page.locator(".pn-count-state")).to_contain_text("non à l'aveugle", timeout=SHOWN_MS)

    day.counts(again=True)
    day.explains_and_submits(2)

    day.agent_owes("797,42 $")
    day.branch_owes("0,00 $")


def the_supervisor_approves_with_the_password(day: Day) -> None:
    let_proofs_grow_old(day.office.world, day.token)
    day.opens_submission(2)
    password = day.desk.get_by_label("Mot de passe", exact=True)
    expect(password).to_be_visible(timeout=SHOWN_MS)
    expect(button(day.desk, "Approuver")).to_have_count(0)  # NOT on a password of five minutes ago
    password.fill(PASSWORD)
    password.press("Enter")

    button(day.desk, "Approuver").click()

    expect(day.desk.locator(".pn-decided")).to_contain_text("Approuvée par Anne Lavoie", timeout=SHOWN_MS)
    day.agent_owes("300,00 $")
    says(day.page, "dont 300,00 $ en chèques postdatés")
    day.branch_owes("497,42 $")  # approval passes the debt on, it does NOT pay it


def the_bag_goes_to_the_bank(day: Day) -> None:
    day.desk.get_by_role("checkbox", name="Sac no").press("Space")
    says(day.desk, "1 sac coché")
    button(day.desk, "Préparer le bordereau").click()
    says(day.desk, "Bordereau no 1 préparé : 1 sac, 497,42 $.")
    day.branch_owes("497,42 $")  # a slip alone does NOT pay it either

    day.desk.get_by_label("Référence de la banque", exact=True).fill("BNC-001")
    button(day.desk, "Inscrire la référence de la banque").click()

    says(day.desk, "Bordereau no 1 remis à BOC")
    reads(day.desk, OWED_BY_BRANCH, "0,00 $")
    day.agent_owes("300,00 $")
    day.agent_reads(TILL, Espèces_attendues="147,50 $", Chèques_en_main="300,00 $", Fonds_de_caisse="147,50 $")
