"""The payment form on the real screen: what is chosen, what is refused beside its field, what must be confirmed."""

from __future__ import annotations

from datetime import timedelta

from streamlit.testing.v1 import AppTest

from partnernet.domain.customers import Customer, Terms
from partnernet.domain.keys import is_key
from partnernet.domain.tenders import Tender
from partnernet.services import payments
from tests.support.requests import a_cheque, money, paying, standing_of
from tests.support.screens import Screens, words

KEY = "a-key-born-with-the-form"


def _customer(screens: Screens, due: str = "75.04", **details: object) -> Customer:
    late = screens.world.today - timedelta(days=9)
    return screens.world.customer("100245", "L'Œuvre des Sœurs", due=[("F-1", due, late)], **details)  # type: ignore[arg-type]


def _form(screens: Screens, customer: Customer) -> AppTest:
    return screens.open("paiement", screens.world.agent, client=customer.number, op=KEY)


def _button(app: AppTest, label: str) -> AppTest:
    return next(button for button in app.button if button.label == label).click().run()


def _field(app: AppTest, label: str, typed: str) -> AppTest:
    return next(field for field in app.text_input if field.label == label).set_value(typed).run()


def _last(app: AppTest, label: str, typed: str) -> None:
    """The last field stands in the form with the buttons: what it holds leaves with the click."""
    next(field for field in app.text_input if field.label == label).set_value(typed)


def _tick(app: AppTest, label: str) -> AppTest:
    return next(box for box in app.checkbox if box.label == label).check().run()


def _ticked(app: AppTest) -> list[str]:
    return [box.label for box in app.checkbox if box.value]


def _pay_by(app: AppTest, tender: Tender) -> AppTest:
    return app.radio[0].set_value(tender).run()


def _count(screens: Screens) -> int:
    day = screens.world.branch.business_date(screens.world.now)
    return len(payments.of_day(screens.world.db, day, by=screens.world.supervisor).payments)


def test_the_form_shows_who_pays_and_how_old_the_balance_is(screens: Screens) -> None:
    app = _form(screens, _customer(screens))

    said = words(app)
    assert "100245" in said
    assert "L&#x27;Œuvre des Sœurs" in said
    assert "Solde au" in said
    assert "selon l&#x27;import, aucun paiement pris depuis" in said


def test_neither_amount_nor_tender_is_chosen_for_the_agent(screens: Screens) -> None:
    app = _form(screens, _customer(screens))

    assert _ticked(app) == []
    assert app.radio[0].value is None


def test_one_way_of_choosing_the_amount_clears_the_others(screens: Screens) -> None:
    app = _form(screens, _customer(screens))

    app = _tick(app, "Montant en souffrance")
    app = _tick(app, "Total dû")
    assert _ticked(app) == ["Total dû"]

    app = _field(app, "Autre montant", "50,00")
    assert _ticked(app) == []

    app = _tick(app, "Montant en souffrance")
    assert next(field for field in app.text_input if field.label == "Autre montant").value == ""


def test_a_due_at_zero_or_in_credit_cannot_be_chosen(screens: Screens) -> None:
    customer = screens.world.customer("100300", credit_notes=[("N-1", "40.00", screens.world.today)])

    app = _form(screens, customer)

    assert all(box.disabled for box in app.checkbox)
    assert "40,00 CR" in words(app)


def test_everything_that_is_missing_is_said_at_once_and_nothing_is_saved(screens: Screens) -> None:
    app = _pay_by(_form(screens, _customer(screens)), Tender.CHEQUE)
    app = _field(app, "Transit", "12A45")

    app = _button(app, "Soumettre")

    said = words(app)
    for field in ("Montant :", "Numéro de chèque :", "Transit :", "Institution :", "Compte :", "Date du chèque :"):
        assert field in said
    assert next(field for field in app.text_input if field.label == "Transit").value == "12A45", "kept as typed"
    assert _count(screens) == 0


def test_cash_is_rounded_and_the_change_is_said(screens: Screens) -> None:
    app = _pay_by(_tick(_form(screens, _customer(screens)), "Total dû"), Tender.CASH)
    assert "75,05 $" in words(app)
    _last(app, "Montant remis", "80,00")

    app = _button(app, "Soumettre")

    said = words(app)
    assert "Reçu no MTL-000001" in said
    assert "4,95 $" in said
    assert "+0,01" in said
    assert _count(screens) == 1


