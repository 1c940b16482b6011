"""Correcting payments in a browser: once however often one clicks, two supervisors at once, the keyboard alone, the
password again with everything kept; and an error that an agent reports, to its answer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from partnernet.clock import now
from partnernet.domain.agents import Agent
from partnernet.domain.receipts import Receipt
from partnernet.domain.sign_in import SessionLimits
from partnernet.services import error_reports, payments, sessions
from tests.services.people import PASSWORD, add_agent
from tests.support.approvals import let_proofs_grow_old
from tests.support.browser import open_page
from tests.support.counting import assert_verified, take_cash
from tests.support.hands import click_twice, settle, still
from tests.support.office import LOGINS, SHOWN_MS, Office, button, open_office, watched

SCREEN = "/contre-passations"
KEPT = "Gardé : seule l'inscription est fausse"
ENTER_AGAIN = "Contre-passer et réinscrire"


@pytest.fixture(scope="module")
def office(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with open_office(sqlite_template, tmp_path_factory.mktemp("correcting")) as opened:
        add_agent(opened.world)
        yield opened


@pytest.fixture
def tab(office: Office, page: Page) -> Iterator[Page]:
    with watched(page, office.server) as tab:
        office.sign_in(tab)
        yield tab


@pytest.fixture
def paid(office: Office) -> Receipt:
    return take_cash(office.world, "60.00")


def open_receipt(office: Office, page: Page, paid: Receipt) -> None:
    page.goto(f"{office.server.url}{SCREEN}?recu={paid.number}")
    expect(page.get_by_role("radio", name="Mauvais montant")).to_be_visible(timeout=SHOWN_MS)
    settle(page)


def choose(page: Page, *answers: str) -> None:
    """Choose answers one after the other, each question drawn by the answer before."""
    for words in answers:
        page.get_by_text(words, exact=True).click()
        expect(page.get_by_role("radio", name=words, exact=True)).to_be_checked(timeout=SHOWN_MS)


def now_reads(office: Office, number: str) -> Receipt:
    return payments.receipt(office.world.db, number, by=office.world.supervisor)


def signed_in(token: str, office: Office) -> Agent:
    """Who has this token in their cookie."""
    session = sessions.find(office.world.db, sessions.hash_token(token), at=now(), limits=SessionLimits())
    assert session is not None
    return session.agent


def done(page: Page, paid: Receipt) -> None:
    """The screen says that the receipt is reversed."""
    expect(page.locator(".pn-saved-number")).to_have_text(f"Reçu no {paid.number} contre-passé", timeout=SHOWN_MS)


# --- once -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("gap_ms", [0, 60, 250, 600])
def test_a_double_click_right_after_typing_corrects_once_and_refuses_nothing(
    office: Office, tab: Page, paid: Receipt, gap_ms: int
) -> None:
    open_receipt(office, tab, paid)
    choose(tab, "Mauvais montant", KEPT)
    tab.get_by_label("Note", exact=True).fill("il a donné 50")
    tab.get_by_label("Bon montant").fill("50,00")

    click_twice(button(tab, ENTER_AGAIN), gap_ms)

    done(tab, paid)
    still(tab)
    expect(tab.locator(".pn-refusal")).to_have_count(0)
    made = now_reads(office, paid.number).reversal
    assert made is not None
    assert str(now_reads(office, made.reentered).amount) == "50.00"
    assert now_reads(office, made.reentered).reversal is None
    assert_verified(office.world)


def test_two_supervisors_at_once_both_read_who_corrected_it(
    office: Office, tab: Page, browser: Browser, paid: Receipt
) -> None:
    with open_page(browser) as other:
        office.sign_in(other, LOGINS[1])
        for page in (tab, other):
            open_receipt(office, page, paid)
            choose(page, "Paiement pris deux fois", "Jamais reçu")
            page.get_by_label("Note", exact=True).fill("pris deux fois")

        button(tab, "Contre-passer").click(no_wait_after=True)
        button(other, "Contre-passer").click(no_wait_after=True)

        for page in (tab, other):
            done(page, paid)
            expect(page.locator(".pn-saved")).to_contain_text(re.compile(r"Par (Anne Lavoie|Guy Roy), le"))
            expect(button(page, "Contre-passer")).to_have_count(0)
    assert_verified(office.world)


def test_a_correction_made_elsewhere_arrives_by_itself(
    office: Office, tab: Page, browser: Browser, paid: Receipt
) -> None:
    open_receipt(office, tab, paid)
    with open_page(browser) as other:
        office.sign_in(other, LOGINS[1])
        open_receipt(office, other, paid)
        choose(other, "Paiement pris deux fois", "Jamais reçu")
        other.get_by_label("Note", exact=True).fill("pris deux fois")
        button(other, "Contre-passer").click()
        done(other, paid)

    done(tab, paid)
    expect(tab.locator(".pn-saved")).to_contain_text("Par Guy Roy, le")


# --- the keyboard alone ---------------------------------------------------------------------------------------------


def test_a_receipt_is_found_corrected_and_its_slip_reached_by_the_keyboard_alone(
    office: Office, tab: Page, paid: Receipt
) -> None:
    right = take_cash(office.world, "10.00").customer
    tab.goto(f"{office.server.url}{SCREEN}")
    expect(tab.get_by_label("Numéro de reçu")).to_be_focused(timeout=SHOWN_MS)

    tab.keyboard.type(paid.number.removeprefix("MTL-"))
    tab.keyboard.press("Enter")
    expect(tab.get_by_role("radio", name="Mauvais client")).to_be_focused(timeout=SHOWN_MS)
    tab.keyboard.press("Space")
    kept = tab.get_by_role("radio", name=KEPT)
    expect(kept).to_be_visible(timeout=SHOWN_MS)
    tab.keyboard.press("Tab")
    expect(kept).to_be_focused()
    tab.keyboard.press("Space")
    number = tab.get_by_label("Bon numéro de client")
    expect(number).to_be_visible(timeout=SHOWN_MS)
    still(tab)  # « Chercher un client » comes between it and the note
    tab.keyboard.press("Tab")
    expect(number).to_be_focused()
    tab.keyboard.type(right.number.lstrip("0"))
    tab.keyboard.press("Tab")
    expect(tab.locator(".pn-right-customer")).to_contain_text(right.name, timeout=SHOWN_MS)
    expect(tab.locator(".pn-preview")).to_contain_text("L'argent reste où il est", timeout=SHOWN_MS)
    tab.keyboard.press("Tab")
    expect(tab.get_by_label("Note", exact=True)).to_be_focused()
    tab.keyboard.type("le voisin dans la liste")
    tab.keyboard.press("Tab")
    expect(button(tab, ENTER_AGAIN)).to_be_focused()
    tab.keyboard.press("Enter")

    done(tab, paid)
    expect(tab.get_by_role("link", name="Imprimer", exact=True)).to_be_focused(timeout=SHOWN_MS)
    made = now_reads(office, paid.number).reversal
    assert made is not None
    assert now_reads(office, made.reentered).customer.number == right.number


# --- the password again ---------------------------------------------------------------------------------------------


def test_the_password_is_asked_again_and_everything_filled_in_is_kept(
    office: Office, page: Page, paid: Receipt
) -> None:
    with watched(page, office.server) as tab:
        token = office.sign_in(tab)
        open_receipt(office, tab, paid)
        choose(tab, "Mauvais type de paiement", KEPT)
        cheque = {"Numéro de chèque": "000777", "Transit": "00006", "Institution": "006", "Compte": "0123456"}
        for label, text in cheque.items():
            tab.get_by_label(label, exact=True).fill(text)
        tab.get_by_label("Titulaire").fill("L'Œuvre des Sœurs")
        tab.get_by_label("Note", exact=True).fill("c'était un chèque « vert » & bleu\nde deux lignes")
        let_proofs_grow_old(office.world, token)

        button(tab, ENTER_AGAIN).click()
        password = tab.get_by_label("Mot de passe", exact=True)
        expect(password).to_be_visible(timeout=SHOWN_MS)
        password.fill("ni vu ni connu ici")
        button(tab, "Confirmer le mot de passe").click()
        expect(tab.get_by_text("ce n'est pas le vôtre")).to_be_visible(timeout=SHOWN_MS)
        expect(password).to_be_focused()
        password.fill(PASSWORD)
        password.press("Enter")

        note = tab.get_by_label("Note", exact=True)
        expect(note).to_have_value("c'était un chèque « vert » & bleu\nde deux lignes", timeout=SHOWN_MS)
        expect(note).to_be_focused()
        for label, text in cheque.items():
            expect(tab.get_by_label(label, exact=True)).to_have_value(text)
        expect(tab.get_by_label("Titulaire")).to_have_value("L'Œuvre des Sœurs")
        button(tab, ENTER_AGAIN).click()
        done(tab, paid)
        expect(tab.locator(".pn-saved")).to_contain_text("Chèque no 000777")


# --- an error that an agent reports ---------------------------------------------------------------------------------


def test_an_agent_reports_an_error_once_and_reads_the_supervisor_s_answer(
    office: Office, tab: Page, browser: Browser
) -> None:
    with open_page(browser) as counter:
        agent = signed_in(office.sign_in(counter, "PA9000"), office)
        paid = take_cash(office.world, "60.00", agent=agent)
        address = f"{office.server.url}/paiement?client={paid.customer.number}&op={paid.key}"
        counter.goto(address)
        button(counter, "Signaler une erreur").click(timeout=SHOWN_MS)
        reason = counter.get_by_role("combobox", name="Raison")
        expect(reason).to_be_focused(timeout=SHOWN_MS)
        counter.keyboard.type("Mauvais client")
        counter.keyboard.press("Enter")
        counter.get_by_label("Note", exact=True).fill("le voisin")
        button(counter, "Envoyer au superviseur").dblclick()
        expect(counter.get_by_text("Envoyé : un superviseur s'en occupe.")).to_be_visible(timeout=SHOWN_MS)
        expect(counter.locator(".pn-refusal")).to_have_count(0)
        assert len(error_reports.of_payment(office.world.db, paid.number, by=agent)) == 1

        tab.goto(f"{office.server.url}{SCREEN}")
        line = tab.locator("[class*=st-key-report-]", has_text=paid.number).first
        line.get_by_role("button", name="Classer sans suite").click(timeout=SHOWN_MS)
        why = line.get_by_role("textbox")
        expect(why).to_be_focused(timeout=SHOWN_MS)
        why.fill("C'est bien lui.")
        line.get_by_role("button", name="Classer", exact=True).dblclick()
        expect(tab.get_by_text(f"Signalement sur le reçu no {paid.number} : classé sans suite.")).to_be_visible(
            timeout=SHOWN_MS
        )

        counter.goto(address)
        expect(counter.get_by_text("« C'est bien lui. »")).to_be_visible(timeout=SHOWN_MS)
