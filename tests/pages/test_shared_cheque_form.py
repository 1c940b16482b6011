"""One cheque that pays several accounts, on the payment screen: entered once, then shown and paid on with."""

from __future__ import annotations

from datetime import timedelta

import pytest
from streamlit.testing.v1 import AppTest

from partnernet.domain.customers import Customer, Terms
from partnernet.domain.receipts import Receipt
from partnernet.domain.tenders import Tender
from partnernet.services import payments
from tests.support.requests import a_cheque, holding, money, paying
from tests.support.screens import Screens, words

FIRST, SECOND = "a-key-of-the-first-form", "a-key-of-the-second-form"


@pytest.fixture
def richard(screens: Screens) -> Customer:
    return _customer(screens, "100245", "350.00")


@pytest.fixture
def fortin(screens: Screens) -> Customer:
    return _customer(screens, "100246", "700.48")


@pytest.fixture
def paid(screens: Screens, richard: Customer) -> Receipt:
    """350.00 paid with a cheque of 500.00."""
    world = screens.world
    request = paying(world, richard, "350.00", cheque=a_cheque(dated=world.today), face="500.00", key=FIRST)
    return payments.record(world.db, request, by=world.agent, at=world.now)


def _customer(screens: Screens, number: str, due: str, *, terms: Terms = Terms.OPEN) -> Customer:
    late = screens.world.today - timedelta(days=9)
    return screens.world.customer(number, f"Client {number}", due=[(f"F-{number}", due, late)], terms=terms)


def _share(screens: Screens, customer: Customer, paid: Receipt, key: str = SECOND) -> AppTest:
    """The form of another account with the cheque in its address."""
    return screens.open("paiement", screens.world.agent, client=customer.number, op=key, cheque=str(paid.cheque_id))


def _enter_cheque(app: AppTest, screens: Screens, *, shared: bool, face: str) -> None:
    """A cheque of the day, entered by hand; its last fields leave with the click."""
    cheque = a_cheque(dated=screens.world.today)
    app.radio[0].set_value(Tender.CHEQUE).run()
    for label, typed in (
        ("Numéro de chèque", cheque.number),
        ("Date du chèque", cheque.dated.isoformat()),
        ("Transit", cheque.transit),
        ("Institution", cheque.institution),
        ("Compte", cheque.account),
        ("Titulaire", cheque.drawer),
        ("Montant du chèque", face),
    ):
        _field(app, label).set_value(typed)
    if shared:
        next(box for box in app.checkbox if box.label == "Ce chèque paie plusieurs comptes").check()


def _field(app: AppTest, label: str):  # type: ignore[no-untyped-def]  # a text input of the harness, which has no type
    return next(field for field in app.text_input if field.label == label)


def _press(app: AppTest, label: str) -> AppTest:
    return next(button for button in app.button if button.label == label).click().run()


def _labels(app: AppTest) -> set[str]:
    return {button.label for button in app.button}


def _param(app: AppTest, name: str) -> str:
    value = app.query_params[name]
    return value if isinstance(value, str) else value[0]


def _count(screens: Screens) -> int:
    return len(payments.of_day(screens.world.db, screens.world.today, by=screens.world.supervisor).payments)


# --- the first payment ----------------------------------------------------------------------------------------------


def test_the_receipt_says_what_is_left_of_the_cheque_and_leads_to_the_next_account(
    screens: Screens, richard: Customer, fortin: Customer
) -> None:
    app = screens.open("paiement", screens.world.agent, client=richard.number, op=FIRST)
    app = next(box for box in app.checkbox if box.label == "Total dû").check().run()
    _enter_cheque(app, screens, shared=True, face="500,00")

    app = _press(app, "Soumettre")
    assert "Reçu no MTL-000001" in words(app)
    assert "Il reste 150,00 $ de ce chèque à répartir" in words(app)

    app = _press(app, "Payer un autre compte avec ce chèque")
    assert "il reste 150,00 $ à répartir" in words(app)
    _field(app, "Numéro de client").set_value(fortin.number)
    app = _press(app, "Aller à")

    assert "client" in app.query_params
    assert "op" in app.query_params
    assert _param(app, "cheque") == "1"
    assert _field(app, "Autre montant").value == "150,00"


