"""Correcting one receipt on its screen: the questions that the reason needs, what will be, once, never one's own."""

from __future__ import annotations

import pytest

from partnernet.domain.money import ZERO
from partnernet.domain.permissions import Role
from partnernet.domain.receipts import Receipt
from partnernet.domain.reversals import ReversalReason, WhereIsTheMoney
from partnernet.domain.tenders import Tender
from tests.support.approvals import buttons, press, said
from tests.support.correcting import undo
from tests.support.correction_screen import KEPT, SCREEN, answer, correct, fill, now_reads, open_receipt, options
from tests.support.requests import money, new_key, standing_of
from tests.support.screens import Screens, pay, words

WHERE = "Où est l'argent ?"
CHEQUE = {
    "Numéro_de_chèque": "000777",
    "Transit": "00006",
    "Institution": "006",
    "Compte": "0123456",
    "Titulaire": "Jean Côté",
}


@pytest.fixture
def cash(screens: Screens) -> Receipt:
    return pay(screens, "60.00", screens.world.agent)


@pytest.fixture
def cheque(screens: Screens) -> Receipt:
    return pay(screens, "412.37", screens.world.agent, cheque="000123")


# --- the questions --------------------------------------------------------------------------------------------------


def test_the_receipt_stands_above_with_where_its_money_is(screens: Screens, cash: Receipt) -> None:
    text = said(open_receipt(screens, cash))

    assert "Locations Richard" in text
    assert "<dd>60,00 $</dd>" in text
    assert "<dd>Marie Tremblay (PA1234)</dd>" in text
    assert "<dd>dans le tiroir de Marie Tremblay, pas encore compté</dd>" in text


def test_cash_offers_no_returned_cheque_and_asks_only_the_reason_first(screens: Screens, cash: Receipt) -> None:
    app = open_receipt(screens, cash)

    assert options(app, "Raison") == [
        "Mauvais client", "Mauvais montant", "Mauvais type de paiement", "Paiement pris deux fois",
    ]  # fmt: skip
    assert [radio.label for radio in app.radio] == ["Raison"]
    assert not app.text_input


def test_what_was_paid_twice_was_not_kept(screens: Screens, cash: Receipt) -> None:
    app = answer(open_receipt(screens, cash), "Raison", "Paiement pris deux fois")

    assert options(app, WHERE) == ["Remis au client", "Jamais reçu"]


def test_a_returned_cheque_asks_the_bank_s_reason_and_not_where_the_money_is(screens: Screens, cheque: Receipt) -> None:
    app = answer(open_receipt(screens, cheque), "Raison", "Chèque retourné")

    assert [radio.label for radio in app.radio] == ["Raison"]
    assert [box.label for box in app.selectbox] == ["Raison de la banque"]
    assert [box.label for box in app.checkbox] == ["Ne plus accepter de chèque de ce compte"]


def test_another_reason_forgets_what_was_refused_for_the_first(screens: Screens, cash: Receipt) -> None:
    app = answer(open_receipt(screens, cash), "Raison", "Mauvais montant")
    app = correct(answer(app, WHERE, KEPT))
    assert "Montant : " in said(app)

    app = answer(app, "Raison", "Paiement pris deux fois")

    assert "pn-refusal" not in words(app)


# --- what will be, and what was done --------------------------------------------------------------------------------


def test_cash_handed_back_is_told_before_and_after(screens: Screens, cash: Receipt) -> None:
    app = answer(open_receipt(screens, cash), "Raison", "Mauvais montant")
    app = answer(app, WHERE, "Remis au client")
    assert "Le client reçoit 60,00 $, du tiroir de Marie Tremblay." in said(app)
    assert "sans rien inscrire à la place" in said(app)
    assert standing_of(screens.world, cash.customer).total_due == money("2499940.00"), "a preview keeps nothing"

    app = correct(app, "le client a repris son argent")

    text = said(app)
    assert f"Reçu no {cash.number} contre-passé" in text
    assert "Par Anne Lavoie, le" in text
    assert "« le client a repris son argent »" in text
    assert "Contre-passer" not in buttons(app)
    assert now_reads(screens, cash.number).reversal is not None