def test_the_institution_is_named_beside_its_number(screens: Screens) -> None:
    app = _pay_by(_form(screens, _customer(screens)), Tender.CHEQUE)

    app = _field(app, "Institution", "815")

    assert "Desjardins (Québec)" in words(app)


def test_an_overpayment_is_asked_with_a_button_of_its_own(screens: Screens) -> None:
    app = _pay_by(_field(_form(screens, _customer(screens)), "Autre montant", "100,00"), Tender.CASH)

    app = _button(app, "Soumettre")
    assert _count(screens) == 0
    assert "deviendra un crédit au compte" in words(app)

    app = _button(app, "Confirmer le paiement")
    assert "Reçu no MTL-000001" in words(app)
    assert "24,96 CR" in words(app)
    assert _count(screens) == 1


def test_what_was_confirmed_is_asked_again_when_the_amount_has_changed_since(screens: Screens) -> None:
    app = _pay_by(_field(_form(screens, _customer(screens)), "Autre montant", "100,00"), Tender.CASH)
    app = _button(app, "Soumettre")

    app = _field(app, "Autre montant", "500,00")
    app = _button(app, "Confirmer le paiement")

    assert _count(screens) == 0, "a confirmation of 100,00 must NOT be taken for one of 500,00"
    assert "424,96" in words(app)


def test_a_balance_that_moved_while_the_form_was_open_is_told(screens: Screens) -> None:
    customer = _customer(screens)
    app = _pay_by(_tick(_form(screens, customer), "Total dû"), Tender.CASH)
    other = paying(screens.world, customer, "25.00")
    payments.record(screens.world.db, other, by=screens.world.other_agent, at=screens.world.now)

    app = _button(app, "Soumettre")

    assert _count(screens) == 1, "only the other agent's"
    said = words(app)
    assert "75,04" in said
    assert "50,04" in said
    app = _button(app, "Confirmer le paiement")
    assert "Reçu no MTL-000002" in words(app)
    assert standing_of(screens.world, customer).total_due == money("0.00")


def test_a_cheque_on_a_cash_only_account_is_refused_beside_the_tender(screens: Screens) -> None:
    customer = _customer(screens, terms=Terms.CASH_ONLY)
    app = _pay_by(_tick(_form(screens, customer), "Total dû"), Tender.CHEQUE)
    cheque = a_cheque(dated=screens.world.today)
    for label, typed in (
        ("Numéro de chèque", cheque.number),
        ("Date du chèque", cheque.dated.isoformat()),
        ("Transit", cheque.transit),
        ("Institution", cheque.institution),
        ("Compte", cheque.account),
    ):
        app = _field(app, label, typed)
    _last(app, "Titulaire", cheque.drawer)

    app = _button(app, "Soumettre")

    assert "« comptant seulement »" in words(app)
    assert _count(screens) == 0


def test_a_reload_after_saving_shows_the_receipt_and_never_the_form(screens: Screens) -> None:
    customer = _customer(screens)
    app = _pay_by(_tick(_form(screens, customer), "Total dû"), Tender.CASH)
    _button(app, "Soumettre")

    app = _form(screens, customer)

    assert "Reçu no MTL-000001" in words(app)
    assert not [button for button in app.button if button.label == "Soumettre"]


def test_closing_before_submitting_leaves_nothing_behind(screens: Screens) -> None:
    app = _tick(_form(screens, _customer(screens)), "Total dû")

    app = _button(app, "Fermer")

    assert not [button for button in app.button if button.label == "Soumettre"]
    assert _count(screens) == 0


def test_an_account_that_is_unknown_is_said_in_a_sentence(screens: Screens) -> None:
    app = screens.open("paiement", screens.world.agent, client="999999", op=KEY)

    assert "999999" in app.error[0].value
    assert not app.exception


def test_a_key_that_nobody_could_have_made_gets_a_new_one(screens: Screens) -> None:
    customer = _customer(screens)

    app = screens.open("paiement", screens.world.agent, client=customer.number, op="x'; DROP TABLE payment")

    assert not app.exception
    key = app.query_params["op"]
    assert is_key(key if isinstance(key, str) else key[0])