@pytest.mark.parametrize(
    ("shared", "face", "said"),
    [
        (True, "", "écrivez le montant inscrit sur le chèque"),
        (True, "1,234", "écrivez le montant inscrit sur le chèque"),
        (True, "349,99", "349,99 $ ne suffit pas à un paiement de 350,00 $"),
        (False, "500,00", "cochez « Ce chèque paie plusieurs comptes »"),
    ],
)
def test_a_wrong_amount_of_the_cheque_is_refused_beside_it(
    screens: Screens, richard: Customer, shared: bool, face: str, said: str
) -> None:
    app = screens.open("paiement", screens.world.agent, client=richard.number, op=FIRST)
    app = next(box for box in app.checkbox if box.label == "Total dû").check().run()
    _enter_cheque(app, screens, shared=shared, face=face)

    app = _press(app, "Soumettre")

    assert f"Montant du chèque : {said}" in words(app)
    assert _field(app, "Montant du chèque").value == face, "kept as typed"
    assert _count(screens) == 0


def test_a_cheque_for_one_account_leaves_nothing_to_speak_of(screens: Screens, richard: Customer) -> None:
    app = screens.open("paiement", screens.world.agent, client=richard.number, op=FIRST)
    app = next(box for box in app.checkbox if box.label == "Total dû").check().run()
    _enter_cheque(app, screens, shared=False, face="")

    app = _press(app, "Soumettre")

    assert "Reçu no MTL-000001" in words(app)
    assert "à répartir" not in words(app)
    assert "Payer un autre compte avec ce chèque" not in _labels(app)


# --- the payments that share it -------------------------------------------------------------------------------------


def test_the_cheque_is_shown_and_nothing_of_it_is_asked_again(
    screens: Screens, paid: Receipt, fortin: Customer
) -> None:
    app = _share(screens, fortin, paid)

    said = words(app)
    assert "Chèque no 000123" in said
    for figure in ("500,00 $", "350,00 $", "150,00 $"):
        assert figure in said
    assert not app.radio
    assert {field.label for field in app.text_input} == {"Autre montant"}


def test_the_rest_is_proposed_and_saved_and_the_cheque_is_used_up(
    screens: Screens, paid: Receipt, fortin: Customer
) -> None:
    app = _press(_share(screens, fortin, paid), "Soumettre")

    assert "Reçu no MTL-000002" in words(app)
    assert "Montant du chèque" in words(app)
    assert "à répartir" not in words(app)
    assert holding(screens.world, screens.world.agent).cheques == money("500.00")


def test_more_than_the_rest_is_refused_whichever_way_it_is_chosen(
    screens: Screens, paid: Receipt, fortin: Customer
) -> None:
    app = _share(screens, fortin, paid)

    _field(app, "Autre montant").set_value("150,01").run()
    app = _press(app, "Soumettre")
    assert "un paiement de 150,01 $ dépasse ce qui reste du chèque, 150,00 $" in words(app)

    app = next(box for box in app.checkbox if box.label == "Total dû").check().run()
    app = _press(app, "Soumettre")
    assert "un paiement de 700,48 $ dépasse ce qui reste du chèque, 150,00 $" in words(app)
    assert _count(screens) == 1, "only the first"


def test_a_part_of_the_rest_leaves_the_remainder_to_pay_on_with(
    screens: Screens, paid: Receipt, fortin: Customer
) -> None:
    app = _share(screens, fortin, paid)
    _field(app, "Autre montant").set_value("100,00").run()
    assert "il restera 50,00 $ du chèque" in words(app)

    app = _press(app, "Soumettre")

    assert "Il reste 50,00 $ de ce chèque à répartir" in words(app)


def test_what_was_typed_stays_when_the_form_runs_again(screens: Screens, paid: Receipt, fortin: Customer) -> None:
    app = _share(screens, fortin, paid)
    _field(app, "Autre montant").set_value("").run()

    assert _field(app.run(), "Autre montant").value == "", "the rest must NOT be proposed again"


def test_a_cash_only_account_refuses_the_cheque(screens: Screens, paid: Receipt) -> None:
    app = _press(_share(screens, _customer(screens, "100250", "150.00", terms=Terms.CASH_ONLY), paid), "Soumettre")

    assert "« comptant seulement »" in words(app)
    assert _count(screens) == 1


def test_a_reload_after_the_second_payment_shows_its_receipt(screens: Screens, paid: Receipt, fortin: Customer) -> None:
    _press(_share(screens, fortin, paid), "Soumettre")

    app = _share(screens, fortin, paid)

    assert "Reçu no MTL-000002" in words(app)
    assert "Soumettre" not in _labels(app)