def test_the_right_customer_is_shown_by_name_and_city_before_anything_moves(screens: Screens, cash: Receipt) -> None:
    right = screens.world.customer(
        "007007", "L'Œuvre des Sœurs", city="St-Jérôme", due=[("G-1", "100.00", screens.world.today)]
    )
    app = answer(answer(open_receipt(screens, cash), "Raison", "Mauvais client"), WHERE, KEPT)
    assert "Œuvre" not in said(app)

    app = fill(app, Bon_numéro_de_client="7007")

    text = said(app)
    assert "<strong>007007 · L'Œuvre des Sœurs</strong>" in text
    assert "1200, rue Ontario, St-Jérôme" in text
    assert "<td>100,00 $</td><td>40,00 $</td>" in text, "the right account, before and after"
    assert "<td>2 499 940,00 $</td><td>2 500 000,00 $</td>" in text
    assert "L'argent reste où il est" in text

    app = correct(app)

    entered = now_reads(screens, now_reads(screens, cash.number).reversal.reentered)  # type: ignore[union-attr]
    assert (entered.customer.number, entered.received, entered.corrects) == (right.number, cash.received, cash.number)
    assert f"Réinscrit au reçu no {entered.number} : 60,00 $, Espèces" in said(app)
    assert [link.proto.label for link in app.get("link_button")] == ["Imprimer", "Imprimer le reçu"]


def test_a_number_that_leads_nowhere_is_told_beside_its_field_and_kept(screens: Screens, cash: Receipt) -> None:
    app = answer(answer(open_receipt(screens, cash), "Raison", "Mauvais client"), WHERE, KEPT)

    app = correct(fill(app, Bon_numéro_de_client="999"))

    assert "« 999 » ne mène à aucun compte" in said(app)
    assert "pn-refusal-whole" not in words(app)
    assert app.text_input[0].value == "999"
    assert now_reads(screens, cash.number).reversal is None


def test_a_refusal_is_said_until_what_it_was_about_is_written_otherwise(screens: Screens, cash: Receipt) -> None:
    app = answer(answer(open_receipt(screens, cash), "Raison", "Mauvais montant"), WHERE, KEPT)
    app = correct(fill(app, Bon_montant="abc"))
    assert "« abc » n'est pas un montant" in said(app)
    assert "« abc » n'est pas un montant" in said(app.run())

    app = fill(app, Bon_montant="70,00")

    assert "abc" not in said(app)
    assert "70,00 $" in said(app)


def test_an_amount_that_would_leave_a_credit_is_to_be_checked_before_the_button(
    screens: Screens, cash: Receipt
) -> None:
    app = answer(answer(open_receipt(screens, cash), "Raison", "Mauvais montant"), WHERE, KEPT)
    assert "Vérifiez le montant" not in said(fill(app, Bon_montant="2 500 000,00"))

    app = fill(app, Bon_montant="2 500 000,05")

    assert "Vérifiez le montant : le compte" in said(app)
    assert "aura un crédit de 0,05 $" in said(app)


def test_a_note_that_is_too_long_is_refused_and_kept_whole(screens: Screens, cash: Receipt) -> None:
    app = answer(answer(open_receipt(screens, cash), "Raison", "Mauvais montant"), WHERE, KEPT)
    long = "Le client a insisté. " * 30

    app = correct(fill(app, Bon_montant="50,00"), long)

    assert "500 caractères" in said(app)
    assert app.text_area[0].value == long
    assert now_reads(screens, cash.number).reversal is None


def test_the_right_amount_changes_what_the_till_should_hold(screens: Screens, cash: Receipt) -> None:
    app = answer(answer(open_receipt(screens, cash), "Raison", "Mauvais montant"), WHERE, KEPT)

    app = fill(app, Bon_montant="50,00")

    assert "La caisse de Marie Tremblay devra contenir 10,00 $ de moins." in said(app)
    app = correct(app)
    assert "Réinscrit au reçu no MTL-000002 : 50,00 $, Espèces" in said(app)


def test_an_amount_that_changes_nothing_is_told_before_the_button(screens: Screens, cash: Receipt) -> None:
    app = answer(answer(open_receipt(screens, cash), "Raison", "Mauvais montant"), WHERE, KEPT)

    app = fill(app, Bon_montant="60,00")
    assert "Montant : c'est celui du reçu." in said(app)

    app = correct(app)

    assert said(app).count("Montant : c'est celui du reçu.") == 1, "the refusal of the click, not said twice"
    assert now_reads(screens, cash.number).reversal is None


