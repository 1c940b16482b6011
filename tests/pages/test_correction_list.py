"""« Contre-passations »: reported errors to settle first, a receipt found by its number, the last corrections."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from partnernet.domain.error_reports import ErrorOutcome, ErrorReason, ErrorReportRequest
from partnernet.domain.permissions import Role
from partnernet.domain.receipts import Receipt
from partnernet.domain.reversals import ReversalReason, WhereIsTheMoney
from partnernet.services import counts, error_reports
from tests.support.approvals import buttons, press, said
from tests.support.correcting import undo
from tests.support.correction_screen import SCREEN
from tests.support.requests import new_key
from tests.support.screens import Screens, pay, words

HOSTILE = "<b>=1+1</b> ᓄᓇᕗᑦ"


@pytest.fixture
def paid(screens: Screens) -> Receipt:
    return pay(screens, "60.00", screens.world.agent)


def reported(screens: Screens, paid: Receipt, note: str = "le voisin") -> int:
    request = ErrorReportRequest(new_key(), paid.number, ErrorReason.WRONG_CUSTOMER, note)
    return error_reports.report(screens.world.db, request, by=screens.world.agent, at=screens.world.later(minutes=1)).id


def find(app: AppTest, number: str) -> AppTest:
    app.text_input[0].set_value(number)
    return press(app, "Ouvrir le reçu")


# --- reported errors ------------------------------------------------------------------------------------------------


def test_a_reported_error_says_which_payment_who_and_why(screens: Screens, paid: Receipt) -> None:
    reported(screens, paid, HOSTILE)

    app = screens.open(SCREEN, screens.world.supervisor)

    text = said(app)
    assert f"{paid.number} · 60,00 $ · Espèces · Locations Richard" in text
    assert "Erreur signalée par Marie Tremblay le" in text
    assert ": Mauvais client" in text
    assert "&lt;b&gt;=1+1&lt;/b&gt;" in words(app), "shown, never rendered"


def test_correcting_opens_the_receipt_with_the_agent_s_reason_chosen(screens: Screens, paid: Receipt) -> None:
    reported(screens, paid)

    app = press(screens.open(SCREEN, screens.world.supervisor), "Corriger")

    assert app.query_params["recu"] == paid.number
    assert app.query_params["op"]
    assert app.radio[0].value is ReversalReason.WRONG_CUSTOMER


def test_dismissing_takes_a_note_that_the_agent_reads(screens: Screens, paid: Receipt) -> None:
    reported(screens, paid)
    app = press(screens.open(SCREEN, screens.world.supervisor), "Classer sans suite")
    app = press(app, "Classer")
    assert "Note : dites pourquoi il n'y a rien à corriger" in said(app)

    app.text_area[0].set_value("Le compte est bon.")
    app = press(app, "Classer")

    assert f"Signalement sur le reçu no {paid.number} : classé sans suite." in said(app)
    assert "Corriger" not in buttons(app)
    (report,) = error_reports.of_payment(screens.world.db, paid.number, by=screens.world.agent)
    assert report.answer is not None
    assert (report.answer.outcome, report.answer.note) == (ErrorOutcome.DISMISSED, "Le compte est bon.")


def test_a_dismissal_begun_by_mistake_is_given_up(screens: Screens, paid: Receipt) -> None:
    reported(screens, paid)
    app = press(screens.open(SCREEN, screens.world.supervisor), "Classer sans suite")
    app = press(app, "Classer")

    app = press(app, "Annuler")

    assert not app.text_area
    assert "Note : dites pourquoi" not in said(app)
    assert error_reports.of_payment(screens.world.db, paid.number, by=screens.world.agent)[0].answer is None
    assert press(app, "Classer sans suite").text_area[0].value == ""


def test_the_second_of_two_supervisors_reads_that_it_was_settled(screens: Screens, paid: Receipt) -> None:
    reported(screens, paid)
    other = screens.world.person("SU1001", "Guy Roy", Role.SUPERVISOR, screens.world.branch)
    tabs = [press(screens.open(SCREEN, who), "Classer sans suite") for who in (screens.world.supervisor, other)]
    for app in tabs:
        app.text_area[0].set_value("Le compte est bon.")
    press(tabs[0], "Classer")

    press(tabs[1], "Classer")

    assert "Ce signalement n'attend plus de réponse" in said(tabs[1])


def test_correcting_the_payment_settles_its_report(screens: Screens, paid: Receipt) -> None:
    reported(screens, paid)

    undo(screens.world, paid, ReversalReason.DUPLICATE, WhereIsTheMoney.NEVER_RECEIVED)

    app = screens.open(SCREEN, screens.world.supervisor)
    assert app.info[0].value == "Aucune erreur signalée n'attend de réponse."


def test_the_amount_is_hidden_while_its_agent_counts(screens: Screens, paid: Receipt) -> None:
    reported(screens, paid)
    counts.start(screens.world.db, by=screens.world.agent, at=screens.world.later(minutes=1))

    text = said(screens.open(SCREEN, screens.world.supervisor))

    assert f"{paid.number} · masqué · Espèces" in text
    assert "60,00" not in text


# --- a receipt by its number, and the last corrections --------------------------------------------------------------


@pytest.mark.parametrize("typed", ["MTL-000001", "mtl-1", " 1 ", "000001"])
def test_a_receipt_is_found_by_its_number_however_it_is_typed(screens: Screens, paid: Receipt, typed: str) -> None:
    app = find(screens.open(SCREEN, screens.world.supervisor), typed)

    assert app.query_params["recu"] == paid.number
    assert "Ce qui sera fait" in [heading.value for heading in app.subheader]


@pytest.mark.parametrize("typed", ["", "2", "QUE-000001", HOSTILE, "9" * 40])
def test_a_number_that_is_no_receipt_s_is_told_and_kept(screens: Screens, paid: Receipt, typed: str) -> None:
    assert paid.number == "MTL-000001"
    app = find(screens.open(SCREEN, screens.world.supervisor), typed)

    assert "Aucun reçu" in said(app)
    assert app.text_input[0].value == typed
    assert "recu" not in app.query_params


def test_the_last_corrections_are_listed_with_their_slip(screens: Screens, paid: Receipt) -> None:
    undo(screens.world, paid, ReversalReason.DUPLICATE, WhereIsTheMoney.NEVER_RECEIVED)

    app = screens.open(SCREEN, screens.world.supervisor)

    assert f"<td>{paid.number}</td>" in words(app)
    assert "Paiement pris deux fois" in said(app)
    assert f'href="/print/reversal/{paid.number}?lang=fr"' in words(app)


def test_an_auditor_reads_and_settles_nothing(screens: Screens, paid: Receipt) -> None:
    reported(screens, paid)
    auditor = screens.world.person("AU1000", "Jeanne Sioui", Role.AUDITOR, screens.world.branch)

    app = screens.open(SCREEN, auditor)

    assert "Erreur signalée par Marie Tremblay" in said(app)
    assert not {"Corriger", "Classer sans suite"} & set(buttons(app))


def test_an_auditor_of_every_branch_chooses_one(screens: Screens, paid: Receipt) -> None:
    reported(screens, paid)
    screens.world.new_branch("QUE", "Québec")
    auditor = screens.world.person("AU1001", "Luc Noël", Role.AUDITOR)
    app = screens.open(SCREEN, auditor)
    assert "Erreur signalée" not in said(app)

    app = screens.open(SCREEN, auditor, succursale="MTL")

    assert "Erreur signalée par Marie Tremblay" in said(app)
    assert "/print/reversal" not in words(app)