def test_a_second_tab_on_the_rest_that_is_gone_pays_nothing(screens: Screens, paid: Receipt, fortin: Customer) -> None:
    tab, twin = _share(screens, fortin, paid), _share(screens, fortin, paid, key="a-key-of-a-third-form")
    _press(tab, "Soumettre")

    twin = _press(twin, "Soumettre")

    assert "Il ne reste rien à répartir de ce chèque" in twin.error[0].value
    assert "Soumettre" not in _labels(twin)
    assert _count(screens) == 2


@pytest.mark.usefixtures("paid")
@pytest.mark.parametrize("cheque", ["9999", "0", "-1", "1e3", "x'; DROP TABLE cheque", "9" * 40])
def test_a_cheque_that_is_not_in_the_till_leads_back_to_the_search(
    screens: Screens, fortin: Customer, cheque: str
) -> None:
    app = screens.open("paiement", screens.world.agent, client=fortin.number, op=SECOND, cheque=cheque)

    assert not app.exception
    assert "Il ne reste rien à répartir de ce chèque" in app.error[0].value
    assert "Soumettre" not in _labels(app)


def test_the_cheque_of_a_colleague_is_not_theirs_to_pay_with(screens: Screens, paid: Receipt, fortin: Customer) -> None:
    query = {"client": fortin.number, "op": SECOND, "cheque": str(paid.cheque_id)}

    app = screens.open("paiement", screens.world.other_agent, **query)

    assert "Il ne reste rien à répartir de ce chèque" in app.error[0].value
    assert "000123" not in words(app)


# --- the search -----------------------------------------------------------------------------------------------------


def test_the_search_offers_the_cheques_that_are_not_used_up(screens: Screens, paid: Receipt) -> None:
    app = screens.open("paiement", screens.world.agent)
    assert "Chèque no 000123 de 500,00 $ : il reste 150,00 $ à répartir" in words(app)

    app = _press(app, "Payer un autre compte avec ce chèque")
    assert _param(app, "cheque") == str(paid.cheque_id)

    app = _press(app, "Payer sans ce chèque")
    assert "cheque" not in app.query_params


def test_the_same_customer_again_is_another_payment_without_the_cheque(
    screens: Screens, paid: Receipt, fortin: Customer
) -> None:
    app = _share(screens, fortin, paid)
    _field(app, "Autre montant").set_value("100,00").run()
    app = _press(app, "Soumettre")

    app = _press(app, "Nouveau paiement, même client")

    assert "cheque" not in app.query_params
    assert app.radio[0].value is None


# --- elsewhere ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("file", "query"), [("accueil", {}), ("petite_caisse", {}), ("petite_caisse", {"vue": "decompte"})]
)
def test_home_and_the_till_recall_what_is_left_and_lead_on(
    screens: Screens, paid: Receipt, file: str, query: dict[str, str]
) -> None:
    app = screens.open(file, screens.world.agent, **query)
    assert "Chèque no 000123 de 500,00 $ : il reste 150,00 $ à répartir" in words(app)

    app = _press(app, "Payer un autre compte avec ce chèque")

    assert _param(app, "cheque") == str(paid.cheque_id)
    assert "Payer sans ce chèque" in _labels(app)


@pytest.mark.usefixtures("paid")
def test_nobody_else_is_reminded_of_it(screens: Screens) -> None:
    for colleague in (screens.world.other_agent, screens.world.supervisor):
        assert "à répartir" not in words(screens.open("accueil", colleague))


def test_a_count_says_what_to_do_with_the_rest_before_it_is_frozen(
    screens: Screens, paid: Receipt, fortin: Customer
) -> None:
    app = screens.open("petite_caisse", screens.world.agent, vue="decompte")
    app = _press(app, "Commencer le décompte")

    app = _press(app, "Figer le décompte")
    assert "Il reste 150,00 $ du chèque no 000123 à répartir : payez un autre compte avec ce reste" in words(app)
    assert "Figer le décompte" in _labels(app)

    share = paying(screens.world, fortin, "150.00", sheet=paid.cheque_id)
    payments.record(screens.world.db, share, by=screens.world.agent, at=screens.world.later(seconds=1))
    app = _press(app, "Figer le décompte")
    assert "Figer le décompte" not in _labels(app)