def test_cash_that_was_a_cheque_takes_the_cheque_s_details(screens: Screens, cash: Receipt) -> None:
    app = answer(answer(open_receipt(screens, cash), "Raison", "Mauvais type de paiement"), WHERE, KEPT)
    assert "Bon type de paiement : Chèque" in said(app)
    app = correct(app)
    assert "Transit : exactement 5 chiffres" in said(app)

    app = correct(fill(app, **CHEQUE))

    (old, new) = (now_reads(screens, number) for number in ("MTL-000001", "MTL-000002"))
    assert old.reversal is not None
    assert (new.tender, new.amount, new.cheque.number if new.cheque else "") == (Tender.CHEQUE, cash.amount, "000777")
    assert new.agent_name == "Marie Tremblay"


def test_the_bank_s_reason_begins_the_note_and_the_account_is_kept_to_cash(screens: Screens, cheque: Receipt) -> None:
    app = answer(open_receipt(screens, cheque), "Raison", "Chèque retourné")
    app = app.selectbox[0].set_value("Sans provision").run()
    app = app.checkbox[0].check().run()
    assert "Aucun chèque ne sera plus accepté de ce compte." in said(app)

    app = correct(app, "avis du 24")

    made = now_reads(screens, cheque.number).reversal
    assert made is not None
    assert (made.where, made.note) == (WhereIsTheMoney.RETURNED_BY_BANK, "Sans provision — avis du 24")
    assert f"Aucun chèque n'est plus accepté du compte {cheque.customer.number}" in said(app)


# --- once, and never one's own --------------------------------------------------------------------------------------


def test_one_s_own_entry_is_told_before_anything_is_typed(screens: Screens) -> None:
    own = pay(screens, "60.00", screens.world.supervisor)

    app = open_receipt(screens, own)

    assert "est de votre main" in said(app)
    assert not app.radio
    assert not app.text_area


def test_the_second_of_two_supervisors_reads_who_corrected_it_and_when(screens: Screens, cash: Receipt) -> None:
    other = screens.world.person("SU1001", "Guy Roy", Role.SUPERVISOR, screens.world.branch)
    here, there = open_receipt(screens, cash), open_receipt(screens, cash, by=other)
    here = answer(answer(here, "Raison", "Paiement pris deux fois"), WHERE, "Jamais reçu")
    there = answer(answer(there, "Raison", "Paiement pris deux fois"), WHERE, "Jamais reçu")
    correct(here)

    correct(there)

    assert f"Reçu no {cash.number} contre-passé" in said(there)
    assert "Par Anne Lavoie, le" in said(there)
    assert "est déjà contre-passé : un paiement ne l'est qu'une fois" in said(there)


def test_the_same_person_s_second_tab_is_told_nothing_wrong(screens: Screens, cash: Receipt) -> None:
    key = new_key()
    here, there = (open_receipt(screens, cash, key=key) for _ in range(2))
    for tab in (here, there):
        answer(answer(tab, "Raison", "Paiement pris deux fois"), WHERE, "Jamais reçu")
    for tab in (here, there):
        correct(tab)

    assert "pn-refusal" not in words(there)
    assert f"Reçu no {cash.number} contre-passé" in said(there)
    assert standing_of(screens.world, cash.customer).total_due - cash.total_due_before == ZERO


def test_a_receipt_that_was_reversed_shows_how_and_offers_no_form(screens: Screens, cash: Receipt) -> None:
    undo(screens.world, cash, ReversalReason.WRONG_AMOUNT, WhereIsTheMoney.HANDED_BACK)

    app = open_receipt(screens, cash)

    assert "Mauvais montant · Remis au client" in said(app)
    assert not app.radio
    assert "Retour à la liste" in buttons(app)
    press(app, "Retour à la liste")
    assert "recu" not in app.query_params


def test_an_unknown_receipt_is_told_and_leads_back(screens: Screens) -> None:
    app = screens.open(SCREEN, screens.world.supervisor, recu="MTL-<b>")

    assert app.error
    assert "Retour à la liste" in buttons(app)


def test_an_auditor_reads_and_corrects_nothing(screens: Screens, cash: Receipt) -> None:
    auditor = screens.world.person("AU1000", "Jeanne Sioui", Role.AUDITOR, screens.world.branch)

    app = open_receipt(screens, cash, by=auditor)

    assert "Seul un superviseur de la succursale contre-passe un paiement." in said(app)
    assert not app.radio


def test_an_agent_has_no_access(screens: Screens, cash: Receipt) -> None:
    app = open_receipt(screens, cash, by=screens.world.agent)

    assert app.error[0].value == "Vous n'avez pas accès à cette page"
