"""« Signaler une erreur » on the receipt panel and in the day's list: sent once, and what became of it."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from partnernet.domain.receipts import Receipt
from partnernet.domain.reversals import ReversalReason, WhereIsTheMoney
from partnernet.services import error_reports
from tests.support.approvals import buttons, press, said
from tests.support.correcting import undo
from tests.support.requests import new_key
from tests.support.screens import Screens, pay, words

REPORT, SEND = "Signaler une erreur", "Envoyer au superviseur"
DAY = "paiements_du_jour"


@pytest.fixture
def paid(screens: Screens) -> Receipt:
    return pay(screens, "60.00", screens.world.agent)


def panel(screens: Screens, paid: Receipt, **query: str) -> AppTest:
    """The receipt as the payment screen shows it after « Soumettre »."""
    return screens.open("paiement", screens.world.agent, client=paid.customer.number, op=paid.key, **query)


def choose(app: AppTest, number: str) -> AppTest:
    """Choose a receipt of the day."""
    box = next(box for box in app.selectbox if box.label == "Reçu à réimprimer ou à corriger")
    return box.set_value(next(option for option in box.options if option.startswith(number))).run()


def send(app: AppTest, reason: str = "Mauvais client", note: str = "le voisin") -> AppTest:
    app = press(app, REPORT)
    next(box for box in app.selectbox if box.label == "Raison").set_value(reason)
    app.text_area[0].set_value(note)
    return press(app, SEND)


def test_the_receipt_panel_sends_the_error_and_shows_its_state(screens: Screens, paid: Receipt) -> None:
    app = send(panel(screens, paid))

    text = said(app)
    assert ": Mauvais client — « le voisin »" in text
    assert "Envoyé : un superviseur s'en occupe." in text
    assert not {REPORT, SEND} & set(buttons(app))


def test_a_reload_after_sending_comes_to_the_state(screens: Screens, paid: Receipt) -> None:
    key = new_key()
    there = panel(screens, paid, erreur=key, sur=paid.number)
    for app in (panel(screens, paid, erreur=key, sur=paid.number), there):
        next(box for box in app.selectbox if box.label == "Raison").set_value("Mauvais montant")
        press(app, SEND)

    assert len(error_reports.of_payment(screens.world.db, paid.number, by=screens.world.agent)) == 1
    assert "pn-refusal" not in words(there)
    assert "Envoyé" in said(panel(screens, paid, erreur=key, sur=paid.number))


def test_what_is_missing_is_told_beside_its_field(screens: Screens, paid: Receipt) -> None:
    app = press(press(panel(screens, paid), REPORT), SEND)
    assert "Raison : choisissez ce qui ne va pas" in said(app)

    next(box for box in app.selectbox if box.label == "Raison").set_value("Autre")
    app = press(app, SEND)

    assert "Note : dites ce qui ne va pas" in said(app)
    assert "pn-refusal-whole" not in words(app)


def test_a_corrected_payment_says_so_and_takes_no_other_report(screens: Screens, paid: Receipt) -> None:
    send(panel(screens, paid))
    undo(screens.world, paid, ReversalReason.WRONG_CUSTOMER, WhereIsTheMoney.HANDED_BACK)

    app = panel(screens, paid)

    assert "Corrigé par Anne Lavoie le" in said(app)
    assert REPORT not in buttons(app)


def test_a_dismissed_report_shows_the_supervisor_s_note_and_another_may_be_sent(
    screens: Screens, paid: Receipt
) -> None:
    send(panel(screens, paid))
    (report,) = error_reports.open_reports(screens.world.db, by=screens.world.supervisor)
    error_reports.dismiss(
        screens.world.db,
        report.id,
        "Le compte est <bon>.",
        by=screens.world.supervisor,
        at=screens.world.later(minutes=1),
    )

    app = panel(screens, paid)

    assert "Classé sans suite par Anne Lavoie le" in said(app)
    assert "« Le compte est &lt;bon&gt;. »" in words(app).replace("\u00a0", " ")
    assert "Envoyé" in said(send(app))


def test_a_dismissed_report_of_a_payment_that_was_corrected_after_all_says_both(
    screens: Screens, paid: Receipt
) -> None:
    send(panel(screens, paid))
    (report,) = error_reports.open_reports(screens.world.db, by=screens.world.supervisor)
    at = screens.world.later(minutes=1)
    error_reports.dismiss(screens.world.db, report.id, "Le compte est bon.", by=screens.world.supervisor, at=at)
    assert "contre-passé ensuite" not in said(panel(screens, paid))

    undo(screens.world, paid, ReversalReason.WRONG_CUSTOMER, WhereIsTheMoney.HANDED_BACK)

    text = said(panel(screens, paid))
    assert "Classé sans suite par Anne Lavoie le" in text
    assert "« Le compte est bon. » Le paiement a quand même été contre-passé ensuite." in text


def test_a_colleague_s_receipt_offers_nothing(screens: Screens, paid: Receipt) -> None:
    app = screens.open("paiement", screens.world.other_agent, client=paid.customer.number, op=paid.key)

    assert f"Reçu no {paid.number}" in said(app)
    assert REPORT not in buttons(app)


# --- from the day's list --------------------------------------------------------------------------------------------


def test_an_agent_reports_from_the_day_s_list_and_reads_the_answer_there(screens: Screens, paid: Receipt) -> None:
    app = send(choose(screens.open(DAY, screens.world.agent), paid.number))
    assert list(app.dataframe[0].value["État"]) == ["erreur signalée"]
    assert "Erreurs signalées" in [header.value for header in app.header]

    undo(screens.world, paid, ReversalReason.WRONG_CUSTOMER, WhereIsTheMoney.HANDED_BACK)
    app = screens.open(DAY, screens.world.agent)

    assert list(app.dataframe[0].value["État"]) == ["contre-passé"]
    assert "Corrigé par Anne Lavoie le" in said(app)


def test_the_form_is_about_the_receipt_that_was_chosen_and_no_other(screens: Screens, paid: Receipt) -> None:
    other = pay(screens, "25.00", screens.world.agent)
    app = press(choose(screens.open(DAY, screens.world.agent), paid.number), REPORT)
    assert f"Signaler une erreur sur le reçu no {paid.number}" in said(app)

    app = choose(app, other.number)

    assert SEND not in buttons(app)
    assert REPORT in buttons(app)


def test_a_supervisor_goes_from_the_day_s_list_to_the_correction(screens: Screens, paid: Receipt) -> None:
    app = choose(screens.open(DAY, screens.world.supervisor), paid.number)

    app = press(app, "Corriger")

    assert app.query_params["recu"] == paid.number
    assert "Ce qui sera fait" in [heading.value for heading in app.subheader]


def test_a_supervisor_reports_their_own_payment_and_corrects_it_not(screens: Screens) -> None:
    own = pay(screens, "25.00", screens.world.supervisor)

    app = choose(screens.open(DAY, screens.world.supervisor), own.number)

    assert next(button for button in app.button if button.label == "Corriger").disabled
    assert REPORT in buttons(app)
